"""`esis import`: previews an EDEXML file, then imports it; the import itself creates a new location."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.commands.asking import agree
from app.commands.output import ask, say, tell
from app.commands.session import DEFAULT_USER, SOURCE, Session
from app.counted import counted

if TYPE_CHECKING:
    from app.access import Actor
    from app.exchange.real_pupils import Change, RealPupils
    from app.school.files.import_doubts import Choice, Doubt
    from app.school.files.import_preview import ImportPreview


def said(same: Sequence[str], other: Sequence[str], skip: Sequence[str]) -> dict[str, Choice]:
    """Parse the options about pupils in doubt. Raises `typer.BadParameter` for invalid or duplicate ones."""
    from app.school.files.import_doubts import Choice, Kind

    pairs = []
    for text in same:
        number, separator, here = (part.strip() for part in text.rpartition("="))
        if not (number and separator and here):
            raise typer.BadParameter(f"--same is NUMMER=NUMMER_IN_ESIS, zoals 1=00001; niet '{text}'")
        pairs.append((number, Choice(Kind.SAME, here)))
    pairs += [(text.strip(), Choice(Kind.OTHER)) for text in other]
    pairs += [(text.strip(), Choice(Kind.SKIP)) for text in skip]
    for number, several in Counter(number for number, _ in pairs).items():
        if several > 1:
            raise typer.BadParameter(f"over leerling {number} zegt u meer dan een ding")
    return dict(pairs)


class People(Enum):
    """What to do with the people of a file."""

    ASK = "a file of no practice school is asked about"
    REAL = "as they are"
    REPLACED = "others in their place"


def what_of_people(real: bool, anonymise: bool) -> People:
    """Parse the options. Raises `typer.BadParameter` for both."""
    if real and anonymise:
        raise typer.BadParameter("kies --real of --anonymise, niet allebei")
    return People.REAL if real else People.REPLACED if anonymise else People.ASK


def import_edexml(
    session: Session, file: Path, dry_run: bool, yes: bool, choices: dict[str, Choice], people: People = People.ASK
) -> None:
    """Show what would change and, once confirmed, import. Raises `Refused` when a rule says no; then nothing is
    changed.
    """
    from app.refusals import Refused
    from app.school.files import imports
    from app.training.boards import import_file

    actor, planned = _read(session, file, people)
    if choices and not planned.errors:
        planned = imports.decide(actor, planned, choices)
    _show(planned)
    if planned.errors:
        raise Refused(f"Er is niets geïmporteerd: los eerst de fouten in {file.name} op.")
    if dry_run:
        return
    if waiting := planned.undecided:
        who = counted(len(waiting), "leerling", "leerlingen")
        raise Refused(
            f"Er is niets geïmporteerd: zeg eerst bij {who} in {file.name} wie het is, met {_options(waiting[0])}."
        )
    if planned.why_nothing:
        tell(planned.why_nothing)
        return
    if not yes:
        agree(_question(planned), "Er is niets geïmporteerd.")
    session.settle()
    tell(import_file(actor, planned).sentence())


def _read(session: Session, file: Path, people: People) -> tuple[Actor, ImportPreview]:
    """Preview the import; for a file that is not of a practice school, first ask what to do with its people. Raises
    `Refused`.
    """
    from app.exchange.real_pupils import RealPupils

    read = _at_new_location if _is_new(session) else _here
    try:
        return read(session, file, people)
    except RealPupils as refusal:
        return read(session, file, _asked(refusal))


def _asked(refusal: RealPupils) -> People:
    from app.refusals import Refused

    if not sys.stdin.isatty():
        raise Refused(
            f"{refusal.sentence} Voeg --anonymise toe, of --real om de echte gegevens te importeren."
        ) from refusal
    tell(refusal.sentence)
    ask("Anonimiseren (a), de echte gegevens importeren (e), of stoppen (s)? [a/e/s] ")
    answer = sys.stdin.readline().strip().lower()
    if answer not in ("a", "e"):
        raise Refused("Er is niets geïmporteerd.")
    return People.REPLACED if answer == "a" else People.REAL


def _change(actor: Actor, people: People, brin6: str = "") -> Change | None:
    from app.exchange.real_pupils import as_it_is
    from app.training.anonymising import for_file

    if people is People.REPLACED:
        return for_file(actor, brin6)
    return as_it_is if people is People.REAL else None


def _is_new(session: Session) -> bool:
    """Whether the given location does not exist yet."""
    from app.access import find_location
    from app.refusals import NotFound

    if session.location is None:
        return False
    try:
        find_location(session.board, session.location)
    except NotFound:
        return True
    return False


def _here(session: Session, file: Path, people: People) -> tuple[Actor, ImportPreview]:
    from app.refusals import Refused
    from app.school.files import imports

    try:
        return session.actor, imports.preview(session.actor, file, _change(session.actor, people))
    except imports.OtherLocation as refusal:
        hint = f" Zet --location {refusal.brin6} voor de opdracht: esis --location {refusal.brin6} import {file.name}"
        raise Refused(refusal.sentence + (hint if refusal.brin6 else "")) from refusal


def _at_new_location(session: Session, file: Path, people: People) -> tuple[Actor, ImportPreview]:
    """Preview the import at the location it creates; the actor is at an existing one."""
    from app import access
    from app.school.files import imports

    actor = access.actor_for(access.find_user(session.board, session.user or DEFAULT_USER), source=SOURCE)
    brin6 = session.location or ""
    return actor, imports.preview_new_location(actor, brin6, file, _change(actor, people, brin6))


def _question(planned: ImportPreview) -> str:
    if planned.new_location:
        return f"Vestiging {planned.brin6} bestaat nog niet. Aanmaken en hierin importeren?"
    return "Importeren?"


def _show(planned: ImportPreview) -> None:
    from app.exchange.edexml_records import Severity
    from app.school.files.import_preview import Tally

    for title, section in (
        ("Groepen", planned.groups),
        ("Leerlingen", planned.every_pupil),
        ("Medewerkers", planned.staff),
    ):
        say(f"{title:<12}{Tally.of(section)}")
    if planned.without_group:
        say(f"{'Geen groep':<12}{counted(planned.without_group, 'leerling', 'leerlingen')}")
    for doubt in planned.undecided:
        tell(
            f"TWIJFEL  regel {doubt.record.line}: leerling {doubt.described}: {doubt.sentence} Kies {_options(doubt)}."
        )
    for problem in planned.told:
        tell(f"{'FOUT' if problem.severity is Severity.ERROR else 'let op'}  {problem}")


def _options(doubt: Doubt) -> str:
    """`--same 1=00001, --other 1 of --skip 1`."""
    from app.school.files.import_doubts import Kind

    texts = [
        f"--{choice.kind.name.lower()} {shlex.quote(doubt.key + (f'={choice.key}' if choice.kind is Kind.SAME else ''))}"
        for choice in doubt.choices
    ]
    return " of ".join(filter(None, (", ".join(texts[:-1]), texts[-1])))
