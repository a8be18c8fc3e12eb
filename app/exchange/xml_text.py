"""The text of an XML file for the parser: UTF-8 without a byte order mark, from any accepted encoding, with lines and
columns unchanged. The declaration is read here and blanked, so that a blank line or a second mark before it does no
harm.

Certainty from the bytes overrides the declaration; what is uncertain is refused with the line. A file declared as
ISO-8859-1 is read as Windows-1252 if it has bytes undefined in the former (as in the Encoding Standard of WHATWG).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import IO

from app.exchange.kinds import UTF16

Tell = Callable[[int, str], object]
"""Receives the line and the sentence of an oddity that was accepted."""
_CHUNK = 1 << 16
_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16",
    "utf-16be": "utf-16",
    "iso-8859-1": "latin-1",
    "latin1": "latin-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
_NAMES = {"latin-1": "ISO-8859-1", "cp1252": "Windows-1252"}
_BEFORE = re.compile(r"[\ufeff \t\r\n]*")
_DECLARATION = re.compile(r"<\?xml\s[^>]*\?>")
_DECLARED = re.compile(r"""\sencoding\s*=\s*["']([^"'>]*)["']""")
_EBCDIC = b"Lo\xa7\x94"
"""`<?xm` in EBCDIC (appendix F of the XML standard)."""
_C1 = re.compile("[\x80-\x9f]")


class WrongText(Exception):
    """The text cannot be read; the message completes a sentence, `line` says where."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(why)
        self.line = line


