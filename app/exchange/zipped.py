"""Reads a zip, including an Excel workbook, at limited cost: few members, each of a size known beforehand, and never
more read than declared.

Format: PKWARE's APPNOTE. Zip64, unnecessary for files this small, is not supported.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from typing import IO

from app.refusals import Refused

_TAIL = 22 + 65_535
_DIRECTORY = 1_000_000
"""The maximum size in bytes of the list of members: some ten thousand of them."""
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
"""The exceptions raised by opening or reading a damaged zip, or one of a kind that Python does not know."""
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class BadZip(Refused):
    """The zip cannot be read; `why` is the end of a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why[:1].upper()}{why[1:]}.", field="path")
        self.why = why


def members(file: IO[bytes]) -> zipfile.ZipFile:
    """Open a zip whose list of members is not too long. Raises `BadZip`."""
    if _directory(file) > _DIRECTORY:
        raise BadZip("het zip-bestand heeft onredelijk veel onderdelen")
    try:
        return zipfile.ZipFile(file)
    except DAMAGE:
        raise damaged() from None


def read(archive: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> IO[bytes]:
    """Open a member: at most its declared size, and that at most `most`. Raises `BadZip`."""
    if one.flag_bits & 1:
        raise BadZip("het zip-bestand heeft een wachtwoord. Pak het eerst uit")
    if one.compress_type not in _PLAIN:
        raise BadZip("het zip-bestand is op een ongewone manier ingepakt. Pak het eerst uit")
    if one.file_size > most:
        large, limit = one.file_size / 1e6, most / 1e6
        raise BadZip(f"uitgepakt is het {large:.1f} MB; het mag {limit:.0f} MB zijn".replace(".", ","))
    try:
        return archive.open(one)
    except DAMAGE:
        raise damaged() from None


def content(archive: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> bytes:
    """Read a whole member. Raises `BadZip`."""
    with read(archive, one, most) as file:
        try:
            return file.read()
        except DAMAGE:
            raise damaged() from None


def document(archive: zipfile.ZipFile) -> str:
    """What it is if not a plain zip: an Excel workbook or another document; empty for a plain zip."""
    names = archive.namelist()
    kinds = (("xl/", "een Excel-boek"), ("word/", "een Word-document"), ("ppt/", "een presentatie"))
    if any(name == "mimetype" for name in names):
        return "een OpenDocument-bestand (LibreOffice)"
    return next((kind for folder, kind in kinds if any(name.startswith(folder) for name in names)), "")


def _directory(file: IO[bytes]) -> int:
    """The size of the list of members, according to the record at the end. Raises `BadZip`."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        raise damaged()
    if tail[max(0, place - 20) : place].startswith(b"PK\x06\x07"):
        raise BadZip("het zip-bestand is van een soort voor zeer grote bestanden. Pak het eerst uit")
    return int.from_bytes(tail[place + 12 : place + 16], "little")


def damaged() -> BadZip:
    """The error for a zip that cannot be read further."""
    return BadZip("het zip-bestand is beschadigd of niet volledig overgekomen. Haal of maak het opnieuw")
