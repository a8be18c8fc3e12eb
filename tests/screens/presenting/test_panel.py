"""The panel of a lesson or a demo: what gives way where there is no room for all of it."""

from __future__ import annotations

import re

from textual.content import Content

from screens.presenting.panel import Caption

LONG = Content("Bedenk een code die met het brinnummer begint. " * 12)
CAPTION = Caption(
    "Les: Activeren", [Content("Opdracht 2"), LONG, Content("Hint: kort")], [("F1", "Help")], [Content("2 van 5")]
)


def test_a_long_text_gives_way_and_the_hint_and_the_keys_never_do() -> None:
    for width in (60, 76, 116):
        lines = [line.plain for line in CAPTION.drawn(width, 6)]
        assert len(lines) == 6
        assert all(len(line) <= width for line in lines)
        assert lines[0].startswith("Opdracht 2")
        assert "…" in lines[3]
        assert lines[4].startswith("Hint: kort")
        assert lines[5].startswith("F1 Help")


def test_how_far_it_is_stands_beside_it_where_there_is_room() -> None:
    assert "2 van 5" in CAPTION.drawn(116, 8)[0].plain
    assert "2 van 5" not in "".join(line.plain for line in CAPTION.drawn(76, 8))


def test_in_a_browser_it_names_the_keys_of_a_page_in_the_same_colours() -> None:
    line = Content.assemble("Kies ", ("F2", "bold"), " bij 'F2', en dan F4.")
    [told] = Caption("Les", [line], [("F1", "Help")]).in_browser().lines
    assert told.plain == "Kies Ctrl+S bij 'F2', en dan N."
    assert [told.plain[span.start : span.end] for span in told.spans if span.style == "bold"] == ["Ctrl+S"]


def test_in_a_browser_all_parts_name_the_keys_of_a_page_and_in_a_field_those_that_work_there() -> None:
    caption = Caption("Les: F6", [Content("Druk op F4.")], [("F1", "Help")], [Content("▶ Vraag hulp met F1")])
    assert "▶ Vraag hulp met ?" in caption.in_browser().text
    typed = caption.in_browser(typing=True)
    assert typed.keys == [("Alt+H", "Help")]
    assert "met Alt+H" in typed.text
    assert "op Alt+N." in typed.text
    assert not re.search(r"\bF\d", caption.in_browser().text + typed.text)
