"""`esis uwlr elsewhere ...`: which partner programs talk to another ESIS over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands import uwlr_access as reach
from app.commands.options import Json
from app.commands.output import show_records, tell
from app.commands.session import Session

if TYPE_CHECKING:
    from app.other_esis.setting import Elsewhere

app = typer.Typer(no_args_is_help=False, help="Welke partnerprogramma's met een andere ESIS praten, over HTTP.")
Partner = Annotated[str, typer.Argument(metavar="PARTNER", help="iep-lvs, gynzy of basispoort.")]


@app.command("set")
def set_elsewhere(
    context: typer.Context,
    partner: Partner,
    url: reach.Url = None,
    results_url: reach.ResultsUrl = None,
    source: reach.From = None,
    klantcode: reach.Code = None,
    klantnaam: reach.Name = None,
    autorisatiesleutel: reach.Key = None,
    ca: reach.Authority = None,
    cert: reach.Certificate = None,
    cert_key: reach.CertificateKey = None,
) -> None:
    """Laat een partner met een andere ESIS praten: het adres dat esis webservice daar noemt.

    Zonder --klantcode en --klantnaam noemt de partner zich zoals hij heet; de andere ESIS kent hem dan al. De
    autorisatiesleutel is de verificatiecode die u in het programma van de partner invult; alleen Basispoort heeft er
    geen, en vraagt --autorisatiesleutel.
    """
    from dataclasses import replace

    from app.commands.supplier import as_trainer
    from app.other_esis.certificates import Certificates
    from app.other_esis.setting import Elsewhere
    from app.partners import elsewhere

    session: Session = context.obj
    found = elsewhere.find(partner)
    assert found.caller is not None, "it can call"
    told = reach.told_in(source) if source is not None else {}

    def said(given: Any, name: str) -> str:
        return str(given) if given is not None else told.get(name, "")

    pupils = said(url, "pupils")
    if not pupils:
        raise typer.BadParameter("geef --url met het adres dat esis webservice daar noemt, of --from met de JSON")
    results = results_url or (told.get("results", "") if url is None else "") or _of_results(pupils)
    files = [
        Path(text) if (text := said(given, name)) else None
        for given, name in ((ca, "ca"), (cert, "client_cert"), (cert_key, "client_key"))
    ]
    chosen = Elsewhere(
        pupils, results, said(klantcode, "klantcode"), said(klantnaam, "klantnaam"), "", Certificates(*files)
    )
    key = autorisatiesleutel if found.caller.has_code else said(autorisatiesleutel, "autorisatiesleutel")
    made = elsewhere.choose(as_trainer(session), partner, replace(chosen, key=key or ""))
    reach.warn(made.pupils)
    tell(f"{found.name} praat op bestuur {session.board.name} met een andere ESIS: {made.pupils}")
    tell(f"Daar heet {found.name}: klantcode {made.client_code}, klantnaam {made.client_name}.")
    if found.caller.has_code:
        tell(
            f"Vul bij {found.name} de verificatiecode in van de koppeling in de andere ESIS: esis partner {found.id} connect "
            "--code CODE."
        )


@app.command("show")
def show_elsewhere(context: typer.Context, json: Json = False) -> None:
    """Met welke ESIS de partners van dit bestuur praten."""
    from app.other_esis import setting
    from app.partners import elsewhere

    session: Session = context.obj
    chosen = setting.all_of(session.board.id)
    records = [_record(one.id, chosen.get(one.id)) for one in elsewhere.able()]
    columns = (
        ("partner", "PARTNER"),
        ("pupils", "ANDERE ESIS"),
        ("klantcode", "KLANTCODE"),
        ("klantnaam", "KLANTNAAM"),
    )
    if not json:
        tell(f"Partners van bestuur {session.board.name}; zonder adres praat een partner met de eigen ESIS:")
    show_records(records, json, columns)


@app.command("clear")
def clear_elsewhere(context: typer.Context, partner: Partner) -> None:
    """Laat een partner weer met de eigen ESIS praten."""
    from app.commands.supplier import as_trainer
    from app.partners import elsewhere

    session: Session = context.obj
    found = elsewhere.clear(as_trainer(session), partner)
    tell(f"{found.name} praat op bestuur {session.board.name} weer met de eigen ESIS.")
    if found.caller is not None and found.caller.has_code:
        tell(f"Vul bij {found.name} weer de verificatiecode in van de koppeling hier: esis partner {found.id} connect.")


def _of_results(pupils: str) -> str:
    """The service for results beside that for pupils; other addresses take both."""
    from app.uwlr.addresses import OF_PUPILS, OF_RESULTS

    ends = pupils.lower().endswith(OF_PUPILS.lower())
    return pupils[: -len(OF_PUPILS)] + OF_RESULTS if ends else pupils


def _record(partner: str, there: Elsewhere | None) -> dict[str, Any]:
    if there is None:
        return {"partner": partner, "pupils": "", "results": "", "klantcode": "", "klantnaam": ""}
    files = there.certificates
    return {
        "partner": partner,
        "pupils": there.pupils,
        "results": there.results,
        "klantcode": there.client_code,
        "klantnaam": there.client_name,
    } | {
        name: str(path)
        for name, path in (("ca", files.authority), ("cert", files.certificate), ("cert_key", files.key))
        if path is not None
    }
