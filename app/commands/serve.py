"""`esis serve`: the program in a browser, for one person or a class; and the program behind one page."""

from __future__ import annotations

import math
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from app.commands.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.serving.addresses import Place
    from app.serving.server import Serving
    from app.settings import Settings

DRIVER = {"TEXTUAL_DRIVER": "screens.shell.in_browser:BrowserDriver"}
Find: TypeAlias = "Callable[[str], Place | None]"
SHOWN = 40
"""The maximum number of addresses to print; a class has fewer."""


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", metavar="ADRES", help="Waar geluisterd wordt.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="POORT", min=0, max=65535, help="0: een vrije.")] = 8000,
    sessions: Annotated[
        int, typer.Option("--sessions", metavar="N", min=1, max=1000, help="Hoeveel sessies tegelijk.")
    ] = 30,
    idle: Annotated[
        float, typer.Option("--idle", metavar="MINUTEN", min=0.1, help="Zonder toets of muis stopt een sessie dan.")
    ] = 90.0,
    only: Annotated[
        str | None, typer.Option("--board", metavar="NAAM", help="Alleen dit bestuur (standaard alle).")
    ] = None,
    lessons: Annotated[
        str | None, typer.Option("--lessons", metavar="MAP", help="Een map met eigen lessen voor de klas.")
    ] = None,
) -> None:
    """Open het programma voor browsers; iedereen meldt zich aan. Ctrl+C stopt."""
    import asyncio

    from app.ending import Ended
    from app.serving.running import MOST, run

    session: Session = context.obj
    if not math.isfinite(idle):
        raise typer.BadParameter("--idle is een aantal minuten, zoals 90")
    session.board_name = only or session.board_name
    session.lessons = lessons or session.lessons
    serving = _serving(session, host, sessions, idle)
    most = max(MOST, 2 * sessions)
    raise Ended(asyncio.run(run(serving.application(), host, port, partial(_opened, serving, session, host), most)))


def _serving(session: Session, host: str, sessions: int, idle: float) -> Serving:
    from app.serving import addresses
    from app.serving.desk.hub import Hub
    from app.serving.desk.local import address_of
    from app.serving.guard import Guard, is_loopback
    from app.serving.server import Serving
    from app.serving.sessions import Sessions

    session.board  # noqa: B018  # opens the database
    guarded = not is_loopback(host)
    first = _first(session, guarded)
    found: Find = partial(addresses.find, guarded=guarded)
    near: Find = addresses.find  # the trainer, who sits at this machine, leads the class from the practice board
    if session.board_name is not None:
        found = near = {first.slug: first}.get
    # In the environment, where only this user can read it: a PostgreSQL address may contain a password.
    environment = {"ESIS_DATABASE_URL": session.settings.database_url, **_lessons(session.settings), **DRIVER}
    failed = partial(_failed, session.settings)
    hub, desk = Hub(why_not_leading), address_of(session.settings.database_url)
    limits = Sessions(sessions, idle * 60)
    return Serving(Guard(host), limits, found, program_of, first, environment, failed, hub, near, desk)


def why_not_leading(board_id: int, user: str) -> str:
    """Why this user of a board may not lead a class now, as a sentence; empty if they may."""
    from app.access import actor_for, board_now, find_user
    from app.refusals import Refused
    from app.training import classes
    from models.base import connected

    with connected():
        try:
            return classes.leading(actor_for(find_user(board_now(board_id), user)))
        except Refused as refusal:
            return refusal.sentence


def _lessons(settings: Settings) -> dict[str, str]:
    """The folder with lessons, for the program behind a page, which runs in the same folder."""
    return {"ESIS_LESSONS": settings.lessons} if settings.lessons else {}


def _failed(settings: Settings, error: Exception) -> str:
    """Describe an error in the user's words; its details are logged with those of the program."""
    from app.workers import mishaps

    mishaps.note(settings, error)
    return mishaps.told(error)


def _first(session: Session, guarded: bool) -> Place:
    """The board at the bare address."""
    from app.refusals import Refused
    from app.serving import addresses

    if session.board_name is not None or not guarded:
        return addresses.place_of(session.board)
    if not (places := addresses.all_places(1, guarded=True)):
        raise Refused(
            "Er is geen bestuur met een eigen wachtwoord, en het oefenbestuur heeft er een dat iedereen kent. Maak besturen "
            "voor de klas met esis board create, of noem het bestuur dat u toch op het netwerk wilt zetten met --board."
        )
    return places[0]


