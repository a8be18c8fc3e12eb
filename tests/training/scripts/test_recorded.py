"""What was recorded becomes a file that reads back as the same lines, whatever was typed as a heading or a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.training.scripts.document import parse_script
from app.training.scripts.errors import WrongLine
from app.training.scripts.recorded import Kind, Recording

FIELDS = {"title": "Proef", "role": "rovict", "location": "", "kind": "demo"}
LINES = ("press f2", 'fill "Uw naam" "R. \\"de\\" Vries"', "open Mijn groep")
TYPED = st.text(alphabet=st.sampled_from("#`~.123 -abc*"), min_size=1, max_size=12).filter(str.strip)


def test_lines_between_headings_and_sentences_stand_in_blocks_of_their_steps() -> None:
    recording = Recording()
    for kind, text in (
        (Kind.PROSE, "Vooraf."),
        (Kind.LINE, LINES[0]),
        (Kind.HEADING, "Invullen"),
        (Kind.LINE, LINES[1]),
        (Kind.LINE, LINES[2]),
        (Kind.PROSE, "Klaar."),
    ):
        recording.add(kind, text)
    text = recording.written(FIELDS)
    assert text.startswith(
        "---\ntitle: Proef\nrole: rovict\nkind: demo\n---\n\nVooraf.\n\n```esis\npress f2\n```\n\n## 1. Invullen\n"
    )
    script = parse_script(text, Path("proef.draaiboek.md"))
    assert [step.title for step in script.steps] == ["", "Invullen"]
    assert [[command.text for command in step.commands] for step in script.steps] == [[LINES[0]], [*LINES[1:]]]
    assert script.steps[1].text == "Klaar."


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from([Kind.HEADING, Kind.PROSE]), TYPED), max_size=6))
def test_what_is_typed_is_never_read_as_a_step_or_a_block(typed: list[tuple[Kind, str]]) -> None:
    recording = Recording()
    for kind, text in typed:
        recording.add(kind, text)
        recording.add(Kind.LINE, LINES[0])
    script = parse_script(recording.written(FIELDS), Path("proef.draaiboek.md"))
    assert len(script.steps) == 1 + sum(kind is Kind.HEADING for kind, _ in typed)
    assert sum(len(step.commands) for step in script.steps) == len(typed)


def test_the_last_part_can_be_taken_away_and_a_line_that_is_none_is_not_added() -> None:
    recording = Recording()
    recording.add(Kind.LINE, LINES[0])
    with pytest.raises(WrongLine):
        recording.add(Kind.LINE, "chose iets")
    recording.add(Kind.HEADING, "Twee")
    assert recording.shown() == [LINES[0], "## 1. Twee"]
    taken = recording.undo()
    assert taken is not None
    assert (taken.kind, taken.text) == (Kind.HEADING, "Twee")
    assert recording.undo() is not None
    assert recording.undo() is None
