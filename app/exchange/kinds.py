"""Recognises a file by its first bytes, to tell a user who chose a wrong one what it is and what to do.

The marks are those of the formats themselves; EDEX2000, the predecessor of EDEXML, has fixed-width columns.
"""

from __future__ import annotations

import re

ZIP = b"PK\x03\x04"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
LOOKED_AT = 4_096
OLD_EXCEL = "een oud Excel-boek (.xls) of een ander oud Office-bestand"
_MARKS = (
    (b"\xd0\xcf\x11\xe0", OLD_EXCEL),
    (b"%PDF", "een PDF"),
    (b"{\\rtf", "een tekst van een tekstverwerker (.rtf)"),
    (b"\x1f\x8b", "een ingepakt bestand (.gz); pak het eerst uit"),
    (b"7z\xbc\xaf", "een ingepakt bestand (.7z); pak het eerst uit"),
    (b"Rar!", "een ingepakt bestand (.rar); pak het eerst uit"),
    (b"SQLite format 3", "een database"),
    (b"\x89PNG", "een afbeelding"),
    (b"\xff\xd8\xff", "een afbeelding"),
)
_EDEX2000 = re.compile(r"\S+ {2,}\S.* {2,}.*[12][0-9]{7}\s*")
_SEPARATED = re.compile(r"""[^;,\t<>]*([;,\t])[^<>]*""")


def marked(start: bytes) -> str:
    """The kind of a file with a known mark; empty without one, and for a zip or a text."""
    return next((kind for mark, kind in _MARKS if start.startswith(mark)), "")


def of_text(start: bytes) -> str:
    """The kind of a text that is neither XML nor a list: EDEX2000, CSV or a web page; empty for anything else."""
    text = start.decode("utf-16" if start[:2] in UTF16 else "utf-8-sig", "replace")
    first = next(iter(text.strip("\ufeff \r\n").splitlines()), "")
    if re.match(r"(?i)<(!doctype )?html\b", first):
        return "een webpagina"
    if _EDEX2000.fullmatch(first):
        return "een EDEX2000-bestand (EDEXLL.TXT en dergelijke), de voorloper van EDEXML"
    return "een CSV-bestand" if _SEPARATED.fullmatch(first) else ""
