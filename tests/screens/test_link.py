"""How a link is drawn: without colour too it is seen that a word can be chosen."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from screens.shared.filter_line import Filter
from screens.shared.link import KeyLink, Link, WordLink
from screens.shell.tokens import TOKENS


class Links(App[None]):
    """One link in front of others."""

    CSS = "#gutter { padding: 0 0 0 2; }"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of the program."""
        return {name: values[0] for name, values in TOKENS.items()}

    def compose(self) -> ComposeResult:
        """The links."""
        yield Link("Eerste", id="first")
        yield Link("Koppelingen", id="word")
        yield Link("Activeren", reason="Dat mag niet.", id="blocked")
        yield Link("Overzicht", id="gutter")
        yield KeyLink("F7", "Wijzigen", id="key")
        yield KeyLink("", "Verwijderen", id="keyless")
        yield WordLink("Downloaden", id="between")
        yield Filter(id="filter")


def underlined(link: Link) -> bool:
    content = link.render()
    return any("underline" in str(span.style) for span in content.spans)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("word", True),
        ("keyless", True),
        ("first", False),
        ("blocked", False),
        ("gutter", False),
        ("key", False),
        ("between", True),
    ],
)
async def test_a_word_without_room_for_a_mark_or_a_key_is_underlined(link: str, expected: bool) -> None:
    async with Links().run_test() as pilot:
        assert underlined(pilot.app.query_one(f"#{link}", Link)) is expected


async def test_a_word_with_the_focus_stands_between_marks() -> None:
    async with Links().run_test() as pilot:
        link = pilot.app.query_one("#between", Link)
        link.focus()
        await pilot.pause()
        assert [strip.text for strip in link.render_lines(link.size.region.grow((0, 2, 0, 2)).reset_offset)] == [
            "▶ Downloaden ◀"
        ]


async def test_the_sign_of_a_filter_stays_where_its_value_does_not_fit() -> None:
    async with Links().run_test() as pilot:
        link = pilot.app.query_one(Filter)
        link.styles.max_width = 12
        link.set_value("Gynzy resultatenkoppeling")
        await pilot.pause()
        assert link.render().plain == "Gynzy res… ▼"
