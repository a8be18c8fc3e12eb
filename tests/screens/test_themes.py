"""Each theme is readable: the contrast with the background is sufficient."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.color import Color
from rich.segment import Segment
from textual.screen import ModalScreen

from app.access import find_user
from app.settings import Settings
from models.board import Board, User
from screens.shared.link import Link
from screens.shared.top_bar import MenuBar
from screens.shell import themes, tokens
from screens.shell.esis import EsisApp
from tests.screens.couplings.walking import activated
from tests.screens.driving import WIDE, Driver, driving

NORMAL, DIMMED = 4.5, 3.0
"""Contrast as WCAG 2.1 asks it of text (AA), and of what may not be used now."""
NOT_TEXT = set("▼▁▂▃▄▅▆▇█▎▌▐▔▏▕╭╮╰╯┏┓┗┛┌┐└┘│┃─━╸╺░▒▓")


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
    """The text in front: what lies under a question is dimmed on purpose."""
    screen = program.app.screen
    front = screen.children[0].region if isinstance(screen, ModalScreen) else screen.region
    for strip in screen._compositor.render_strips()[front.y : front.bottom]:
        for segment in strip.crop(front.x, front.right):
            if segment.text.strip() and not set(segment.text.strip()) <= NOT_TEXT:
                yield segment


def least(segment: Segment) -> float:
    """What may not be used now is italic; where an item of the menu lies is dim."""
    style = segment.style
    return DIMMED if style is not None and (style.italic or style.dim is not None) else NORMAL


def unreadable(program: Driver) -> list[str]:
    found = {
        f"{segment.text.strip()[:40]} {contrast(segment):.1f} {segment.style}"
        for segment in drawn(program)
        if contrast(segment) < least(segment)
    }
    return sorted(found)


async def visit_all(program: Driver) -> dict[str, list[str]]:
    """What cannot be read, by where it is."""
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if bad := unreadable(program):
            found[name] = bad

    look("Startpagina")
    for item in ("koppelingen", "leerlingenadministratie", "mijn-groep", "mijn-instellingen", "help", "jaarovergang"):
        await program.go_to(item)
        look(item)
    await program.press("f10", "right", "enter")
    look("Mijn Menu")
    await program.open("Koppeling activeren: IEP LVS")
    look("koppeling")
    await program.press("f7", "home", "x", "f2")
    look("koppeling met een fout")
    await program.press("escape")
    look("vraag")
    await program.press("left", "enter")
    await program.open("Gebruikers en rollen")
    look("een pagina die er nog niet is")
    await program.press("f9")
    look("schooltijd")
    await program.press("escape", "f1")
    look("F1")
    await program.press("escape", "ctrl+p")
    look("zoeken")
    await program.press("escape", "f6", "enter")
    look("IEP LVS")
    await program.type("schoolbeheerder")
    await program.press("tab")
    await program.type("oefenen")
    await program.press("f2")
    look("IEP LVS, aangemeld")
    return found


@pytest.mark.parametrize("theme", [theme.name for theme in themes.looks({})])
async def test_every_field_that_has_the_focus_can_be_read(practice: Board, theme: str) -> None:
    User.update(theme=theme).execute()
    async with driving(practice, size=WIDE) as program:
        await program.open("Koppeling activeren: IEP LVS")
        for _ in range(6):
            await program.press("tab")
            assert not unreadable(program), program.app.focused


@pytest.mark.parametrize("theme", [theme.name for theme in themes.looks({})])
async def test_what_may_be_used_has_contrast_enough(practice: Board, theme: str) -> None:
    activated(practice)
    User.update(theme=theme).execute()
    async with driving(practice, size=WIDE) as program:
        assert program.app.theme == theme
        assert await visit_all(program) == {}


async def test_a_theme_of_the_settings_wins_and_an_unknown_one_is_the_default(practice: Board) -> None:
    user = find_user(practice, "rovict")
    for asked, theme in (("esis-16", "esis-16"), ("bestaat-niet", themes.DEFAULT)):
        app = EsisApp(Settings(theme=asked), practice, user, watch=False)
        async with app.run_test():
            assert app.theme == theme


async def test_the_focus_in_the_top_bar_can_be_seen_and_esc_keeps_its_place(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f10")
        tab = program.app.focused
        assert isinstance(tab, Link)
        assert "F10 ▶Startpagina" in " ".join(program.text.split())
        assert program.text.rstrip().endswith("│ Esc Terug  Ctrl+P Zoeken  F1 Help")
        for theme in themes.TITLES:
            program.app.theme = theme
            await program.settle()
            assert (
                tokens.contrast(tab.styles.background, tab.query_ancestor(MenuBar).styles.background) >= tokens.VISIBLE
            )
            assert tokens.contrast(tab.styles.color, tab.styles.background) >= tokens.READABLE