def program_of(place: Place) -> list[str]:
    """The command line of the program behind one page."""
    from app import own_program

    return own_program.command("app.commands.serve", str(place.board_id), place.slug)


def _opened(serving: Serving, session: Session, host: str, port: int) -> None:
    from app.commands.output import tell
    from app.serving import addresses, guard
    from app.serving.network import own_addresses

    guarded = not guard.is_loopback(host)
    own = own_addresses(host) if host in guard.EVERYWHERE else [host]
    shown, *others = [f"[{one}]" if ":" in one else one for one in own or ["localhost"]]
    places = addresses.all_places(SHOWN, guarded=guarded) if session.board_name is None else [serving.first]
    for place in places:
        tell(f"{place.name}: http://{shown}:{port}{place.path}")
    if not own:
        tell("Deze machine heeft geen adres in een netwerk: alleen zijzelf kan deze adressen openen.")
    if others:
        tell(f"Deze machine heeft ook de adressen {', '.join(others)}: gebruik dat van het netwerk van het lokaal.")
    if host in guard.EVERYWHERE and session.board_name is None:
        for place in addresses.all_places(1):  # the practice board, which every database has
            if place not in places:
                tell(f"{place.name}, voor de trainer en alleen op deze machine: http://localhost:{port}{place.path}")
    if guarded:
        tell(
            "Let op: iedereen op het netwerk kan deze adressen openen, en wat er getypt wordt, ook wachtwoorden, gaat er "
            "onversleuteld overheen. Doe dit alleen in een afgesloten leslokaal, met verzonnen gegevens."
        )
    if serving.hub.beside_another:
        tell(
            "Let op: er draait al een esis serve op deze database. Bij Klas nu ziet een trainer alleen wie bij dezelfde "
            "server binnenkwam, en een trainer in een terminal die van de eerste. Geef een klas dus adressen van één server."
        )
    tell(f"Hoogstens {serving.sessions.most} sessies tegelijk. Ctrl+C stopt.")


def behind_a_page(board_id: int, slug: str) -> None:
    """The program behind one page: starts at its sign-in screen, with files in a folder of the board only.

    Where a class begins a lesson at once, the trainer, who is on the practice board, must still see what goes on.
    """
    from app.access import board_now
    from app.commands.program import keep_open
    from app.platform_parts import give_way
    from app.serving import addresses
    from app.settings import load
    from app.training.lessons import folder
    from app.workers import log
    from models.schema import open_database
    from screens.shared import files

    settings = load()
    log.keep(settings)
    folder.use(settings.lessons)
    open_database(settings.database_url)
    files.stay_in(addresses.folder_of(settings.database_url, slug))
    board = board_now(board_id)
    if not board.is_permanent:
        give_way()
    keep_open(settings, board)
    _tell_removed(board_id)


def _tell_removed(board_id: int) -> None:
    """Tell the page if its board is there no more: nobody stopped it."""
    from peewee import PeeweeException

    from app.access import BoardGone, board_now
    from app.serving import endings
    from app.serving.session import Told

    try:
        board_now(board_id)
    except BoardGone:
        with suppress(OSError):  # as a packet of the program that ended
            sys.stdout.buffer.write(Told(failed=endings.REMOVED).packet())
            sys.stdout.buffer.flush()
    except PeeweeException:  # the database is away, and the user stopped
        return


def main(board_id: int, slug: str) -> int:
    """Run the program behind a page; return its exit status. A fatal error is reported by the page."""
    from app import ending
    from app.ending import Ended
    from app.refusals import Refused
    from app.settings import InvalidSettings, load
    from app.workers import mishaps

    ending.listen()
    try:
        behind_a_page(board_id, slug)
    except Ended as end:
        return 128 + end.number
    except (Refused, InvalidSettings) as error:
        return _tell_page(str(error), 1)
    except Exception as error:
        with suppress(Exception):
            mishaps.note(load(), error)
        return _tell_page(mishaps.told(error), 3)
    return 0


def _tell_page(why: str, status: int) -> int:
    from app.serving.session import Told, begun

    with suppress(OSError):
        sys.stdout.buffer.write(begun(Told(failed=f"ESIS kon niet verder. {why}").packet()))
        sys.stdout.buffer.flush()
    return status


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2]))
