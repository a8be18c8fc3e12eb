"""`esis screenshot`: one screen as SVG, PNG or text."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.output import tell
from app.commands.session import DEFAULT_USER, Session

if TYPE_CHECKING:
    from textual.app import App

    from screens.esis import EsisApp

SIGN_IN = "aanmelden"
KINDS = (".svg", ".png", ".txt")


def take(session: Session, screen: str, out: Path, size: str, as_user: str | None, presses: Sequence[str]) -> None:
    """Save the screen. Raises `Refused` for an unknown screen, user, size or kind of file."""
    from app.refusals import Refused

    if out.suffix.lower() not in KINDS:
        raise Refused(f"{out.name} eindigt niet op {', '.join(KINDS)}.")
    for name in ("NO_COLOR", "TEXTUAL_THEME", "COLORTERM"):
        os.environ.pop(name, None)
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    from app.training import pictures

    kind, way = out.suffix.lower(), _way_to(screen)
    user = None if screen.strip().lower() == SIGN_IN else as_user or session.user or DEFAULT_USER
    size_in_cells, keys = pictures.parse_size(size), pictures.keys_of(presses)
    content = pictures.take(_make(session, user, way), kind, size_in_cells, keys)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise Refused(f"{out} is niet te schrijven: {error.strerror}.") from error
    tell(f"Bewaard als {out}")


def _make(session: Session, user_name: str | None, way: Callable[[App[Any]], None]) -> EsisApp:
    from app import access
    from screens.esis import EsisApp

    board = session.board
    user = access.find_user(board, user_name) if user_name else None
    location = access.find_location(board, session.location) if session.location else None

    def work() -> None:
        app.run_worker(session.settle, thread=True)

    app = EsisApp(session.settings, board, user, location, on_work=work, way=way, watch=False)
    return app


def _way_to(screen: str) -> Callable[[App[Any]], None]:
    from fixtures import menu
    from screens.programs import partner_programs

    name = screen.strip().lower()
    programs = {program.title.lower(): program.id for program in partner_programs()}
    tabs = {tab.title.lower(): tab.title for tab in menu.menu().tabs}

    def go(app: Any) -> None:
        if name in programs:
            app.go_to_program(programs[name])
        elif name == "schooltijd":
            app.action_school_time()
        elif name in tabs:
            app.open_tab(tabs[name])
        else:
            app.open_item(item)

    known = name in programs or name in tabs or name in (SIGN_IN, "schooltijd")
    item = None if known else menu.find(screen)
    first = name in (SIGN_IN, "startpagina") or (item is not None and item.id == "startpagina")
    return (lambda _app: None) if first else go
