"""`esis uwlr check`: tests a LAS, or a supplier's own client."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import uwlr_access as reach
from app.commands.options import Json
from app.commands.output import say, show_json, show_records, tell

if TYPE_CHECKING:
    from app.uwlr.conformance.model import Result
    from app.uwlr.conformance.running import Run

_MOST = 1 << 20


def check(
    context: typer.Context,
    url: reach.Url = None,
    results_url: reach.ResultsUrl = None,
    source: reach.From = None,
    klantcode: reach.Code = None,
    klantnaam: reach.Name = None,
    autorisatiesleutel: reach.Key = None,
    brincode: reach.Brin = None,
    dependancecode: reach.Place = None,
    schooljaar: reach.Year = None,
    ca: reach.Authority = None,
    cert: reach.Certificate = None,
    cert_key: reach.CertificateKey = None,
    test: Annotated[
        list[str] | None,
        typer.Option("--test", metavar="TOETSCODE", help="Een toets die de school kent, voor de tests met resultaten."),
    ] = None,
    push: Annotated[bool, typer.Option("--push", help="Breng ook resultaten die opgeslagen horen te worden.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="TEST", help="Alleen deze test, of deze groep, als LAS-HAAL. Mag vaker."),
    ] = None,
    expected_failures: Annotated[
        Path | None,
        typer.Option("--expected-failures", metavar="BESTAND", help="Tests die mogen falen, een op een regel."),
    ] = None,
    json: Json = False,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="BESTAND", help="Schrijf JUnit-XML.")] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="BESTAND", help="Schrijf een verslag als pagina.")
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Toon welke test bij welke regel hoort, en test niets.")
    ] = False,
    as_las: Annotated[
        bool, typer.Option("--as-las", help="Test uw eigen programma: open een oefenbestuur en kijk wat er komt.")
    ] = False,
    port: Annotated[int, typer.Option("--port", metavar="POORT", min=0, max=65535, help="Bij --as-las.")] = 8443,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="N", min=0, max=86400, help="Bij --as-las: hoe lang hoogstens.")
    ] = 600,
) -> None:
    """Test of een LAS zich aan UWLR houdt, of, met --as-las, of uw eigen programma dat doet.

    Doe het bij een school met proefgegevens. Met --test gaan er ook resultaten heen die geweigerd horen te worden, van
    een leerling die de LAS zelf gaf; met --push ook die opgeslagen horen te worden.

    Met --as-las komt op stdout eerst, als JSON, hoe u de dienst aanroept, zoals esis webservice --practice dat zegt; wat
    uw programma moet doen en het verslag komen op stderr. Met --json is stdout twee regels: die JSON, en aan het eind het
    verslag. Het is een eigen bestuur, UWLR-proefbestuur, tenzij u met --board een ander noemt.

    Eindigt met 0 als alles is zoals verwacht, 1 als dat niet zo is, 2 bij verkeerd gebruik, 3 als er niets te testen
    viel.
    """
    if coverage:
        _coverage(json)
        return
    if as_las and (url or source):
        raise typer.BadParameter("--as-las wacht op uw programma, en gaat niet samen met --url of --from")
    names = tuple(only or ())
    listed = _expected(expected_failures, as_las)
    if as_las:
        from app.commands.uwlr_watch import watched

        run = watched(context.obj, port, seconds, names, listed, lines=json)
    else:
        where = reach.access(
            source,
            url,
            results_url,
            (klantcode, klantnaam, autorisatiesleutel),
            (brincode, dependancecode, schooljaar),
            (ca, cert, cert_key),
        )
        run = _checked(where, tuple(test or ()), names, push, listed, json)
    _report(run, json, junit, html, as_las)
    if not run.as_expected:
        raise typer.Exit(1)


def _coverage(json: bool) -> None:
    from app.exchange.uwlr_xml.rules import RULES
    from app.uwlr.conformance.catalogue import UNPROVOKED, coverage

    covered = coverage()
    why = {rule.id: reason for rule, reason in UNPROVOKED.items()}
    records = [
        {"rule": rule.id, "asks": rule.asks, "tests": covered.get(rule.id, []), "why_not": why.get(rule.id, "")}
        for rule in RULES.values()
    ]
    show_records(records, json, (("rule", "REGEL"), ("tests", "TESTS"), ("why_not", "WAAROM NIET")))
    done = sum(1 for ids in covered.values() if ids)
    tell(
        f"{done} van de {len(covered)} regels die uit te lokken zijn, hebben een test ({done * 100 // len(covered)} %)."
    )


def _expected(path: Path | None, as_las: bool) -> frozenset[str]:
    from app.files.regular import read_text
    from app.refusals import Refused
    from app.uwlr.conformance.running import read_expected
    from app.uwlr.conformance.watching import IDS

    if path is None:
        return frozenset()
    try:
        return read_expected(read_text(path, _MOST), IDS) if as_las else read_expected(read_text(path, _MOST))
    except Refused as refused:
        raise typer.BadParameter(refused.sentence) from None


def _checked(
    where: reach.Access, tests: tuple[str, ...], only: tuple[str, ...], push: bool, listed: frozenset[str], json: bool
) -> Run:
    from app.ending import run as until_signalled
    from app.other_esis.client import Client, NotReached
    from app.refusals import Refused
    from app.uwlr.conformance.probe import Probe
    from app.uwlr.conformance.running import check as do
    from app.uwlr.conformance.running import chosen

    who, school = where.who(), where.where()
    try:
        picked = chosen(only)
    except Refused as refused:
        raise typer.BadParameter(refused.sentence) from None

    async def run() -> Run:
        async with Client(where.certificates) as client:
            certified = where.certificates.certificate is not None
            probe = Probe(client, where.pupils, where.results, who, school, tests, certified)
            return await do(probe, picked, push, listed, _teller(json))

    try:
        return until_signalled(run())
    except NotReached as lost:
        tell(lost.sentence)
        raise typer.Exit(3) from None


def _teller(json: bool) -> Callable[[Result], None]:
    from app.uwlr.conformance.report import line

    def shown(result: Result) -> None:
        if not json:
            say(line(result))

    return shown


def _report(run: Run, json: bool, junit: Path | None, html: Path | None, as_las: bool) -> None:
    from app.exchange.whole_file import whole_file
    from app.uwlr.conformance import report
    from app.uwlr.conformance.page import as_html

    title = "UWLR: een leverancier" if as_las else "UWLR: een LAS"
    for path, content in ((junit, report.as_junit), (html, lambda run: as_html(run, title))):
        if path is not None:
            with whole_file(path, overwrite=True, shared=True) as file:
                file.write(content(run))
    if json and as_las:
        print(jsonlib.dumps(report.as_json(run), ensure_ascii=False))
    elif json:
        show_json(report.as_json(run))
    else:
        (tell if as_las else say)(report.summary(run))
