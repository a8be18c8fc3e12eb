"""`esis uwlr check --as-las`: serves a practice board of its own, and waits for a supplier's own client."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from app.commands.output import show_json, tell

if TYPE_CHECKING:
    from app.commands.session import Session
    from app.training.supplier_practice import Practice
    from app.uwlr.conformance.running import Run
    from app.uwlr.conformance.watching import Watch

BOARD = "UWLR-proefbestuur"
"""Not the practice board itself: nobody's results move."""


def watched(
    session: Session, port: int, seconds: float, only: tuple[str, ...], expected: frozenset[str], lines: bool
) -> Run:
    """Serve, wait and say what was seen. Raises wrong usage for an unknown test, `Refused` or `Ended`.

    On stdout comes only how to call, as JSON; `lines`: on one line, for another object follows.
    """
    import asyncio

    from app.commands.webservice import finder, practised
    from app.refusals import Refused
    from app.uwlr.conformance.report import line
    from app.uwlr.conformance.watched_service import WatchedService, serve
    from app.uwlr.conformance.watching import Watch, picked

    try:
        watch = Watch(picked(only))
    except Refused as refused:
        raise typer.BadParameter(refused.sentence) from None
    session.board_name = session.board_name or BOARD
    made = practised(session, "")
    service = WatchedService(finder(made.board.id), watch=watch)
    asyncio.run(serve(service, "127.0.0.1", port, _opened(made, seconds, watch, lines), seconds))
    run = watch.run(made.board.name, expected)
    for result in run.results:
        if not lines:
            tell(line(result))
    return run


def _opened(made: Practice, seconds: float, watch: Watch, lines: bool) -> Callable[[int], None]:
    import json
    import sys

    from app.serving import addresses
    from app.uwlr.addresses import told as addresses_below
    from app.uwlr.conformance.model import LEVELS

    def opened(port: int) -> None:
        root = f"http://127.0.0.1:{port}{addresses.place_of(made.board).path}"
        told = addresses_below(root) | made.as_json()
        print(json.dumps(told, ensure_ascii=False)) if lines else show_json(told)
        sys.stdout.flush()
        tell(f"Laat uw programma nu dit doen, op bestuur {made.board.name}; het eindigt als alles met 'moet' er is:")
        for one in watch.expectations:
            tell(f"- {one.id} ({LEVELS[one.level]}): {one.title}. {one.expected}")
        tell(f"Er wordt hoogstens {seconds:g} seconden gewacht; Ctrl+C stopt.")
        sys.stderr.flush()

    return opened
