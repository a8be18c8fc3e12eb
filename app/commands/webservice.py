"""`esis webservice`: UWLR over HTTP, for the software of a supplier."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.session import Session

if TYPE_CHECKING:
    from ssl import SSLContext

    from app.training.supplier_practice import Practice

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
) -> None:
    """Open de UWLR-webservice voor de software van leveranciers. Ctrl+C stopt."""
    import asyncio

    from app.ending import Ended
    from app.serving.guard import is_loopback
    from app.serving.running import run
    from app.uwlr.handling import Manner
    from app.uwlr.server import Service

    session: Session = context.obj
    if school_year and not practice:
        raise typer.BadParameter("--school-year hoort bij --practice")
    made = practised(session, school_year or "") if practice else None
    if made is None:
        session.board  # noqa: B018  # opens the database
    if not is_loopback(host):
        raise typer.BadParameter("zonder --self-signed alleen op deze machine: --host 127.0.0.1")
    first = made.board.id if made is not None else session.board.id
    secret = secrets.token_urlsafe(24)
    manner = Manner(strict=strict, guard=guard or not practice, bodies=keep_bodies)
    service = Service(finder(first), manner, _failed(session), key=secret)
    tell = _opened(made, host, first, secret)
    raise Ended(asyncio.run(run(service.application(), host, port, tell, command="esis webservice")))


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


def _opened(made: Practice | None, host: str, first: int, secret: str, secured: SSLContext | None = None) -> Any:
    from app.commands.output import show_json, tell
    from app.serving import addresses
    from app.uwlr.addresses import OF_PUPILS, OF_RESULTS
    from models.board import Board

    place = addresses.place_of(made.board if made is not None else Board.get_by_id(first))

    def opened(port: int) -> None:
        shown = f"[{host}]" if ":" in host else host
        base = f"{'https' if secured else 'http'}://{shown}:{port}"
        root = f"{base}{place.path}"
        told = {
            "pupils": f"{root}{OF_PUPILS}",
            "results": f"{root}{OF_RESULTS}",
            "pupils_wsdl": f"{root}{OF_PUPILS}?wsdl",
            "results_wsdl": f"{root}{OF_RESULTS}?wsdl",
        }
        if made is None:
            tell(f"{place.name}: {told['pupils']}")
            tell("Elk bestuur heeft een eigen adres (esis serve noemt het deel /b/...). Ctrl+C stopt.")
            return
        show_json(told | made.as_json() | {"control": f"{base}/beheer", "control_key": secret})
        sys.stdout.flush()

    return opened
