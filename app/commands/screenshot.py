"""`esis screenshot`: one screen as SVG, PNG or text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.asking import may_replace
from app.commands.opening import make_app, prepare
from app.commands.output import tell
from app.commands.session import DEFAULT_USER, Session

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp


SIGN_IN = "aanmelden"
KINDS = (".svg", ".png", ".txt")


def take(
    session: Session,
    screen: str,
    out: Path,
    size: str,
    as_user: str | None,
    presses: Sequence[str],
    theme: str | None,
    yes: bool = False,
) -> None:
    """Save the screen. Raises `Refused` for an unknown screen, user, size, theme or kind of file."""
    from app.refusals import Refused

    if out.suffix.lower() not in KINDS:
        raise Refused(f"{out.name} eindigt niet op {', '.join(KINDS)}.")
    overwrite = may_replace(out, yes)
    prepare()
    from app.exchange import whole_file
    from app.training import pictures
    from screens.driving.unseen import take as picture_of

    kind, way = out.suffix.lower(), _way_to(screen)
    user = None if screen.strip().lower() == SIGN_IN else as_user or session.user or DEFAULT_USER
    size_in_cells, keys = pictures.parse_size(size), pictures.keys_of(presses)
    settings = replace(session.settings, theme=theme_named(theme) if theme else session.settings.theme)
    app = make_app(settings, session.board, user, session.location, way)
    whole_file.put(out, picture_of(app, kind, size_in_cells, keys), overwrite, shared=True)
    tell(f"Bewaard als {out}")


def theme_named(name: str) -> str:
    """Find a theme by name, `esis-licht` or `licht`. Raises `NotFound`, listing those that exist."""
    from app.refusals import NotFound
    from screens.shell import themes

    for known in themes.TITLES:
        if name.strip().lower() in (known, known.removeprefix("esis-")):
            return known
    raise NotFound(f"Thema '{name}' bestaat niet. Er zijn: {', '.join(themes.TITLES)}.")


def _way_to(screen: str) -> Callable[[EsisApp], None]:
    """The way from the first screen. Raises `NotFound` for a place that there is not."""
    from screens.navigation import written

    if screen.strip().lower() == SIGN_IN:
        return lambda _app: None
    target = written.find(screen).target
    return lambda app: app.go(target)
