"""Each look can be read: what is drawn differs enough from what it is drawn on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.color import Color
from rich.segment import Segment

from models.board import Board, User
from screens import themes
from screens.esis import EsisApp
from tests.screens.couplings.walking import activated
from tests.screens.driving import WIDE, Driver, driving

NORMAL, DIMMED = 4.5, 3.0
"""Contrast as WCAG 2.1 asks it of text (AA), and of what may not be used now."""
NOT_TEXT = set("▁▂▃▄▅▆▇█▎▌▐▔╭╮╰╯│─━╸╺░▒▓")


def luminance(color: Color) -> float:
    channels = []
    for part in color.get_truecolor():
        share = part / 255
        channels.append(share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(segment: Segment) -> float:
    style = segment.style
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    high, low = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def drawn(program: Driver) -> Iterator[Segment]:
    for strip in program.app.screen._compositor.render_strips():
        for segment in strip:
            if segment.text.strip() and not set(segment.text.strip()) <= NOT_TEXT:
                yield segment


def unreadable(program: Driver, least: float) -> list[str]:
    found = {f"{segment.text.strip()[:40]} {contrast(segment):.1f} {segment.style}" for segment in drawn(program)
             if contrast(segment) < least}  # fmt: skip
    return sorted(found)


async def visit_all(program: Driver, least: float) -> dict[str, list[str]]:
    """What cannot be read, by where it is."""
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if bad := unreadable(program, least):
            found[name] = bad

    look("Startpagina")
    for item in ("koppelingen", "leerlingenadministratie", "mijn-groep", "mijn-instellingen", "help", "jaarovergang"):
        await program.go_to(item)
        look(item)
    await program.press("f10", "right", "enter")
    look("Mijn Menu")
    await program.open("Koppeling activeren: IEP LVS")
    look("koppeling")
    await program.press("home", "x", "f2")
    look("koppeling met een fout")
    await program.press("escape")
    look("vraag")
    await program.press("escape", "f9")
    look("schooltijd")
    await program.press("escape", "f1")
    look("F1")
    await program.press("escape", "ctrl+p")
    look("zoeken")
    await program.press("escape", "f6")
    look("IEP LVS")
    await program.type("schoolbeheerder")
    await program.press("tab")
    await program.type("oefenen")
    await program.press("f2")
    look("IEP LVS, aangemeld")
    return found


@pytest.mark.parametrize("theme", [theme.name for theme in themes.ALL])
async def test_what_may_be_used_has_contrast_enough(practice: Board, theme: str) -> None:
    activated(practice)
    User.update(theme=theme).execute()
    async with driving(practice, size=WIDE) as program:
        assert program.app.theme == theme
        assert await visit_all(program, NORMAL) == {}
