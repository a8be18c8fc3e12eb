"""`esis webservice`: UWLR over HTTP, for the software of a supplier."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.session import Session

if TYPE_CHECKING:
    from app.training.service_boards import ServiceBoards
    from app.training.supplier_practice import Practice
    from app.uwlr.control import Control
    from app.uwlr.handling import Manner

PORT = 8443


def webservice(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", metavar="ADRES", help="Waar geluisterd wordt.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="POORT", min=0, max=65535, help="0: een vrije.")] = PORT,
    practice: Annotated[
        bool, typer.Option("--practice", help="Met een oefenschool, een leverancier en een actieve koppeling.")
    ] = False,
    school_year: Annotated[
        str | None, typer.Option("--school-year", metavar="JAAR", help="Van de oefenschool, zoals 2024-2025.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Weiger ook wat anders door de vingers gezien wordt.")
    ] = False,
    guard: Annotated[bool, typer.Option("--guard", help="Ook met --practice: vertraag na verkeerde sleutels.")] = False,
    keep_bodies: Annotated[
        bool, typer.Option("--keep-bodies", help="Bewaar berichten met persoonsgegevens in het berichtenverkeer.")
    ] = False,
    self_signed: Annotated[
        bool,
        typer.Option("--self-signed", help="https, met een eigen autoriteit; ook de beller heeft een certificaat."),
    ] = False,
    control_port: Annotated[
        int, typer.Option("--control-port", metavar="POORT", min=0, max=65535, help="Met --practice: van het beheer.")
    ] = 0,
) -> None:
    """Open de UWLR-webservice voor de software van leveranciers. Ctrl+C stopt."""
    import asyncio

    from app.ending import Ended
    from app.files import temporary
    from app.serving.guard import is_loopback
    from app.uwlr.handling import Manner
    from app.uwlr.kept_answers import KeptAnswers
    from app.uwlr.server import CONNECTIONS
    from models.base import keep_connections

    session: Session = context.obj
    if not practice and (school_year or control_port):
        raise typer.BadParameter("--school-year en --control-port horen bij --practice")
    if not (self_signed or is_loopback(host)):
        raise typer.BadParameter("zonder --self-signed alleen op deze machine: --host 127.0.0.1")
    made = practised(session, school_year or "") if practice else None
    if made is None:
        session.board  # noqa: B018  # opens the database
    keep_connections(CONNECTIONS)
    with temporary.folder() as folder:
        manner = Manner(strict, guard or not practice, keep_bodies, folder=folder, kept=KeptAnswers(folder))
        code = asyncio.run(_served(session, made, host, port, control_port, manner, self_signed))
    raise Ended(code)


async def _served(
    session: Session,
    made: Practice | None,
    host: str,
    port: int,
    control_port: int,
    manner: Manner,
    self_signed: bool,
) -> int:
    from functools import partial

    from app.serving.running import run
    from app.uwlr.control import Control
    from app.uwlr.door import ServiceDoor
    from app.uwlr.passing import Passage
    from app.uwlr.security import Security
    from app.uwlr.server import Service

    first = made.board.id if made is not None else session.board.id
    failed = _failed(session)
    security = Security.ready(first, host) if self_signed else None
    service = Service(finder(first), manner, failed, Passage(folder=manner.folder))
    application = service.application()
    place = Place(first, "https" if security else "http", host)
    boards = None
    if made is not None:
        from app.training.service_boards import ServiceBoards

        files = security.files(made.authorisation.client_code) if security else {}
        boards = ServiceBoards(session.settings, first, lambda: place.base, files)
        control = Control(boards, failed, port=control_port)
        service.noted = control.noted
        application.cleanup_ctx.append(control.beside)
        tell = partial(_opened, place, boards, control)
    else:
        tell = partial(_told, place, self_signed)
    door = partial(ServiceDoor, told=service.unheard, secured=security.context if security else None)
    return await run(application, host, port, tell, command="esis webservice", door=door)


@dataclass
class Place:
    """Where the service is: the board at its bare address and, once it is open, its port."""

    board_id: int
    scheme: str
    host: str
    port: int = 0

    @property
    def base(self) -> str:
        """Its address, by which this machine can call it."""
        from app.serving.guard import EVERYWHERE

        host = "localhost" if self.host in EVERYWHERE else self.host
        return f"{self.scheme}://{f'[{host}]' if ':' in host else host}:{self.port}"


def practised(session: Session, school_year: str) -> Practice:
    """The practice board of this session, made if it is not there; a year may be asked. Raises `Refused`."""
    from app.training import supplier_practice as practice

    session.open()
    return practice.ready(session.board_name or practice.BOARD, school_year)


def finder(first: int) -> Any:
    """Finds the board of a slug; the empty one is the board with this number."""
    from app.serving import addresses

    def find(slug: str) -> int | None:
        if not slug:
            return first
        place = addresses.find(slug)
        return place.board_id if place else None

    return find


def _failed(session: Session) -> Any:
    from app.workers import mishaps

    def failed(error: Exception) -> str:
        mishaps.note(session.settings, error)
        return mishaps.told(error)

    return failed


def _opened(place: Place, boards: ServiceBoards, control: Control, port: int) -> None:
    from app.commands.output import show_json

    place.port = port
    shown = boards.shown(place.board_id)
    told = {name: value for name, value in shown.items() if name not in ("slug", "school_time")}
    show_json(told | {"control": control.address, "control_key": control.key})
    sys.stdout.flush()


def _told(place: Place, self_signed: bool, port: int) -> None:
    from app.commands.output import tell
    from app.serving import addresses
    from app.uwlr.addresses import told
    from models.board import Board

    place.port = port
    found = addresses.place_of(Board.get_by_id(place.board_id))
    tell(f"{found.name}: {told(f'{place.base}{found.path}')['pupils']}")
    if self_signed:
        tell("Elke leverancier heeft een certificaat nodig: esis supplier certificate KLANTCODE.")
    tell("Elk bestuur heeft een eigen adres (esis serve noemt het deel /b/...). Ctrl+C stopt.")
