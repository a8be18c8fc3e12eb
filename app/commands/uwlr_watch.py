"""`esis uwlr check --as-las`: serves the practice board, and waits for a supplier's own client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from app.commands.output import tell

if TYPE_CHECKING:
    from app.commands.session import Session
    from app.uwlr.conformance.running import Run


def watched(
    session: Session, port: int, seconds: float, only: tuple[str, ...], expected: frozenset[str], shown: Any
) -> Run:
    """Serve, wait and say what was seen. Raises wrong usage for an unknown test, `Refused` or `Ended`."""
    import asyncio

    from app.commands.webservice import finder, practised
    from app.refusals import Refused
    from app.uwlr.conformance.watched_service import WatchedService, serve
    from app.uwlr.conformance.watching import Watch, picked

    try:
        watch = Watch(picked(only))
    except Refused as refused:
        raise typer.BadParameter(refused.sentence) from None
    made = practised(session, "")
    service = WatchedService(finder(made.board.id), watch=watch)
    asyncio.run(serve(service, "127.0.0.1", port, _opened(made, seconds), seconds))
    run = watch.run(made.board.name, expected)
    for result in run.results:
        shown(result)
    return run


def _opened(made: Any, seconds: float) -> Any:
    import json
    import sys

    from app.serving import addresses
    from app.uwlr.addresses import told

    def opened(port: int) -> None:
        root = f"http://127.0.0.1:{port}{addresses.place_of(made.board).path}"
        tell(json.dumps(told(root) | made.as_json(), ensure_ascii=False))
        tell(f"Laat uw programma nu leerlingen halen en resultaten brengen. Er wordt {seconds:g} seconden gewacht.")
        sys.stderr.flush()

    return opened
