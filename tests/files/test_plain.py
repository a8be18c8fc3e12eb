"""External text stays plain text in a terminal, in Markdown and in a table."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.cli import run
from app.commands import output
from app.files.plain import clean_lines, markdown

HOSTILE = "a\x1b[31mb\x9b2Jc\u202ed\x07\r\x7f"


@given(st.text())
def test_nothing_that_a_terminal_takes_for_a_command_is_left(text: str) -> None:
    assert all(line.isprintable() for line in clean_lines(text).split("\n"))


@given(st.text(min_size=1))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    shown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(f"| {markdown(text)}")
    kinds = {child.type for token in shown for child in token.children or ()}
    assert kinds <= {"text", "softbreak", "text_special"}


def test_whatever_is_said_to_a_terminal_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    output.tell(HOSTILE)
    output.ask(HOSTILE)
    output.say(HOSTILE)
    output.show_records(
        [{"a": HOSTILE, "b": [HOSTILE], "c": {HOSTILE: 1}}], False, (("a", "A"), ("b", "B"), ("c", "C"))
    )
    run([f"opdracht{HOSTILE}"])
    run(["play", f"/weg/{HOSTILE}.draaiboek.md"])
    output.show_json({HOSTILE: HOSTILE})
    told = capsys.readouterr()
    assert all(line.isprintable() for line in (told.out + told.err).split("\n"))
    assert json.loads(told.out[told.out.index("{") :]) == {HOSTILE: HOSTILE}
    assert "\ud800" not in told.out, sys.getdefaultencoding()
