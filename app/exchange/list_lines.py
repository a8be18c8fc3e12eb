"""The lines of a list with a fixed header, in any of its forms: CSV, Excel's Unicode text (UTF-16), or an Excel
workbook.

CSV is UTF-8 with or without a byte order mark. The header determines the separator: semicolons, commas or tabs. Other
encodings are not guessed: Excel on a Mac uses another one than on Windows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from app.exchange import kinds
from app.files.regular import Source, Unreadable, opened
from app.refusals import Refused

MAX_BYTES = 5 * 1024 * 1024
MAX_LINES = 20_000
_SEPARATORS = ";,\t"
_HOW = "Sla de lijst in Excel op als 'CSV UTF-8' of als .xlsx en kies die"

Lines = Iterator[tuple[int, list[str]]]
"""The cells of each non-empty line, with the number of the line on which it starts; the header first."""


class UnreadableFile(Refused):
    """The file is not a list of this kind; the sentence says why."""


def lines(source: Source, header: Sequence[str]) -> Lines:
    """Yield the lines of a list. Raises `UnreadableFile`, also half-way."""
    try:
        with opened(source, MAX_BYTES) as file:
            content = file.read(MAX_BYTES)
    except Unreadable as error:
        raise UnreadableFile(error.sentence) from None
    if kind := kinds.marked(content) or _kind(content):
        raise UnreadableFile(f"Dit is {kind} en geen lijst. {_HOW}.")
    yield from (
        _of_book(content, header) if content.startswith(kinds.ZIP) else _of_text(_decoded(content, header), header)
    )


def _kind(content: bytes) -> str:
    """What a text is that is not a list."""
    start = content[: kinds.LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    return "een XML-bestand" if start.startswith((b"<?xml", b"<EDEX")) else "een webpagina" if start[:1] == b"<" else ""


def _decoded(content: bytes, header: Sequence[str]) -> str:
    try:
        return content.decode("utf-16" if content[:2] in kinds.UTF16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        if error.encoding != "utf-8":
            raise UnreadableFile(f"Het bestand is geen geldige UTF-16. {_HOW}.") from None
        raise _no_utf8(content, len(content) - len(error.object) + error.start, header) from None


def _no_utf8(content: bytes, place: int, header: Sequence[str]) -> UnreadableFile:
    before, line = content[:place], content[:place].count(b"\n") + 1
    begin = before.rfind(b"\n") + 1
    whole = content[begin:].partition(b"\n")[0].decode("cp1252", "replace").rstrip("\r")
    separator = _separator(content.decode("cp1252", "replace"), header)
    number = before[begin:].decode("cp1252", "replace").count(separator)
    column = f", kolom {header[number]}" if line > 1 and number < len(header) else ""
    word = (whole.split(separator)[number:] or [""])[0].strip()
    return UnreadableFile(
        f"Regel {line}{column}: het bestand is geen UTF-8 (byte {content[place]:02X}; als Windows-1252 gelezen staat er "
        f"'{word[:40]}'). Welk teken bedoeld is, is niet zeker. {_HOW}."
    )


def _separator(text: str, header: Sequence[str]) -> str:
    """The separator: the candidate that yields the most column names; Excel's own first line may state it too."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lower().startswith("sep=") and first[4:5] in tuple(_SEPARATORS):
        return first[4:5]
    found = {mark: {_name(cell) for cell in first.split(mark)} & set(header) for mark in _SEPARATORS}
    return max(_SEPARATORS, key=lambda mark: len(found[mark]))


def _name(cell: str) -> str:
    return cell.strip().strip('"').strip().casefold()


def _of_text(text: str, header: Sequence[str]) -> Lines:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, header), strict=True)
    begins, any_line = 1, False
    try:
        for cells in reader:
            if begins > MAX_LINES:
                raise UnreadableFile(f"Het bestand heeft meer dan {MAX_LINES} regels. Verdeel het over meer bestanden.")
            says_separator = (
                not any_line and len("".join(cells)) < 6 and cells[:1] and cells[0].lower().startswith("sep=")
            )
            if any(cell.strip() for cell in cells) and not says_separator:
                any_line = True
                yield begins, _without_end(cells, len(header))
            begins = reader.line_num + 1
    except csv.Error:
        raise UnreadableFile(
            f"Regel {begins} is niet te lezen: er staat een aanhalingsteken te veel of te weinig."
        ) from None
    if not any_line:
        raise UnreadableFile("Het bestand is leeg.")


def _of_book(content: bytes, header: Sequence[str]) -> Lines:
    """The lines of the first sheet with a header of this kind; otherwise of the first sheet."""
    from app.exchange import excel, zipped  # few files need these

    try:
        with zipped.members(io.BytesIO(content)) as archive:
            kind = zipped.document(archive)
        if kind != "een Excel-boek":
            raise UnreadableFile(f"Dit is {kind or 'een zip-bestand'} en geen lijst. {_HOW}.")
        sheets = [_filled(rows) for rows in excel.sheets(io.BytesIO(content), MAX_LINES)]
    except (zipped.BadZip, excel.UnreadableBook) as bad:
        why = bad.why if isinstance(bad, zipped.BadZip) else str(bad)
        raise UnreadableFile(f"{why[:1].upper()}{why[1:]}.") from None
    sheets = [rows for rows in sheets if rows]
    if not sheets:
        raise UnreadableFile("Het Excel-boek is leeg.")
    chosen = next((rows for rows in sheets if {_name(cell) for cell in rows[0][1]} & set(header)), sheets[0])
    yield from ((line, _without_end(cells, len(header))) for line, cells in chosen)


def _filled(rows: Sequence[list[str]]) -> list[tuple[int, list[str]]]:
    return [(line, cells) for line, cells in enumerate(rows, 1) if any(cell.strip() for cell in cells)]


def _without_end(cells: list[str], wanted: int) -> list[str]:
    """The cells without the empty ones that Excel adds after the last column."""
    while len(cells) > wanted and not cells[-1].strip():
        cells = cells[:-1]
    return cells
