"""`esis uwlr example`: a client for the web service, filled in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

_LARGEST = 1 << 16
"""Characters of the JSON that are read."""
Value = str | None


def example(
    language: Annotated[
        str, typer.Option("--lang", metavar="TAAL", help="curl, php, node, python, java, csharp of powershell.")
    ],
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="BESTAND", help="Wat esis webservice --practice afdrukte; - voor de invoer."),
    ] = None,
    url: Annotated[Value, typer.Option("--url", metavar="ADRES", help="Van de dienst voor leerlinggegevens.")] = None,
    key: Annotated[Value, typer.Option("--key", metavar="SLEUTEL", help="De autorisatiesleutel.")] = None,
    client_code: Annotated[Value, typer.Option("--klantcode", metavar="KLANTCODE")] = None,
    client_name: Annotated[Value, typer.Option("--klantnaam", metavar="KLANTNAAM")] = None,
    brin: Annotated[Value, typer.Option("--brin", metavar="BRIN", help="Met vestigingsnummer, zoals 99QQ00.")] = None,
    school_year: Annotated[Value, typer.Option("--school-year", metavar="JAAR", help="Zoals 2019-2020.")] = None,
    push: Annotated[
        bool, typer.Option("--push", help="Een client die een resultaat met zijn niveau brengt; in curl en python.")
    ] = False,
    results_url: Annotated[
        Value, typer.Option("--results-url", metavar="ADRES", help="Van de dienst voor resultaten, als die anders is.")
    ] = None,
) -> None:
    """Druk een client af voor de UWLR-webservice, ingevuld voor de oefenschool of met uw eigen waarden."""
    from app.uwlr.examples import LANGUAGES, OF_PUSH, Values, example, values_of

    if language not in LANGUAGES:
        raise typer.BadParameter(f"{language} kan niet; kies uit {', '.join(LANGUAGES)}", param_hint="--lang")
    if push and language not in OF_PUSH:
        raise typer.BadParameter(f"met --push kan alleen {' en '.join(OF_PUSH)}", param_hint="--lang")
    told = _practice() | (values_of(_read(source)) if source is not None else {})
    given = {
        "pupils": _address(url),
        "results": _address(results_url if results_url is not None else url),
        "autorisatiesleutel": key,
        "klantcode": client_code,
        "klantnaam": client_name,
        "schooljaar": school_year,
        **_parts(brin),
    }
    told |= {name: value for name, value in given.items() if value is not None}
    sys.stdout.write(example(language, Values(**told), push))


def _practice() -> dict[str, str]:
    """The values of the practice board, at the port that is the default."""
    from app.clock import PRACTICE_START, school_year_of
    from app.commands.webservice import PORT
    from app.training.supplier_practice import BRIN6, KEY, SUPPLIER
    from app.uwlr.addresses import OF_PUPILS, OF_RESULTS

    return {
        "pupils": f"http://127.0.0.1:{PORT}{OF_PUPILS}",
        "results": f"http://127.0.0.1:{PORT}{OF_RESULTS}",
        "autorisatiesleutel": KEY,
        "klantcode": SUPPLIER.code,
        "klantnaam": SUPPLIER.name,
        "brincode": BRIN6[:4],
        "dependancecode": BRIN6[4:],
        "schooljaar": school_year_of(PRACTICE_START.date()),
    }


def _read(source: str) -> str:
    from app.files.regular import Unreadable, read_text
    from app.refusals import Refused

    if source == "-":
        return sys.stdin.read(_LARGEST)
    try:
        return read_text(Path(source), _LARGEST)
    except Unreadable as why:
        raise Refused(f"{why}.") from None


def _address(url: str | None) -> str | None:
    if url is not None and not url.startswith(("http://", "https://")):
        raise typer.BadParameter(f"{url} is geen adres; het begint met http:// of https://", param_hint="--url")
    return url


def _parts(brin: str | None) -> dict[str, str]:
    from app.exchange.brin import BRIN6

    if brin is None:
        return {}
    found = BRIN6.fullmatch(brin)
    if found is None:
        raise typer.BadParameter(f"{brin} is geen BRIN met vestigingsnummer, zoals 99QQ00", param_hint="--brin")
    return {"brincode": found[1], "dependancecode": found[2]}
