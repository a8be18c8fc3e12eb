"""The cells of a picture: what stands in them, and which differ between two."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.training.scripts import cells
from app.training.scripts.cells import Kind, Run
from tests.drawn import svg

ROOT = Path(__file__).parents[3]
LINES = ("Koppelingen", "  IEP LVS   Activeren", "日本 wijd &<>", "")
WIDTH = 24


def test_every_golden_screen_of_ours_has_the_cells_that_its_text_says() -> None:
    found = [next(folder.glob("*.svg")) for folder in sorted((ROOT / "fixtures" / "scripts").glob("*.golden"))]
    assert len(found) > 10
    for path in found:
        assert cells.belong_together(path.with_suffix(".txt").read_text("utf-8"), path.read_text("utf-8")), path


def test_the_text_and_the_size_of_a_picture_are_known() -> None:
    rows = cells.read(svg(*LINES))
    assert rows is not None
    assert cells.text_of(rows).splitlines() == [line.rstrip() for line in LINES[:3]]
    assert cells.size_of(svg(*LINES)) == (WIDTH, len(LINES))
    assert cells.size_of("<svg>") is None
    assert cells.read("<svg>") is None


@given(st.integers(0, 20), st.sampled_from("xyzW"))
def test_one_other_character_is_one_cell(column: int, character: str) -> None:
    line = LINES[1].ljust(WIDTH)
    other = line[:column] + character + line[column + 1 :]
    change = cells.compare(svg(*LINES), svg(LINES[0], other, *LINES[2:]))
    assert change is not None
    assert change.runs == (() if other == line else (Run(1, column, 1, Kind.CHARACTER),))


@given(st.integers(0, 20), st.integers(1, 4), st.sampled_from(["bold", "italic", "red", "on blue", "underline"]))
def test_another_style_is_a_run_where_it_can_be_seen(begin: int, length: int, style: str) -> None:
    change = cells.compare(svg(*LINES), svg(*LINES, style=style, styled=(1, begin, begin + length)))
    assert change is not None
    line = LINES[1].ljust(WIDTH)
    seen = style in ("on blue", "underline")
    differing = {place for place in range(begin, begin + length) if not line[place].isspace() or seen}
    if style == "underline":  # of a text of spaces only nothing is drawn
        differing = {place for place in differing if line[begin : begin + length].strip()}
    assert {run.column + place for run in change.runs for place in range(run.length)} == differing
    assert {run.kind for run in change.runs} <= {Kind.STYLE}


def test_a_change_is_told_in_words() -> None:
    was, now = svg(*LINES), svg("Koppeling--", "  IEP LVX   Activeren", LINES[2], "x", style="bold", styled=(1, 2, 5))
    change = cells.compare(was, now)
    assert change is not None
    assert change.words() == "4 tekens en 3 cellen in kleur of opmaak, in regels 1-2, 4"
    assert cells.compare(was, svg("kort")) is None, "two sizes have nothing to compare"
    same = cells.compare(was, was)
    assert same is not None
    assert same.words() == ""


@given(st.text(max_size=60))
def test_what_is_no_picture_of_ours_has_no_cells_and_breaks_nothing(text: str) -> None:
    head = '<svg class="rich-terminal" viewBox="0 0 311 148">'
    assert cells.read(text) is None
    assert cells.read(f'{head}<text class="terminal-1-r1" x="99999" y="9999" textLength="1">{text}</text>') is not None
    assert cells.read('<svg viewBox="0 0 999999 999999">') is None
