"""`esis import`: an EDEXML file, first shown and then imported; a new location is made by the import itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.output import tell
from app.commands.session import DEFAULT_USER, SOURCE, Session

if TYPE_CHECKING:
    from app.access import Actor
    from app.school.files.imports import ImportPreview


def import_edexml(session: Session, file: Path, dry_run: bool, yes: bool) -> None:
    """Show what would change and, when confirmed, import. Raises `Refused` where a rule says no; nothing is changed."""
    from app.refusals import Refused
    from app.training.boards import import_file

    actor, planned = _at_new_location(session, file) if _is_new(session) else _here(session, file)
    _show(planned)
    if planned.errors:
        raise Refused(f"Er is niets geïmporteerd: los eerst de fouten in {file.name} op.")
    if dry_run:
        return
    if planned.why_nothing:
        tell(planned.why_nothing)
        return
    if not yes:
        _ask(_question(planned))
    session.settle()
    tell(import_file(actor, planned).sentence())


def _is_new(session: Session) -> bool:
    """Whether a location was named that is not there yet."""
    from app.access import find_location
    from app.refusals import NotFound

    if session.location is None:
        return False
    try:
        find_location(session.board, session.location)
    except NotFound:
        return True
    return False


def _here(session: Session, file: Path) -> tuple[Actor, ImportPreview]:
    from app.refusals import Refused
    from app.school.files import imports

    try:
        return session.actor, imports.preview(session.actor, file)
    except imports.OtherLocation as refusal:
        hint = f" Zet --location {refusal.brin6} voor de opdracht: esis --location {refusal.brin6} import {file.name}"
        raise Refused(refusal.sentence + (hint if refusal.brin6 else "")) from refusal


def _at_new_location(session: Session, file: Path) -> tuple[Actor, ImportPreview]:
    """What the import would do at the location that it makes; the actor is at one that there is."""
    from app import access
    from app.school.files import imports

    actor = access.actor_for(access.find_user(session.board, session.user or DEFAULT_USER), source=SOURCE)
    return actor, imports.preview_new_location(actor, (session.location or "").strip().upper(), file)


def _question(planned: ImportPreview) -> str:
    if planned.new_location:
        return f"Vestiging {planned.brin6} bestaat nog niet. Aanmaken en hierin importeren?"
    return "Importeren?"


def _show(planned: ImportPreview) -> None:
    from app.exchange.edexml_records import Severity
    from app.school.files.imports import Tally

    for title, section in (("Groepen", planned.groups), ("Leerlingen", planned.pupils), ("Medewerkers", planned.staff)):
        print(f"{title:<12}{Tally.of(section)}")
    for problem in planned.told:
        tell(f"{'FOUT' if problem.severity is Severity.ERROR else 'let op'}  {problem}")


def _ask(question: str) -> None:
    from app.refusals import Refused

    if not sys.stdin.isatty():
        raise Refused(f"{question} Voeg --yes toe om dat te bevestigen.")
    print(f"{question} [j/n] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("j", "ja"):
        raise Refused("Er is niets geïmporteerd.")
