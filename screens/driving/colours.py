"""What a colour on the screen means: by the tokens of the theme, so that it is the same in each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from rich.color import Color as RichColor
from textual.color import Color
from textual.widget import Widget

from app.training.pictures import strips_of
from screens.driving.seeing import Cells, Line

if TYPE_CHECKING:
    from rich.style import Style

    from screens.shell.esis import EsisApp


class Tokens(NamedTuple):
    """The tokens that have a meaning: as the colour of a text, and of what is behind it."""

    text: tuple[str, ...] = ()
    ground: tuple[str, ...] = ()


TOKENS: Mapping[str, Tokens] = {
    "error": Tokens(("bad", "danger"), ("danger",)),
    "warning": Tokens(("warn",)),
    "good": Tokens(("ok",)),
    "disabled": Tokens(("hint",)),
    "link": Tokens(("key",)),
    "chosen": Tokens((), ("focus", "here")),
    **{f"level-{level}": Tokens((), (f"l{level}",)) for level in range(1, 6)},
    "growth": Tokens(("grow",)),
    "decline": Tokens(("fall",)),
}
"""By meaning. Not the tints `ok-bg`, `warn-bg` and `bad-bg`: in sixteen colours they are all black."""


class Meanings:
    """What the colours on the screen of this moment mean."""

    def __init__(self, app: EsisApp) -> None:
        self._strips = strips_of(app)
        self._by_text = _by_colour(app, {meaning: tokens.text for meaning, tokens in TOKENS.items()})
        self._by_ground = _by_colour(app, {meaning: tokens.ground for meaning, tokens in TOKENS.items()})

    def of(self, line: Line, begin: int, end: int) -> set[str]:
        """What holds for each of these characters of a line that is not blank.

        Sixteen colours are few, so there one may have more meanings.
        """
        each = [self._of_style(style) for style in self._styles(line.cells(begin, end))]
        off = {"disabled"} if _is_off(line.widget) else set[str]()
        return off | (set.intersection(*each) if each else set())

    def _of_style(self, style: Style) -> set[str]:
        return self._by_text.get(_hex(style.color), set()) | self._by_ground.get(_hex(style.bgcolor), set())

    def _styles(self, cells: Iterable[Cells]) -> Iterator[Style]:
        for row, first, end in cells:
            for text, style, _ in self._strips[row].crop(first, end):
                if style is not None and text.strip():
                    yield style


def _is_off(widget: Widget) -> bool:
    """Whether it cannot be used now, which makes its colours paler."""
    return any(isinstance(node, Widget) and node.disabled for node in widget.ancestors_with_self)


def _by_colour(app: EsisApp, tokens: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Meanings by the colour that has them in the present theme, also in the partner's program in front."""
    known = app.theme_variables
    found: dict[str, set[str]] = {}
    for meaning, names in tokens.items():
        for name in (each for token in names for each in (token, f"partner-{app.current_mode}-{token}")):
            if name in known:
                found.setdefault(Color.parse(known[name]).hex6.lower(), set()).add(meaning)
    return found


def _hex(colour: RichColor | None) -> str:
    return "" if colour is None or colour.is_default else colour.get_truecolor().hex.lower()
