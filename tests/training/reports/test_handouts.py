"""What stands on a hand-out: steps, answers only where asked for, and the part of a picture that matters."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

from app.training.lessons import catalogue
from app.training.reports.handouts import CUTS, handout, plain_prose, what_matters
from app.training.scripts.cropping import COLUMN, FRAME, ROW, Part, columns_of, part_of, texts_by_row
from app.training.scripts.document import Step, parse_script

SCREEN = ["F6 ESIS", "Overzicht", *["·"] * 10, "   IEP LVS    Activeren", *["·"] * 10, "Esc Terug"]


def svg(rows: list[str], columns: int = 120) -> str:
    """A picture with these rows, as Textual draws it."""
    texts = "\n".join(
        f'<text class="t-r1" x="0" y="{20 + row * ROW:.1f}" clip-path="url(#t-line-{row})">{escape(text)}</text>'
        for row, text in enumerate(rows)
    )
    width = columns * COLUMN + 2 * FRAME
    return (
        f'<svg class="rich-terminal" viewBox="0 0 {width:.0f} 900" xmlns="http://www.w3.org/2000/svg">'
        f'<g transform="translate(9, 41)" clip-path="url(#t-clip-terminal)">{texts}</g></svg>'
    )


def test_answers_stand_there_only_if_asked_for() -> None:
    script = catalogue.find("iep-lvs")
    with_answers, without = handout(script, {}, answers=True), handout(script, {}, answers=False)
    assert [task.title for task in with_answers.tasks] == [task.title for task in without.tasks]
    assert {task.answer for task in without.tasks} == {""}
    assert "Verificatiecode: 99QQ001234567890abcd" in with_answers.tasks[3].answer
    assert with_answers.tasks[6].answer == "druk op F8"
    assert with_answers.tasks[15].answer == "ga naar ESIS (F6); verzet de schooltijd (F9)"


def test_a_picture_with_what_is_to_be_filled_in_comes_only_with_answers() -> None:
    script = catalogue.find("iep-lvs")
    shots = {"overzicht": svg(SCREEN), "ingevuld": svg([*SCREEN, "99QQ001234567890abcd"])}
    assert len(handout(script, shots, answers=True).pictures) == 2
    assert [one.caption for one in handout(script, shots, answers=False).pictures] == [
        "Bij 2. Open Import-Export-Koppelingen > Koppelingen"
    ]


def step_of(block: str) -> Step:
    text = f"---\ntitle: Proef\nkind: demo\n---\n\n## 1. Stap\n\n```esis\n{block}\n```\n"
    return parse_script(text, Path("proef.draaiboek.md")).steps[1]


def test_a_picture_is_cut_to_the_rows_that_the_step_names() -> None:
    step = step_of('choose "Activeren" in "IEP LVS"\nexpect "Bureau ICE"')
    texts = texts_by_row(svg(SCREEN))
    assert texts[12].index("Activeren") == 14
    for least, most in CUTS:
        part = what_matters(step, texts, 120, least, most)
        assert part.row <= 12 < part.row + part.rows
        assert least <= part.rows <= most
        assert (part.column, part.columns) == (0, 84)


def test_a_picture_begins_beside_the_left_block_where_what_matters_is_at_the_right() -> None:
    rows = ["links", " " * 95 + "Activeren", "onder"]
    part = what_matters(step_of('choose "Activeren"'), texts_by_row(svg(rows)), 120, *CUTS[0])
    assert part.column <= 95
    assert part.column + part.columns >= 104


def test_a_part_of_a_picture_is_a_window_on_it() -> None:
    made = part_of(svg(SCREEN), Part(2, 10, 5, 84))
    assert f'viewBox="{FRAME + 10 * COLUMN:.1f} {41 + 1.5 + 2 * ROW:.1f} {84 * COLUMN:.1f} {5 * ROW:.1f}"' in made
    assert columns_of(svg(SCREEN)) == 120
    assert part_of("<svg/>", Part(0, 0, 1, 1)) == "<svg/>"


def test_markdown_becomes_plain_words() -> None:
    assert plain_prose("Zie **de code** in [toetsen](x.md), `F8`.\n\n- een_twee\n- _drie_") == (
        "Zie de code in toetsen, F8. een_twee drie"
    )


def test_a_picture_is_cut_beside_words_and_where_a_sentence_goes_on_it_says_so() -> None:
    rows = ["Activeren" + " " * 72 + "● aan   komt", "wo" * 3 + " " * 75 + "● uit   komt"]
    part = what_matters(step_of('choose "Activeren"'), texts_by_row(svg(rows)), 120, *CUTS[0])
    assert (part.column, part.columns) == (0, 86), "● aan, whole"


def test_of_a_list_that_is_too_long_the_row_one_is_on_is_shown() -> None:
    rows = ["Rekenen staat aan.", *["·"] * 40, "▶ Rekenen", *["·"] * 5]
    part = what_matters(step_of('choose "Rekenen"'), texts_by_row(svg(rows)), 120, *CUTS[1])
    assert part.row <= 41 < part.row + part.rows


def text_in(made: str) -> str:
    return unescape(re.findall(r"line-0\)\">([^<]*)</text>", made)[0]).replace("\xa0", " ")


def test_a_sentence_that_is_cut_ends_and_begins_with_a_whole_word() -> None:
    sentence = 'Vanaf nu gaan de resultaten elke nacht naar "ESIS"'
    made = svg([sentence]).replace('y="20.0"', f'y="20.0" textLength="{len(sentence) * COLUMN:g}"')
    assert text_in(part_of(made, Part(0, 0, 1, 24))) == "Vanaf nu gaan de …"
    assert text_in(part_of(made, Part(0, 2, 1, 118))) == '    … nu gaan de resultaten elke nacht naar "ESIS"'
    assert text_in(part_of(made, Part(0, 0, 1, 120))) == sentence