class XmlText:
    """The file to read as UTF-8; `rewind` starts again."""

    def __init__(self, file: IO[bytes], tell: Tell = lambda *_: None) -> None:
        """Inspect the start, or everything if the declaration requires that. Raises `WrongText`."""
        self._file = file
        self._mark, family = _family(_start(file))
        text = _start(file)[len(self._mark) :].decode(family, "replace")
        before = _BEFORE.match(text)
        assert before is not None
        declaration = _DECLARATION.match(text, before.end())
        self._blank = declaration.end() if declaration else before.end()
        declared = _DECLARED.search(declaration[0]) if declaration else None
        self.line = text.count("\n", 0, before.end()) + 1
        """The line where the XML starts."""
        self._declared = declared[1] if declared else ""
        if before[0] and (declaration or "\ufeff" in before[0]):
            tell(
                1,
                "voor het begin van de XML staat iets wat er niet hoort (een lege regel, spaties of een tweede "
                "BOM-teken); dat is overgeslagen.",
            )
        self._codec = self._chosen(family, tell)
        self.rewind()

    def rewind(self) -> None:
        """Return to the start."""
        self._texts, self._rest = self._decoded(), b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes; empty at the end. Raises `WrongText`."""
        parts, length = [self._rest], len(self._rest)
        while size < 0 or length < size:
            text = next(self._texts, None)
            if text is None:
                break
            parts.append(text.encode())
            length += len(parts[-1])
        found = b"".join(parts)
        size = len(found) if size < 0 else size
        self._rest = found[size:]
        return found[:size]

    def around(self, line: int, column: int, width: int = 40) -> tuple[str, str]:
        """The text on a line just before a column (from 1), and the text from there on."""
        number, passed, before = 1, 0, ""
        for piece in self._decoded():
            breaks = piece.count("\n")
            if number + breaks < line:
                number += breaks
                continue
            while number < line:
                piece, number = piece[piece.index("\n") + 1 :], number + 1
            text, place = before + piece, len(before) + column - 1 - passed
            if place <= len(text) or "\n" in piece:
                return text[max(0, place - width) : place], text[place : place + width].partition("\n")[0]
            passed, before = passed + len(piece), text[-width:]
        return before, ""

    def _chosen(self, family: str, tell: Tell) -> str:
        """The codec. Raises `WrongText` for an unsupported one."""
        said = _CODECS.get(self._declared.lower()) if self._declared else family
        if said is None:
            raise WrongText(
                f"de codering '{self._declared}' wordt niet gelezen. Sla het bestand op als UTF-8", self.line
            )
        found = self._found(family, said)
        if self._declared and found.partition("-le")[0].partition("-be")[0] != said:
            name = _NAMES.get(found, found[:6].rstrip("-").upper())
            tell(self.line, f"het bestand zegt dat het {self._declared} is, maar het is {name}; zo is het gelezen.")
        return found

    def _found(self, family: str, said: str) -> str:
        """The encoding according to the bytes, if they are conclusive, otherwise the declared one."""
        if family.startswith("utf-16") or said == "utf-8":
            return family
        return "utf-8" if self._mark or said == "utf-16" else self._of_bytes(said)

    def _of_bytes(self, said: str) -> str:
        """The encoding of a file declared as single-byte: UTF-8 if all its non-ASCII letters are valid UTF-8."""
        plain, windows, utf8 = True, False, True
        decoder = codecs.getincrementaldecoder("utf-8")()
        for chunk in self._chunks():
            try:
                if utf8:
                    decoder.decode(chunk)
            except UnicodeDecodeError:
                utf8 = False
            plain = plain and chunk.isascii()
            windows = windows or (said == "latin-1" and _C1.search(chunk.decode("latin-1")) is not None)
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            utf8 = False
        if plain:
            return said
        return "utf-8" if utf8 else "cp1252" if windows else said

    def _chunks(self) -> Iterator[bytes]:
        self._file.seek(len(self._mark))
        while chunk := self._file.read(_CHUNK):
            yield chunk

    def _decoded(self) -> Iterator[str]:
        """Yield the text in pieces, with blanks for what is before the root."""
        decoder, lines, first = codecs.getincrementaldecoder(self._codec)(), 1, True
        for chunk in self._with_end():
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                raise self._wrong(error, lines) from None
            lines += text.count("\n")
            if first:
                text, first = re.sub("[^\n]", " ", text[: self._blank]) + text[self._blank :], False
            yield text

    def _with_end(self) -> Iterator[bytes]:
        yield from self._chunks()
        yield b""

    def _wrong(self, error: UnicodeDecodeError, lines: int) -> WrongText:
        data, place = error.object, error.start
        line = lines + data[:place].decode(self._codec, "replace").count("\n")
        name = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}.get(self._codec, "UTF-16")
        said = (
            f"het bestand zegt dat het {self._declared} is"
            if self._declared
            else f"het bestand noemt geen codering en is dus {name}"
        )
        what = f"hier staat een byte ({data[place]:02X}) die niet bij de codering {name} hoort"
        if self._codec == "utf-8":
            around = data[max(0, place - 20) : place + 20].decode("cp1252", "replace")
            word = _word(around, len(data[max(0, place - 20) : place]))
            what += f"; als Windows-1252 gelezen staat er '{word}'"
        return WrongText(f"{said}, maar {what}. Exporteer het opnieuw, of sla het op als UTF-8", line)


def _word(text: str, place: int) -> str:
    """The text around this position, between tags and line breaks."""
    begin = max(text.rfind(mark, 0, place) for mark in '<>\n"')
    ends = [end for mark in '<>\n"' if (end := text.find(mark, place)) >= 0]
    return text[begin + 1 : min(ends, default=len(text))].strip()


def _start(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read(_CHUNK)


def _family(start: bytes) -> tuple[bytes, str]:
    """The byte order mark at the start, and the encoding without a declaration. Raises `WrongText`."""
    if start[:4] in (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE) or start[:4] == _EBCDIC:
        raise WrongText("de codering wordt niet gelezen (het lijkt UTF-32 of EBCDIC). Sla het bestand op als UTF-8")
    if start[:2] in UTF16:
        return start[:2], "utf-16-le" if start[:2] == codecs.BOM_UTF16_LE else "utf-16-be"
    if start[:1] == b"\0" or start[1:2] == b"\0":
        return b"", "utf-16-be" if start[:1] == b"\0" else "utf-16-le"
    return (codecs.BOM_UTF8, "utf-8") if start.startswith(codecs.BOM_UTF8) else (b"", "utf-8")
