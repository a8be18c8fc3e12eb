"""Reads XML from outside, element by element, without ever doing what the file asks.

No DOCTYPE at all (so no entities, no external files), no network, no huge trees, only encodings in common use, a limit
on the size. What is read is dropped again, so a large file needs little memory. The limits are our choice.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator
from typing import IO, Any

from lxml import etree

from app.files.regular import Source, Unreadable, opened
from app.refusals import Refused

MAX_BYTES = 256 * 1024 * 1024
_ENCODINGS = frozenset(
    {"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "latin1",
     "windows-1252"}
)  # fmt: skip
_LAST_OWN_LINE = 65_535
"""Beyond it libxml2 gives the line on which an element's first text ends."""
_DECLARED = re.compile(r"""^<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']""")
_SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
    "remove_pis": True, "recover": False,
}  # fmt: skip

_WRONG_BYTES = "er staan tekens in die niet bij de opgegeven codering horen. Sla het bestand op als UTF-8"
_CUT_OFF = "het bestand houdt op voordat alles is afgesloten. Waarschijnlijk is het niet volledig overgekomen"
_MEANING: dict[int, str] = {
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY: "hier begint geen XML",
    etree.ErrorTypes.ERR_INVALID_CHAR: "er staat een stuurteken in, dat in XML niet mag",
    etree.ErrorTypes.ERR_INVALID_ENCODING: _WRONG_BYTES,
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: "de codering is onbekend. Sla het bestand op als UTF-8",
    etree.ErrorTypes.ERR_RESOURCE_LIMIT: "het bestand is onredelijk groot of diep van opbouw",
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: _CUT_OFF,
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: "een element wordt met een andere naam afgesloten dan geopend",
    etree.ErrorTypes.ERR_DOCUMENT_END: "na het einde volgt nog iets",
}


class UnreadableXml(Refused):
    """The file is not XML that may be read; `line` says where, if that is known."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        where = f" (regel {line})" if line else ""
        super().__init__(f"Het bestand is niet te lezen{where}: {sentence}.")
        self.line = line


def stream(source: Source, root: str, tags: Collection[str], max_bytes: int = MAX_BYTES) -> Iterator[etree._Element]:
    """The elements named in `tags` that are children or grandchildren of the root, each when it ends; the root last.

    A grandchild is dropped from its parent when the next one is asked for; anything else stays, to be looked at when
    its parent comes. Raises `UnreadableXml` with a sentence, also halfway.
    """
    with _opened(source, max_bytes) as file:
        try:
            _check_start(file, root)
            yield from _elements(file, (root, *tags))
        except etree.XMLSyntaxError as error:
            raise _unreadable(error) from None


def line_of(element: etree._Element) -> int:
    """The line an element begins on; 0 when unknown."""
    line = _line(element.sourceline) or 0
    if line < _LAST_OWN_LINE:
        return line
    first = element
    while not first.text and len(first):
        first = first[0]
    return line - (first.text or "").count("\n")


def _elements(file: IO[bytes], tags: tuple[str, ...]) -> Iterator[etree._Element]:
    done: etree._Element | None = None
    for _, element in etree.iterparse(file, events=("end",), tag=tags, **_SAFE):
        depth = _depth(element)
        if depth > 2:
            continue
        if done is not None and (parent := done.getparent()) is not None:
            parent.remove(done)
        done = element if depth == 2 else None
        yield element


def _depth(element: etree._Element) -> int:
    """0 for the root, 3 for everything below grandchildren."""
    depth, parent = 0, element.getparent()
    while parent is not None and depth < 3:
        depth, parent = depth + 1, parent.getparent()
    return depth


def _opened(source: Source, max_bytes: int) -> IO[bytes]:
    try:
        file = opened(source, max_bytes)
    except Unreadable as error:
        raise UnreadableXml(error.why) from None
    if file.read(1):
        file.seek(0)
        return file
    file.close()
    raise UnreadableXml("het bestand is leeg")


def _check_start(file: IO[bytes], root: str) -> None:
    """Refuse an unusual encoding, a DOCTYPE and another root before anything else is looked at."""
    _check_encoding(file.read(256))
    file.seek(0)
    _, first = next(iter(etree.iterparse(file, events=("start",), **_SAFE)))
    if first.getroottree().docinfo.doctype:
        raise UnreadableXml("er staat een DOCTYPE in, en die wordt uit veiligheid niet gelezen", 1)
    if first.tag != root:
        raise UnreadableXml(f"het begint met het element {first.tag!s}, verwacht: {root}", _line(first.sourceline))
    file.seek(0)


def _check_encoding(start: bytes) -> None:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16"
    else:
        codec = "utf-16-be" if start[:1] == b"\0" else "utf-16-le" if start[1:2] == b"\0" else "utf-8-sig"
    declared = _DECLARED.match(start.decode(codec, "replace"))
    if declared and declared[1].lower() not in _ENCODINGS:
        raise UnreadableXml(f"de codering '{declared[1]}' wordt niet gelezen. Sla het bestand op als UTF-8", 1)


def _unreadable(error: etree.XMLSyntaxError) -> UnreadableXml:
    code = getattr(error, "code", 0)  # lxml sets it; its stubs do not know
    return UnreadableXml(_MEANING.get(code, "het is geen geldige XML"), _line(error.lineno))


def _line(number: object) -> int | None:
    return number if isinstance(number, int) and number > 0 else None
