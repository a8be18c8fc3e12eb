"""Looking into a zip, also that of an Excel book, without it costing more than it may: few members, each of a size that is
known before it is read, and never more read of it than it said.

Format: PKWARE's APPNOTE. Zip64, which nobody needs for files this small, is not read.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from typing import IO

from app.refusals import Refused

_TAIL = 22 + 65_535
_DIRECTORY = 1_000_000
"""Bytes that the list of members may take: some ten thousand of them."""
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class BadZip(Refused):
    """The zip cannot be read; `why` says it as the end of a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why[:1].upper()}{why[1:]}.", field="path")
        self.why = why


def members(file: IO[bytes]) -> zipfile.ZipFile:
    """The zip, of which the list is not too long. Raises `BadZip`."""
    if _directory(file) > _DIRECTORY:
        raise BadZip("het zip-bestand heeft onredelijk veel onderdelen")
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged() from None


def read(archive: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> IO[bytes]:
    """A member to read: at most the bytes that it says, and those at most `most`. Raises `BadZip`."""
    if one.flag_bits & 1:
        raise BadZip("het zip-bestand heeft een wachtwoord. Pak het eerst uit")
    if one.compress_type not in _PLAIN:
        raise BadZip("het zip-bestand is op een ongewone manier ingepakt. Pak het eerst uit")
    if one.file_size > most:
        large, limit = one.file_size / 1e6, most / 1e6
        raise BadZip(f"uitgepakt is het {large:.1f} MB; het mag {limit:.0f} MB zijn".replace(".", ","))
    try:
        return archive.open(one)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged() from None


def content(archive: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> bytes:
    """All of a member. Raises `BadZip`."""
    with read(archive, one, most) as file:
        try:
            return file.read()
        except DAMAGE:
            raise damaged() from None


def document(archive: zipfile.ZipFile) -> str:
    """What it is when it is no mere zip: a book of Excel or another document; empty for a mere zip."""
    names = archive.namelist()
    kinds = (("xl/", "een Excel-boek"), ("word/", "een Word-document"), ("ppt/", "een presentatie"))
    if any(name == "mimetype" for name in names):
        return "een OpenDocument-bestand (LibreOffice)"
    return next((kind for folder, kind in kinds if any(name.startswith(folder) for name in names)), "")


def _directory(file: IO[bytes]) -> int:
    """How long the list of members is, by the record at the end. Raises `BadZip`."""
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
    """What to say of one that cannot be read on."""
    return BadZip("het zip-bestand is beschadigd of niet volledig overgekomen. Haal of maak het opnieuw")


DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)
"""What reading a damaged member raises."""
