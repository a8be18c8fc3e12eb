"""`esis import`: an EDEXML file, first shown and then imported; a new location is made when the file is of one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.output import tell
from app.commands.session import DEFAULT_USER, SOURCE, Session

if TYPE_CHECKING:
    from app.access import Actor
    from app.school.imports import ImportPreview


def import_edexml(session: Session, file: Path, dry_run: bool, yes: bool) -> None:
    """Show what would change and, when confirmed, import. Raises `Refused` where a rule says no; nothing is changed."""
    from app.refusals import Refused
    from app.school import imports

    actor = _actor(session, dry_run, yes)
    planned = imports.preview(actor, file)
    _show(planned)
    if planned.errors:
        raise Refused(f"Er is niets geïmporteerd: los eerst de fouten in {file.name} op.")
    if dry_run:
        return
    if planned.changes_nothing:
        tell("Alles staat al zo in ESIS; er is niets te importeren.")
        return
    if not yes:
        _ask("Importeren?")
    session.settle()
    tell(imports.apply(actor, planned).sentence())


def _actor(session: Session, dry_run: bool, yes: bool) -> Actor:
    """The user at the location, made first when it does not exist yet and that is confirmed."""
    from app import access
    from app.refusals import NotFound, Refused

    try:
        return session.actor
    except NotFound:
        if session.location is None or any(session.location.upper() == known for known in _known(session)):
            raise
    user = access.find_user(session.board, session.user or DEFAULT_USER)
    actor = access.actor_for(user, source=SOURCE)
    if dry_run:
        raise Refused(f"Vestiging {session.location} bestaat nog niet. Zonder --dry-run wordt zij aangemaakt.")
    if not yes:
        _ask(f"Vestiging {session.location} bestaat nog niet. Aanmaken?")
    return _create(session, actor)


def _create(session: Session, actor: Actor) -> Actor:
    from app.school.locations import create_location
    from app.training.boards import open_partner_accounts

    session.settle()
    made = create_location(actor, (session.location or "").upper())
    open_partner_accounts(made.location)
    tell(f"Vestiging {made.location.brin6} is aangemaakt.")
    return made


def _known(session: Session) -> list[str]:
    from models.board import Location

    return [row.brin6 for row in Location.select().where(Location.board == session.board)]


def _show(planned: ImportPreview) -> None:
    from app.school.imports import Tally

    for title, section in (("Groepen", planned.groups), ("Leerlingen", planned.pupils), ("Medewerkers", planned.staff)):
        print(f"{title:<12}{Tally.of(section)}")
    for problem in planned.problems:
        tell(f"{'FOUT' if problem in planned.errors else 'let op'}  {problem}")


def _ask(question: str) -> None:
    from app.refusals import Refused

    if not sys.stdin.isatty():
        raise Refused(f"{question} Voeg --yes toe om dat te bevestigen.")
    print(f"{question} [j/n] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("j", "ja"):
        raise Refused("Er is niets geïmporteerd.")
