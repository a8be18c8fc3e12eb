"""Small pictures of screens, drawn as Textual draws them, without a program behind them."""

from __future__ import annotations

import io
from functools import cache

from rich.console import Console
from rich.text import Text

from app.training.scripts.shots import Shot


@cache
def svg(*lines: str, style: str = "", styled: tuple[int, int, int] = (0, 0, 0), width: int = 24) -> str:
    """A picture of these lines; `styled` is a row, and from and to which cell of it has `style`."""
    console = Console(record=True, width=width, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for row, line in enumerate(lines):
        text = Text(line.ljust(width), no_wrap=True, overflow="crop")
        if style and row == styled[0]:
            text.stylize(style, styled[1], styled[2])
        console.print(text, end="" if row == len(lines) - 1 else "\n")
    return console.export_svg(title="ESIS")


def shot(name: str, *lines: str, step: int = 1, style: str = "", styled: tuple[int, int, int] = (0, 0, 0)) -> Shot:
    """A picture that a draaiboek took."""
    text = "\n".join(line.rstrip() for line in lines).rstrip() + "\n"
    return Shot(name, step, text, svg(*lines, style=style, styled=styled))
