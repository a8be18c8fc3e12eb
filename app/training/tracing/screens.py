"""Screens of a trace: the characters and styles of each row, kept once for all screens that show the same.

A picture is drawn from them by the page itself. The colours are those of the golden pictures (rich's SVG): dimmed and
reversed styles are resolved here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from rich.style import Style
    from textual.app import App
    from textual.strip import Strip

Run: TypeAlias = tuple[str, int, int]
"""Text, the number of its style, and the columns it takes."""
Row: TypeAlias = tuple[Run, ...]
Look: TypeAlias = tuple[str, str, str]
"""The style of a run: ink and background as `#rrggbb` (the background is empty for that of the terminal), and the
letters of `bius` that apply: bold, italic, underlined, struck through.
"""
DIM = 0.4
"""How far a dimmed colour is moved towards its background."""


class Screens:
    """Every screen seen, by number; rows and styles are shared."""

    def __init__(self) -> None:
        self._looks: dict[Look, int] = {}
        self._by_style: dict[Style | None, int] = {}
        self._rows: dict[Row, int] = {}
        self._screens: dict[tuple[int, ...], int] = {}

    def seen(self, app: App[Any] | None) -> int:
        """The number of the screen that the program shows now; without a program an empty one."""
        from app.training.pictures import strips_of

        rows = tuple(self._row(strip) for strip in strips_of(app)) if app is not None else ()
        return self._screens.setdefault(rows, len(self._screens))

    def text(self, number: int) -> str:
        """The characters of a screen, as a `shot` keeps them."""
        rows = list(self._rows)
        screen = list(self._screens)[number]
        lines = ("".join(text for text, _, _ in rows[row]).rstrip() for row in screen)
        return "\n".join(lines).rstrip() + "\n"

    def as_data(self) -> dict[str, object]:
        """Styles, rows and screens by number, in values of JSON; a run says its columns only if its text has others."""
        return {
            "looks": list(self._looks),
            "rows": [[_run(*run) for run in row] for row in self._rows],
            "screens": list(self._screens),
        }

    def _row(self, strip: Strip) -> int:
        row = tuple(self._runs(strip))
        return self._rows.setdefault(row, len(self._rows))

    def _runs(self, strip: Strip) -> Iterator[Run]:
        """Neighbours that look the same are one run, but what is wider than its characters stays by itself."""
        from rich.cells import cell_len

        before: Run | None = None
        for text, style, control in strip:
            if control or not text:
                continue
            look, width = self._look(style), cell_len(text)
            if before and before[1] == look and len(before[0]) == before[2] and len(text) == width:
                before = (before[0] + text, look, before[2] + width)
                continue
            if before:
                yield before
            before = (text, look, width)
        if before:
            yield before

    def _look(self, style: Style | None) -> int:
        if style not in self._by_style:
            self._by_style[style] = self._looks.setdefault(_look_of(style), len(self._looks))
        return self._by_style[style]


def _run(text: str, look: int, width: int) -> list[object]:
    return [text, look] if width == len(text) else [text, look, width]


def _look_of(style: Style | None) -> Look:
    from rich.color import Color, blend_rgb
    from rich.style import Style
    from rich.terminal_theme import SVG_EXPORT_THEME as THEME

    given = style or Style()

    def triplet(color: Color | None, ink: bool) -> Any:
        default = THEME.foreground_color if ink else THEME.background_color
        return default if color is None or color.is_default else color.get_truecolor(THEME, ink)

    ink, back = triplet(given.color, True), triplet(given.bgcolor, False)
    plain = given.bgcolor is None or given.bgcolor.is_default
    if given.reverse:
        ink, back, plain = back, ink, False
    if given.dim:
        ink = blend_rgb(ink, back, DIM)
    marks = zip("bius", (given.bold, given.italic, given.underline, given.strike), strict=True)
    return ink.hex, "" if plain else back.hex, "".join(mark for mark, on in marks if on)
