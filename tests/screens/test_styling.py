"""The styles cached for screen tests equal those Textual computes, in each state."""

from __future__ import annotations

from textual.dom import DOMNode

from app.targets import Parts
from models.board import Board
from screens.driving import styling
from screens.shell import themes
from tests.screens.driving import SMALL, WIDE, Driver, driving


def styles_of(node: DOMNode) -> dict[str, object]:
    return dict(node.styles.base._rules)


def differing(program: Driver) -> list[DOMNode]:
    """The widgets that Textual would give other styles."""
    found = []
    for node in program.app.screen.walk_children(with_self=True):
        known = styles_of(node)
        styling._apply(program.app.stylesheet, node)
        if styles_of(node) != known:
            found.append(node)
    return found


async def test_the_styles_of_every_widget_are_those_of_textual(practice: Board) -> None:
    for theme in (themes.DEFAULT, "esis-16"):
        async with driving(practice) as program:
            program.app.theme = theme
            for item in ("koppelingen", "leerlingenadministratie", "mijn-instellingen", "berichten-onderhouden"):
                await program.go_to(item)
                for keys in (("tab",), ("down", "enter"), ("f9",), ("escape",)):
                    await program.press(*keys)
                    assert not differing(program), (theme, item, keys)


async def test_the_styles_of_every_part_are_those_of_textual(practice: Board) -> None:
    for size in (SMALL, WIDE):
        async with driving(practice, size=size) as program:
            program.app.go(Parts())
            await program.settle()
            for keys in (("tab",), ("tab", "tab"), ("f1",)):
                await program.press(*keys)
                assert not differing(program), (size, keys)
