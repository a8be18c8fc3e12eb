"""What Excel does to a list: read if unambiguous, and otherwise reported with line, column and cause."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from app.exchange import excel, scol
from app.exchange.delimited import Table, UnreadableFile
from app.exchange.email_list import HEADER as EMAILS
from app.exchange.email_list import read_emails
from tests.exchange.books import MAIN, Value, book, sheet

HEAD = ";".join(scol.HEADER)
ROW = "1111;Altena;Yara;23-9-2010;3-2-2020;Totaal;50"
CELLS: Sequence[Value] = (1111, "Altena", "Yara", date(2010, 9, 23), date(2020, 2, 3), "Totaal", 50)


def read(source: bytes) -> Table[scol.ScolRow]:
    return scol.read_scol(source, ("Totaal",))


def values(table: Table[scol.ScolRow]) -> list[Any]:
    assert table.problems == []
    return [(row.line, row.pupil_key, row.last_name, row.birth_date, row.day, row.score) for row in table.records]


def dated(day: str) -> bytes:
    return f"{HEAD}\r\n1111;Altena;Yara;23-9-2010;{day};Totaal;50\r\n".encode()


@pytest.mark.parametrize(
    "source",
    [
        f"{HEAD}\r\n{ROW}\r\n".encode(),
        f"{HEAD}\r\n{ROW}\r\n".replace(";", ",").encode(),
        f"{HEAD}\r\n{ROW}\r\n".replace(";", "\t").encode("utf-16"),
        f"{HEAD};;\r\n{ROW};;\r\n".encode(),
        f"{HEAD}\r\n{ROW},0\r\n".encode(),
        f"{HEAD}\r\n1111 ;\xa0 Altena ;\xa0Yara;\xa023-9-2010 ;\xa03-2-2020;\xa0Totaal;\xa050\r\n".encode(),
        book([scol.HEADER, CELLS]),
        book([[*scol.HEADER, None], [*CELLS, None]]),
        book([], [scol.HEADER, CELLS]),
        book([["Toelichting"], ["van school"]], [scol.HEADER, CELLS]),
        book(
            [
                scol.HEADER,
                [str(one) if not isinstance(one, date) else f"{one.day}-{one.month}-{one.year}" for one in CELLS],
            ]
        ),
    ],
    ids=[
        "semicolons",
        "commas",
        "utf-16",
        "empty columns",
        "decimals",
        "nbsp",
        "book",
        "borders",
        "second",
        "notes",
        "texts",
    ],
)
def test_the_same_line_in_another_form_is_the_same_line(source: bytes) -> None:
    assert values(read(source)) == [(2, "1111", "Altena", date(2010, 9, 23), date(2020, 2, 3), 50)]


def test_the_line_in_which_excel_says_what_separates_is_no_header() -> None:
    assert [one[0] for one in values(read(f"sep=,\r\n{HEAD}\r\n{ROW}\r\n".replace(";", ",").encode()))] == [3]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2020-02-03", (2020, 2, 3)),
        ("3.2.2020", (2020, 2, 3)),
        ("23/9/2019", (2019, 9, 23)),
        ("9/23/2019", (2019, 9, 23)),
        ("03/03/2020", (2020, 3, 3)),
        ("2020/02/03", (2020, 2, 3)),
        ("3-2-2020 00:00", (2020, 2, 3)),
        ("2020-02-03T00:00:00", (2020, 2, 3)),
        ("3 februari 2020", (2020, 2, 3)),
        ("3-mrt-2020", (2020, 3, 3)),
        ("3 maart 2020", (2020, 3, 3)),
        ("3 May 2020", (2020, 5, 3)),
    ],
)
def test_a_date_with_one_meaning_is_read(typed: str, day: tuple[int, int, int]) -> None:
    assert read(dated(typed)).records[0].day == date(*day)


@pytest.mark.parametrize(
    ("typed", "cause"),
    [
        ("3/2/2020", "datum is '3/2/2020', en dat kan 3-2-2020 zijn of 2-3-2020: Excel in het Engels"),
        ("03/02/2020", "kan 3-2-2020 zijn of 2-3-2020"),
        ("3-2-20", "het jaar heeft maar twee cijfers"),
        ("43864", "het getal waarmee Excel een datum bewaart"),
        ("31/31/2020", "geen datum"),
        ("3 foo 2020", "geen datum"),
        ("3-2/2020", "geen datum"),
    ],
)
def test_another_date_is_told_with_its_cause(typed: str, cause: str) -> None:
    (problem,) = read(dated(typed)).problems
    assert problem.line == 2
    assert cause in problem.sentence


def test_a_number_that_excel_rounded_is_told() -> None:
    (problem,) = read(f"{HEAD}\n1,23E+11;{ROW[5:]}".encode()).problems
    assert "Excel heeft het nummer afgerond" in problem.sentence
    (problem,) = read(book([scol.HEADER, [1.2345678901234567e17, *CELLS[1:]]])).problems
    assert "Excel heeft het nummer afgerond" in problem.sentence


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            f"{HEAD}\r\n{ROW}\r\n1112;Altenaë;Yara;".encode("cp1252"),
            r"Regel 3, kolom achternaam: het bestand is geen UTF-8 .byte EB; als Windows-1252 gelezen staat er 'Altenaë'.*UTF-8",
        ),
        (b"\xef\xbb\xbf" + f"{HEAD}\n1112;".encode() + b"\xe9;", "Regel 2, kolom achternaam: .*byte E9"),
        (b"<?xml version='1.0'?><EDEX/>", "Dit is een XML-bestand en geen lijst"),
        (b"%PDF-1.4", "Dit is een PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "oud Excel-boek"),
        (book([scol.HEADER, CELLS], parts={"mimetype": "x"}), "OpenDocument"),
        (book([]), "Het Excel-boek is leeg"),
        (
            book([scol.HEADER, CELLS], parts={"xl/workbook.xml": "<x/>"}),
            "Excel-boek is niet te lezen. Open het in Excel",
        ),
        (book([["naam", "score2"], ["a", 1]]), "De kopregel ontbreekt"),
    ],
    ids=["cp1252", "mark", "xml", "pdf", "xls", "ods", "empty", "broken", "header"],
)
def test_another_file_is_refused_with_what_it_is(source: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read(source)


def far(place: str) -> str:
    return sheet([scol.HEADER, CELLS]).replace("</row></sheetData>", f'<c r="{place}"><v>1</v></c></row></sheetData>')


CELL = "<c t='s'><v>0</v></c>"


def filled(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


SHARED = f'<worksheet xmlns="{MAIN}"><sheetData>' + f"<row>{CELL * 90}</row>" * 40 + "</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"xl/worksheets/sheet1.xml": far("XFD2")}, "meer dan 100 kolommen"),
        ({"xl/worksheets/sheet1.xml": far("H1048576")}, "meer dan 20000 regels"),
        ({"xl/worksheets/sheet1.xml": far("AAAA99999999")}, "meer dan 20000 regels"),
        ({"xl/worksheets/sheet1.xml": filled(f"<row>{CELL * 101}</row>")}, "meer dan 100 kolommen"),
        ({"xl/worksheets/sheet1.xml": filled(f"<row r='20001'>{CELL}</row>")}, "meer dan 20000 regels"),
        ({"xl/worksheets/sheet1.xml": filled(f"<row r='20000'/><row>{CELL}</row>")}, "meer dan 20000 regels"),
        ({"xl/worksheets/odd": far("XFD1048576")}, ""),
        (
            {"xl/sharedStrings.xml": b"<x>" + b" " * (excel.MAX_PART + 1) + b"</x>"},
            "Uitgepakt is het 20,0 MB; het mag 20 MB",
        ),
        ({f"xl/{number}.xml": b" " * 15_000_000 for number in range(3)}, "Uitgepakt is het 15,0 MB"),
        (
            {
                "xl/worksheets/sheet1.xml": SHARED,
                "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>',
            },
            "te veel in het Excel-boek",
        ),
    ],
    ids=[
        "column",
        "row",
        "nonsense",
        "no columns",
        "number of a row",
        "no row",
        "not looked at",
        "part",
        "parts",
        "shared text",
    ],
)
def test_a_book_that_would_take_much_memory_takes_little(
    parts: dict[str, str | bytes], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = book([scol.HEADER, CELLS], parts=parts)
    assert len(source) < 200_000
    monkeypatch.setattr(excel, "MAX_LETTERS", 10_000_000)
    tracemalloc.start()
    try:
        if not sentence:
            assert len(values(read(source))) == 1
            return
        with pytest.raises(UnreadableFile, match=sentence):
            read(source)
        assert tracemalloc.get_traced_memory()[1] < 4 * excel.MAX_PART
    finally:
        tracemalloc.stop()


def test_a_list_of_email_addresses_may_be_a_book() -> None:
    table = read_emails(
        book([EMAILS, ["00012", "Yara", None, "Altena", date(2010, 9, 23), "M. Altena", "m@voorbeeld.nl"]])
    )
    (row,) = table.records
    assert (row.key, row.prefix, row.birth_date, row.email) == ("00012", "", date(2010, 9, 23), "m@voorbeeld.nl")
