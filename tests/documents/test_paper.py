"""Documents on paper: text that can be selected, whatever the accents, the same bytes each time, and nothing cut off."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from app.documents.certificate import MOST, Certificate, Done, certificates
from app.documents.handout import Cut, Handout, Picture, Task, handouts
from app.documents.paper import BOTTOM, Paper, line_height, not_shown, shown
from app.documents.results_sheet import Outcome, ResultsSheet, results_sheet
from app.refusals import Refused
from app.training.pictures import png_of

NAME = "Zoë Çelik-Đorđević 't Hàrt ŵ ő ș ẫ Łukasz IJ ĳ Ægir Öøå ñ ß"
DONE = Done("De koppeling activeren", "voltooid op 1-9-2026", "1-9-2026", "15 opdrachten in 20 minuten")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="#0b3f73"/></svg>'
)


@cache
def paper_of_tests() -> Paper:
    return Paper("Proef")


def sheets(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def one_line(pdf: bytes) -> str:
    return " ".join(" ".join(sheets(pdf)).split())


def test_every_accent_and_the_signs_of_screens_can_be_selected() -> None:
    assert not_shown([NAME, "✓ × ● ○ ◐ ‖ – ■ ▶ ▌ ━ ╌ · ◇ │ ─ • … → ←"]) == ""
    assert NAME in one_line(certificates([Certificate(NAME, (DONE,), "1 september 2026")]))


def test_a_character_that_no_font_has_is_told_and_becomes_a_question_mark() -> None:
    assert not_shown(["Li 字 字"]) == "字"
    assert shown("Li 字\n x") == "Li ? x"


def test_the_same_content_gives_the_same_bytes_and_says_a_time_only_if_given() -> None:
    one = Certificate("Anna", (DONE,), "1 september 2026")
    assert certificates([one]) == certificates([one])
    made = datetime(2026, 9, 1, 12, tzinfo=UTC)
    assert PdfReader(io.BytesIO(certificates([one], made))).metadata["/CreationDate"] == "D:20260901120000Z"


def test_text_is_tagged_and_the_language_is_dutch() -> None:
    root = PdfReader(io.BytesIO(certificates([Certificate("", (DONE,), "")]))).trailer["/Root"]
    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"]
    tags = [one.get_object()["/S"] for one in root["/StructTreeRoot"]["/K"][0].get_object()["/K"]]
    assert tags.count("/H1") == 1
    assert "/P" in tags


def test_fonts_are_embedded() -> None:
    page = PdfReader(io.BytesIO(certificates([Certificate("Anna ✓", (DONE,), "")]))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert len(inner) >= 3
    assert all("/FontFile2" in one for one in inner)


@given(st.text("ab ×✓é-", max_size=300), st.sampled_from([8.0, 10.0, 17.0]), st.floats(20, 150), st.booleans())
def test_wrapped_lines_are_the_text_and_none_is_wider_than_there_is_room(
    text: str, size: float, width: float, bold: bool
) -> None:
    paper = paper_of_tests()
    lines = paper.lines(text, width, size=size, bold=bold)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(paper._width(line, size, bold) <= width + 0.01 for line in lines)
    assert paper.height(text, width, size=size, bold=bold) == pytest.approx(len(lines) * line_height(size))
    assert paper._width(paper.cut(text, width, size=size, bold=bold), size, bold) <= width + 0.01


def test_a_certificate_of_a_course_lists_what_was_done_and_counts_the_rest() -> None:
    many = tuple(Done(f"Les {number} met een lange titel over iets", "voltooid", "") for number in range(MOST + 3))
    (text,) = sheets(certificates([Certificate("Anna", many, "")]))
    assert f"Les {MOST - 1} " in text
    assert f"Les {MOST} " not in text
    assert "en nog 3" in text


def test_a_class_of_any_size_takes_as_many_sheets_as_it_needs() -> None:
    lessons = tuple(f"Les {number}" for number in range(8))
    people = tuple((f"Cursist {number}", {0: Outcome("✓ klaar", "3 min.", True)}) for number in range(45))
    found = sheets(results_sheet(ResultsSheet("Resultaten", "", lessons, people)))
    first, rest = [text for text in found if "1. Les 0" in text], [text for text in found if "8. Les 7" in text]
    assert (len(first), len(rest)) == (3, 2)
    assert first + rest == found
    assert all("Naam" in text for text in found)
    for these in (first, rest):
        assert re.findall(r"Cursist (\d+)", "".join(these)) == [str(number) for number in range(45)]


def lesson(tasks: int, words: int, answer: str = "", pictures: int = 0) -> Handout:
    cut = Cut(60, 20, lambda: png_of(SVG))
    return Handout(
        "Een les",
        "Iedereen",
        "Het verhaal. " * 5,
        tuple(Task(number, f"Taak {number}", "woord " * words, answer) for number in range(1, tasks + 1)),
        tuple(Picture(f"Plaatje {number}", (cut, cut)) for number in range(pictures)),
        tuple(range(pictures)),
        "Onderaan",
    )


@pytest.mark.parametrize(("tasks", "words", "pictures"), [(15, 25, 8), (3, 5, 2), (17, 40, 9), (1, 0, 0)])
def test_a_lesson_fits_on_one_sheet_whole(tasks: int, words: int, pictures: int) -> None:
    (text,) = sheets(handouts([lesson(tasks, words, "kies Gereed", pictures)]))
    assert all(f"Taak {number}" in text for number in range(1, tasks + 1))
    assert text.count("kies Gereed") == tasks
    assert "Onderaan" in text


def test_what_matters_most_is_shown_where_not_every_picture_fits() -> None:
    (text,) = sheets(handouts([lesson(15, 40, pictures=40)]))
    assert "Plaatje 0" in text
    assert "Plaatje 39" not in text


def test_answers_that_do_not_fit_leave_the_prose_to_the_other_sheet_and_say_so() -> None:
    (text,) = sheets(handouts([lesson(17, 80, "kies Gereed")]))
    assert "kies Gereed" in text
    assert "woord woord" not in text
    assert "toelichting staat op het blad zonder antwoorden" in " ".join(text.split())


def test_what_does_not_fit_at_the_smallest_size_is_refused() -> None:
    with pytest.raises(Refused, match="past niet op één A4"):
        handouts([lesson(30, 120)])
    assert BOTTOM < 297
