"""The CSV files with results: what is written reads back, and errors are reported with their line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange import delimited, dult, eindtoets, scol
from app.exchange.delimited import Table, UnreadableFile
from app.exchange.names import kept

SCALES = ("Totaal", "Samenwerken")
TESTS = ("dult-lezen-6", "dult-rekenen-6")
LEVELS = ("I", "II", "III", "IV", "V")
ADVICES = ("vwo", "havo", "PrO")
REFERENCES = {"lezen": ("2F", "1F", "<1F"), "taalverzorging": ("2F", "1F", "<1F"), "rekenen": ("1S", "1F", "<1F")}
NAMES = ("IEP Eindtoets",)

letters = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"), exclude_characters="\ufeff")
texts = st.text(letters, min_size=1, max_size=30).map(kept).filter(bool)
days = st.dates(date(1950, 1, 1), date(2100, 12, 31))
marks = st.sampled_from((b"", b"\xef\xbb\xbf"))


def read_scol(source: bytes | Path) -> Table[scol.ScolRow]:
    return scol.read_scol(source, SCALES)


def read_eindtoets(source: bytes | Path) -> Table[eindtoets.EindtoetsRow]:
    return eindtoets.read_eindtoets(source, NAMES, ADVICES, REFERENCES)


def read_dult(source: bytes | Path) -> Table[dult.DultRow]:
    return dult.read_dult(source, TESTS, LEVELS)


KINDS: dict[str, tuple[Callable[[bytes], Table[Any]], Sequence[str], Sequence[str]]] = {
    "scol": (read_scol, scol.HEADER, ("1042", "Boer", "Jan", "3-4-2010", "3-2-2020", "Totaal", "55")),
    "eindtoets": (
        read_eindtoets,
        eindtoets.HEADER,
        ("99QQ00", "1042", "Boer", "Jan", "3-4-2008", "3-2-2020", "IEP Eindtoets", "80", "havo", "2F", "", "1S"),
    ),
    "dult": (read_dult, dult.HEADER, ("1042", "Boer", "Jan", "3-4-2010", "dult-lezen-6", "3-2-2020", "140", "III")),
}


def file(header: Sequence[str], *rows: Sequence[str], mark: bytes = b"") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([header, *rows])
    return mark + text.getvalue().encode()


def with_cell(kind: str, column: str, value: str) -> list[str]:
    _, header, row = KINDS[kind]
    return [value if name == column else cell for name, cell in zip(header, row, strict=True)]


@given(
    st.lists(st.tuples(texts, texts, texts, days, days, st.sampled_from(SCALES), st.integers(0, 100)), min_size=1),
    marks,
)
def test_scol_reads_back_what_was_written(rows: list[tuple[Any, ...]], mark: bytes) -> None:
    written = [
        (key, last, first, str(born), str(day), scale.upper(), str(score))
        for key, last, first, born, day, scale, score in rows
    ]
    table = read_scol(file(scol.HEADER, *written, mark=mark))
    assert table.problems == []
    assert [
        (row.pupil_key, row.last_name, row.first_name, row.birth_date, row.day, row.scale, row.score)
        for row in table.records
    ] == rows
    assert [row.line for row in table.records] == list(range(2, len(rows) + 2))


references = st.tuples(*(st.sampled_from(("", *REFERENCES[part])) for part in eindtoets.PARTS))


@given(st.lists(st.tuples(texts, days, days, st.integers(50, 100), st.sampled_from(ADVICES), references), min_size=1))
def test_eindtoets_reads_back_what_was_written(rows: list[tuple[Any, ...]]) -> None:
    written = [
        (
            "99qq00",
            key,
            "Boer",
            "Jan",
            f"{born.day}-{born.month}-{born.year}",
            str(day),
            NAMES[0],
            str(score),
            advice,
            *levels,
        )
        for key, born, day, score, advice, levels in rows
    ]
    table = read_eindtoets(file(eindtoets.HEADER, *written))
    assert table.problems == []
    for row, (key, born, day, score, advice, levels) in zip(table.records, rows, strict=True):
        assert (row.brin6, row.pupil_key, row.birth_date, row.day, row.score, row.advice) == (
            "99QQ00",
            key,
            born,
            day,
            score,
            advice,
        )
        assert dict(row.levels) == {part: level for part, level in zip(eindtoets.PARTS, levels, strict=True) if level}


names = texts.filter(lambda text: text[0].isalnum())


@given(
    st.lists(
        st.builds(
            dult.DultRow,
            st.just(0),
            names,
            names,
            names,
            days,
            st.sampled_from(TESTS),
            days,
            st.integers(0, 400),
            st.sampled_from(LEVELS),
        ),
        min_size=1,
    )
)
def test_dult_reads_back_what_was_written(rows: list[dult.DultRow]) -> None:
    table = read_dult(dult.write_dult(rows))
    assert table.problems == []
    assert [row.line for row in table.records] == list(range(2, len(rows) + 2))
    assert [
        dult.DultRow(0, *(getattr(row, name) for name in row.__dataclass_fields__ if name != "line"))
        for row in table.records
    ] == rows


@pytest.mark.parametrize(
    ("kind", "column", "value", "sentence"),
    [
        ("scol", "leerlingnummer", " ", "leerlingnummer is leeg."),
        ("scol", "leerlingnummer", "1" * 101, "leerlingnummer telt 101 tekens; er passen er 100."),
        ("scol", "achternaam", "B\x07oer", "achternaam bevat een teken dat niet te zien is"),
        ("scol", "geboortedatum", "31-2-2010", "geboortedatum is '31-2-2010', en dat is geen datum"),
        ("scol", "datum", "2020", "datum is '2020', en dat is geen datum"),
        ("scol", "datum", "3-2-20", "en het jaar heeft maar twee cijfers"),
        (
            "scol",
            "schaal",
            "Vrolijk",
            "schaal is 'Vrolijk', en dat is niet bekend. Het moet zijn: Totaal, Samenwerken.",
        ),
        ("scol", "score", "101", "score is '101'. Het moet een heel getal zijn van 0 tot en met 100."),
        ("scol", "score", "٥", "Het moet een heel getal zijn"),
        ("eindtoets", "brin6", "99Q", "brin6 is '99Q'"),
        ("eindtoets", "toets", "Andere toets", "toets is 'Andere toets', en dat is niet bekend"),
        ("eindtoets", "standaardscore", "49", "van 50 tot en met 100"),
        ("eindtoets", "advies", "gymnasium", "advies is 'gymnasium', en dat is niet bekend"),
        ("eindtoets", "advies", "", "advies is leeg."),
        ("eindtoets", "rekenen", "2F", "rekenen is '2F', en dat is niet bekend. Het moet zijn: 1S, 1F, <1F."),
        ("dult", "toets", "lezen-6", "toets is 'lezen-6', en dat is niet bekend"),
        ("dult", "score", "-1", "van 0 tot en met 400"),
        ("dult", "niveau", "A", "niveau is 'A', en dat is niet bekend"),
    ],
)
def test_a_broken_cell_gives_its_line_and_the_other_lines_are_read(
    kind: str, column: str, value: str, sentence: str
) -> None:
    read, header, row = KINDS[kind]
    table = read(file(header, row, with_cell(kind, column, value), row))
    assert [record.line for record in table.records] == [2, 4]
    assert [problem.line for problem in table.problems] == [3]
    assert sentence in table.problems[0].sentence


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_with_too_few_or_too_many_cells_is_a_problem(kind: str) -> None:
    read, header, row = KINDS[kind]
    table = read(file(header, row[:-1], [*row, "x"]))
    wanted = [f"Deze regel heeft {len(header) + more} kolommen; het moeten er {len(header)} zijn" for more in (-1, 1)]
    assert [problem.line for problem in table.problems] == [2, 3]
    assert all(part in problem.sentence for part, problem in zip(wanted, table.problems, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_another_header_is_refused_with_the_right_one(kind: str) -> None:
    read, header, row = KINDS[kind]
    for wrong, sentence in (
        (("naam", "score2"), "De kopregel ontbreekt of hoort bij een ander soort bestand"),
        (header[:-1], f"In de kopregel ontbreekt: {header[-1]}"),
        ((*header[1:], header[0]), "De kopregel heeft andere kolommen of een andere volgorde"),
        ((*header, "extra"), "De kopregel heeft andere kolommen"),
    ):
        with pytest.raises(UnreadableFile, match=sentence) as refused:
            read(file(wrong, row))
        assert ";".join(header) in refused.value.sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Het bestand is leeg"),
        (file(scol.HEADER), "alleen een kopregel"),
        (file(scol.HEADER) + "é".encode("latin-1"), "geen UTF-8"),
        (file(scol.HEADER) + b'"1042;Boer', "Regel 2 is niet te lezen"),
        (b"x" * (delimited.MAX_BYTES + 1), "het mag 5 MB zijn"),
        (file(scol.HEADER) + b"\n" * delimited.MAX_LINES + b"1;2", "meer dan 20000 regels"),
        (b"a" * 200_000, "niet te lezen"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read_scol(content)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="bestaat niet"):
        read_scol(tmp_path / "weg.csv")
    with pytest.raises(UnreadableFile, match="niet te openen"):
        read_scol(tmp_path)


def test_reading_stops_after_so_many_problems() -> None:
    table = read_scol(file(scol.HEADER, *(with_cell("scol", "score", "x") for _ in range(300))))
    assert len(table.problems) == delimited.MOST_PROBLEMS + 1
    assert "niet verder gelezen" in table.problems[-1].sentence


@given(st.binary(max_size=200))
def test_any_bytes_behind_the_header_are_read_or_refused(rest: bytes) -> None:
    with suppress(UnreadableFile):  # nothing else may come of it
        table = read_scol(file(scol.HEADER) + rest)
        assert table.records or table.problems


@pytest.mark.parametrize("name", ["=1+1", "-Boer", "+31", "@home", "'=x", "''-", "'s-Graaf", "＝1"])
def test_the_mark_before_what_looks_like_a_formula_comes_off_again(name: str) -> None:
    row = dult.DultRow(2, "1042", name, name, date(2010, 4, 3), TESTS[0], date(2020, 2, 3), 140, "III")
    written = dult.write_dult([row])
    assert b";=" not in written
    assert read_dult(written).records == [row]
