"""`esis uwlr pull` and `push`: this program as a client of another LAS."""

from __future__ import annotations

import json as jsonlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from app.commands import uwlr_access as reach
from app.commands.options import Json
from app.commands.output import say, show_json, tell
from app.other_esis.sizes import LARGEST
from app.refusals import Refused

if TYPE_CHECKING:
    from app.exchange.uwlr_xml.answered import Answered, Person
    from app.other_esis.client import Reply

_SHOWN = 10


def pull(
    url: reach.Url = None,
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
    operation: Annotated[
        str, typer.Option("--operation", metavar="NAAM", help="Zoals HaalStructuur.")
    ] = "HaalLeerlinggegevens",
    version: Annotated[str, typer.Option("--xsdversie", metavar="VERSIE", help="2.0, 2.1 of 2.2.")] = "2.2",
    set_id: Annotated[str, typer.Option("--gegevenssetid", metavar="SET", help="Zoals Smalle-set.")] = "",
    since: Annotated[
        str, typer.Option("--since", metavar="MOMENT", help="laatstontvangengegevens, als 2020-04-14T09:00:00.")
    ] = "",
    group: Annotated[
        list[str] | None, typer.Option("--group", metavar="SLEUTEL", help="Bij HaalLeerlingen en HaalLeerkrachten.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="BESTAND", help="Bewaar het antwoord als XML.")] = None,
    json: Json = False,
) -> None:
    """Haal leerlingen bij een LAS, en kijk of het antwoord klopt.

    Eindigt met 0 als er een goed antwoord is, 1 als de LAS weigert of het antwoord niet klopt, 3 zonder verbinding.
    """
    from app.exchange.uwlr_xml.asking import Asked, as_bytes, asked, headers
    from app.exchange.uwlr_xml.operations import OF_PUPILS
    from app.exchange.uwlr_xml.requested import moment

    where = reach.access(
        source,
        url,
        None,
        (klantcode, klantnaam, autorisatiesleutel),
        (brincode, dependancecode, schooljaar),
        (ca, cert, cert_key),
    )
    known = {one.name: one for one in OF_PUPILS}
    if operation not in known:
        raise typer.BadParameter(f"{operation} bestaat niet; kies uit {', '.join(known)}")
    at = moment(since)
    if since and at is None:
        raise typer.BadParameter(f"'{since}' is geen moment; schrijf het als 2020-04-14T09:00:00")
    groups = tuple(("groep", key) for key in group or ())
    what = Asked(known[operation], where.who(), where.where(), version, set_id, at, groups)
    reply = _sent(where, where.pupils, as_bytes(asked(what)), headers(known[operation]))
    with reply.body as body:
        found = _understood(reply, body)
        if out is not None:
            _keep(body, out)
        if json:
            _as_json(body, found)
        else:
            _told(found, reply)
    _end(found)


def push(
    file: Annotated[Path, typer.Argument(metavar="BESTAND", help="Een leerresultaten_verzoek, of een hele envelop.")],
    url: reach.Url = None,
    source: reach.From = None,
    klantcode: reach.Code = None,
    klantnaam: reach.Name = None,
    autorisatiesleutel: reach.Key = None,
    ca: reach.Authority = None,
    cert: reach.Certificate = None,
    cert_key: reach.CertificateKey = None,
    json: Json = False,
) -> None:
    """Breng de resultaten in een bestand naar een LAS. Wat erin staat, gaat mee zoals het is.

    Eindigt met 0 als ze ontvangen zijn, 1 als de LAS weigert, 3 zonder verbinding.
    """
    from app.exchange.uwlr_xml.asking import headers
    from app.exchange.uwlr_xml.enveloping import make_message
    from app.exchange.uwlr_xml.operations import PUSH_RESULTS
    from app.exchange.uwlr_xml.rules import Violation
    from app.files.regular import opened

    where = reach.access(
        source, url, None, (klantcode, klantnaam, autorisatiesleutel), (None, None, None), (ca, cert, cert_key)
    )
    with opened(file, LARGEST) as given, TemporaryFile() as message:
        try:
            made = make_message(given, message, where.authorisation)
        except Violation as violation:
            raise Refused(f"'{file}' is geen bericht. {violation.findings[0].sentence}") from None
        if made.operation is not PUSH_RESULTS:
            raise Refused(f"In '{file}' staat geen leerresultaten_verzoek.")
        _warn_of(message)
        message.seek(0)
        reply = _sent(where, where.results, message, headers(PUSH_RESULTS, made.soap))
    with reply.body as body:
        found = _understood(reply, body)
        if json:
            show_json(_fields(found))
        else:
            _told(found, reply)
    _end(found)


def _warn_of(message: IO[bytes]) -> None:
    """What our own service would say of it; it is sent all the same."""
    from app.exchange.uwlr_xml.requested import understood
    from app.exchange.uwlr_xml.rules import Violation

    message.seek(0)
    try:
        findings = list(understood(message).findings)
    except Violation as violation:
        findings = list(violation.findings)
    for one in findings[:_SHOWN]:
        tell(f"Let op: {one.sentence}")


def _sent(where: reach.Access, url: str, body: bytes | IO[bytes], headers: dict[str, str]) -> Reply:
    from app.ending import run
    from app.other_esis.client import Client, NotReached

    async def send() -> Reply:
        async with Client(where.certificates) as client:
            return await client.send(url, body, headers)

    with _unreached(NotReached):
        return run(send())


@contextmanager
def _unreached(kind: type[Refused]) -> Iterator[None]:
    try:
        yield
    except kind as lost:
        tell(lost.sentence)
        raise typer.Exit(3) from None


def _understood(reply: Reply, body: IO[bytes]) -> Answered:
    from app.exchange.uwlr_xml.answered import read_answer
    from app.exchange.uwlr_xml.rules import Violation

    try:
        return read_answer(body)
    except Violation as violation:
        told = violation.findings[0].sentence
        raise Refused(f"Het antwoord is geen UWLR (status {reply.status}). {told}") from None


def _keep(body: IO[bytes], out: Path) -> None:
    from app.exchange.whole_file import whole_file

    body.seek(0)
    with whole_file(out, overwrite=True) as file:
        shutil.copyfileobj(body, file)


def _fields(found: Answered) -> dict[str, Any]:
    school = found.school
    return {
        "kind": found.kind,
        "fault": found.code,
        "told": found.fault_text,
        "schooljaar": school.school_year if school else "",
        "brincode": school.brin if school else "",
        "dependancecode": school.location if school else "",
        "aanmaakdatum": found.created_at.isoformat() if found.created_at else "",
        "xsdversie": found.version,
        "findings": [{"rule": one.rule.id, "line": one.line, "told": one.sentence} for one in found.findings],
        "groups": [asdict(one) for one in found.groups],
    }


def _as_json(body: IO[bytes], found: Answered) -> None:
    """The answer as one object; people are printed while they are read again, so that memory does not grow with them."""
    from app.exchange.uwlr import PupilData
    from app.exchange.uwlr_xml.answered import read_answer

    head = jsonlib.dumps(_fields(found), ensure_ascii=False, indent=2)
    print(head[:-2], end=',\n  "people": [')
    count = 0

    def person(one: Person) -> None:
        nonlocal count
        kind = "leerling" if isinstance(one, PupilData) else "leerkracht"
        told = {"kind": kind} | {name: value for name, value in asdict(one).items() if name != "id"}
        print("," if count else "", end="\n    ")
        print(jsonlib.dumps(told, ensure_ascii=False, default=str), end="")
        count += 1

    read_answer(body, person)
    print(f"{chr(10) + '  ' if count else ''}]\n}}")


def _told(found: Answered, reply: Reply) -> None:
    from app.counted import counted
    from app.exchange.uwlr_xml.answered import CONFIRMED, DATA, FAULT, NONE, UNCHANGED

    if found.kind == FAULT:
        say(f"Geweigerd: {found.code}. {found.fault_text}")
    elif found.kind == DATA and found.school is not None:
        groups = counted(len(found.groups), "groep", "groepen")
        pupils = counted(found.pupils, "leerling", "leerlingen")
        teachers = counted(found.teachers, "leerkracht", "leerkrachten")
        say(f"{found.school.brin6}, {found.school.school_year}: {pupils}, {teachers}, {groups}; {reply.size} bytes.")
        if found.created_at is not None:
            say(f"aanmaakdatum {found.created_at.replace(tzinfo=None).isoformat()}, voor --since de volgende keer.")
    else:
        words = {
            UNCHANGED: "Er is niets gewijzigd.",
            NONE: "Er zijn geen gegevens.",
            CONFIRMED: "De resultaten zijn ontvangen.",
        }
        say(words.get(found.kind, f"Er kwam geen antwoord van UWLR (status {reply.status})."))
    for one in found.findings[:_SHOWN]:
        tell(f"Klopt niet: {one.sentence}")
    if len(found.findings) > _SHOWN:
        tell(f"En nog {len(found.findings) - _SHOWN} van zulke.")


def _end(found: Answered) -> None:
    from app.exchange.uwlr_xml.answered import FAULT

    if found.kind in ("", FAULT) or found.findings:
        raise typer.Exit(1)
