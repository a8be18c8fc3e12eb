"""The style sheets of the program are parsed once for a set of colours."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.css import stylesheet

from screens.shell.parsed_once import ParsedOnce

PARSED: Counter[str] = Counter()
COLOURS = {"mine": "#ff0000"}


@pytest.fixture
def sheet(monkeypatch: pytest.MonkeyPatch) -> ParsedOnce:
    """A sheet with two sources; what is parsed is counted."""
    parse = stylesheet.parse

    def counted(scope: str, css: str, *given: object, **options: object) -> object:
        PARSED[css] += 1
        return parse(scope, css, *given, **options)  # type: ignore[arg-type]

    PARSED.clear()
    monkeypatch.setattr(stylesheet, "parse", counted)
    made = ParsedOnce(variables=dict(COLOURS))
    made.add_source("Button { color: $mine; }", read_from=("", "button"))
    made.add_source("Label { color: $mine; }", read_from=("", "label"))
    return made


def test_a_change_that_changes_no_colour_parses_nothing_again(sheet: ParsedOnce) -> None:
    first = list(sheet.rules)
    sheet.set_variables(dict(COLOURS))
    sheet.reparse()
    sheet.add_source("Input { color: $mine; }", read_from=("", "input"))
    assert sheet.rules[:2] == first
    assert len(sheet.rules) == 3
    assert set(PARSED.values()) == {1}


def test_other_colours_are_seen(sheet: ParsedOnce) -> None:
    before = [rule.styles.color for rule in sheet.rules]
    sheet.set_variables({"mine": "#00ff00"})
    sheet.reparse()
    after = [rule.styles.color for rule in sheet.rules]
    assert [colour.hex for colour in (*before, *after)] == ["#FF0000", "#FF0000", "#00FF00", "#00FF00"]


def test_a_mistake_leaves_the_rules_as_they_were(sheet: ParsedOnce) -> None:
    before = list(sheet.rules)
    sheet.add_source("Button { colour: red; }", read_from=("", "wrong"))
    with pytest.raises(stylesheet.StylesheetError):
        sheet.reparse()
    assert sheet._rules == before
