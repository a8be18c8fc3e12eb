"""Reads XML from outside, element by element, without ever following instructions in the file.

No DOCTYPE (so no entities, no external files), no network, no huge trees, only common encodings, a limited size.
Elements are dropped after reading, so a large file needs little memory. The limits are our choice.

Anything unambiguous is accepted: a root in a namespace, which changes nothing, a zip with one XML file, and what
`app/exchange/xml_text.py` makes of the bytes. Anything else gets a sentence that says what it is and what to do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from typing import IO, Any, NamedTuple

from lxml import etree

from app.exchange import kinds, zipped
from app.exchange.xml_text import Tell, WrongText, XmlText
from app.files.regular import Source, Unreadable, opened
from app.refusals import Refused

MAX_BYTES = 256 * 1024 * 1024
_LAST_OWN_LINE = 65_535
"""Beyond it libxml2 gives the line on which an element's first text ends."""
_UWLR = ("leerlinggegevens", "leerresultaten", "autorisatie")
"""The prefixes of the root elements of UWLR's messages."""
_CHOOSE = "Kies een EDEXML-bestand (2.0 of 2.1); uw administratiesysteem maakt dat bij Export, EDEXML"
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "recover": False,
}

_CUT_OFF = "het bestand houdt op voordat alles is afgesloten. Waarschijnlijk is het niet volledig overgekomen"
_MEANING: dict[int, str] = {
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY: "hier begint geen XML",
    etree.ErrorTypes.ERR_INVALID_CHAR: "er staat een stuurteken in, dat in XML niet mag",
    etree.ErrorTypes.ERR_RESOURCE_LIMIT: "het bestand is onredelijk groot of diep van opbouw",
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: _CUT_OFF,
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: "een element wordt met een andere naam afgesloten dan geopend",
    etree.ErrorTypes.ERR_DOCUMENT_END: "na het einde volgt nog iets",
}


class UnreadableXml(Refused):
    """The file is not acceptable XML; `line` says where, if known."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        where = f" (regel {line})" if line else ""
        super().__init__(f"Het bestand is niet te lezen{where}: {sentence}.")
        self.line = line
        self.is_empty = False
        """Whether there is no XML at all."""


def stream(
    source: Source, root: str, tags: Collection[str], max_bytes: int = MAX_BYTES, tell: Tell = lambda *_: None
) -> Iterator[etree._Element]:
    """Yield the children and grandchildren of the root named in `tags`, each when it ends; the root last.

    A grandchild is dropped from its parent when the next one is requested; anything else stays until its parent is
    yielded. The namespace of the root is removed from every name. Oddities that are accepted go to `tell`. Raises
    `UnreadableXml` with a sentence, also half-way.
    """
    with _opened(source, max_bytes) as file:
        try:
            text = XmlText(file, tell)
            namespace = _check_start(text, file, root)
            yield from _elements(text, (root, *tags), namespace)
        except WrongText as wrong:
            raise UnreadableXml(str(wrong), wrong.line) from None
        except zipped.DAMAGE:
            raise UnreadableXml(zipped.damaged().why) from None


def line_of(element: etree._Element) -> int:
    """The line on which an element starts; 0 if unknown."""
    line = _line(element.sourceline) or 0
    if line < _LAST_OWN_LINE:
        return line
    first = element
    while not first.text and len(first):
        first = first[0]
    return line - (first.text or "").count("\n")


def _elements(text: XmlText, tags: tuple[str, ...], namespace: str) -> Iterator[etree._Element]:
    done: etree._Element | None = None
    wanted = (*tags, *(f"{namespace}{name}" for name in tags)) if namespace else tags
    for element in _events(text, "end", tag=wanted):
        depth = _depth(element)
        if depth > 2:
            continue
        if done is not None and (parent := done.getparent()) is not None:
            parent.remove(done)
        done = element if depth == 2 else None
        if namespace:
            _without(element, namespace)
        yield element


def _events(text: XmlText, event: str, **more: Any) -> Iterator[etree._Element]:
    """Yield the parser's elements. Raises `UnreadableXml`."""
    parser = etree.iterparse(text, events=(event,), **more, **_SAFE)  # type: ignore[arg-type]  # it can be read
    try:
        yield from (element for _, element in parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(_Fault.of(error, parser), text) from None


class _Fault(NamedTuple):
    """The parser's error. For a fatal one its log says more than the exception."""

    code: int
    line: int
    column: int
    message: str

    @classmethod
    def of(cls, error: etree.XMLSyntaxError, parser: Any) -> _Fault:
        if last := parser.error_log.last_error:
            return cls(last.type, last.line, last.column, last.message)
        line, column = error.position
        return cls(getattr(error, "code", 0), line or 0, column or 0, error.msg or "")


def _without(element: etree._Element, namespace: str) -> None:
    """Remove a namespace from the names of an element, its contents and its ancestors."""
    for one in (*element.iterancestors(), *element.iter()):
        one.tag = str(one.tag).removeprefix(namespace)


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
    start = file.read(kinds.LOOKED_AT)
    file.seek(0)
    try:
        if not start:
            raise UnreadableXml("het bestand is leeg")
        if start.startswith(kinds.ZIP):
            return _in_zip(file, max_bytes)
        if kind := kinds.marked(start):
            raise UnreadableXml(f"dit is {kind} en geen XML. {_CHOOSE}")
    except zipped.BadZip as bad:
        file.close()
        raise UnreadableXml(bad.why) from None
    except UnreadableXml:
        file.close()
        raise
    return file


def _in_zip(file: IO[bytes], max_bytes: int) -> IO[bytes]:
    """The only XML file in a zip. Raises `BadZip` and `UnreadableXml`."""
    archive = zipped.members(file)
    if kind := zipped.document(archive):
        raise UnreadableXml(f"dit is {kind} en geen XML. {_CHOOSE}")
    found = [
        one
        for one in archive.infolist()
        if one.filename.lower().endswith(".xml") and not one.filename.startswith("__MACOSX/")
    ]
    if len(found) != 1:
        many = f"zitten {len(found)} XML-bestanden" if found else "zit geen XML-bestand"
        raise UnreadableXml(f"in dit zip-bestand {many}. Pak het uit en kies het bestand dat u bedoelt")
    return zipped.read(archive, found[0], max_bytes)


def _check_start(text: XmlText, file: IO[bytes], root: str) -> str:
    """Refuse a DOCTYPE or another root before anything else; return the namespace of the root, as `{urn:x}`."""
    try:
        first: Any = next(_events(text, "start"))
    except UnreadableXml as error:
        file.seek(0)
        if error.is_empty and (kind := kinds.of_text(file.read(kinds.LOOKED_AT))):
            raise UnreadableXml(f"dit is {kind} en geen XML. {_CHOOSE}") from None
        raise
    if first.getroottree().docinfo.doctype:
        raise UnreadableXml("er staat een DOCTYPE in, en die wordt uit veiligheid niet gelezen", text.line)
    name = etree.QName(first)
    if name.localname != root:
        raise UnreadableXml(_other_root(name.localname, root), _line(first.sourceline))
    text.rewind()
    return f"{{{name.namespace}}}" if name.namespace else ""


def _other_root(name: str, root: str) -> str:
    if name.startswith(_UWLR):
        return (
            f"dit is een UWLR-bericht ({name}) en geen {root}. Zo'n bericht gaat tussen ESIS en een partner, via de "
            "koppeling (Beheer > Import-Export-Koppelingen > Koppelingen); importeren kunt u het niet"
        )
    if name.lower() == "html":
        return f"dit is een webpagina (html) en geen {root}. Haal het bestand zelf op, niet de pagina eromheen"
    return f"het begint met het element {name}, verwacht: {root}"


def _unreadable(fault: _Fault, text: XmlText) -> UnreadableXml:
    known = _MEANING.get(fault.code)
    refusal = UnreadableXml(known or _what_stands_there(fault, text), fault.line)
    refusal.is_empty = fault.code == etree.ErrorTypes.ERR_DOCUMENT_EMPTY
    return refusal


def _what_stands_there(fault: _Fault, text: XmlText) -> str:
    """For an error within a line: what is there, and how to write it."""
    if entity := re.match(r"Entity '([^']*)' not defined", fault.message):
        letter = html.unescape(f"&{entity[1]};")
        how = f"het teken zelf ({letter})" if len(letter) < 3 else "het teken zelf"
        return f"hier staat &{entity[1]};, en dat kent XML niet. Schrijf {how}, of exporteer het bestand opnieuw"
    before, after = text.around(max(fault.line, 1), max(fault.column, 1))
    where = _shown(before, after)
    if "EntityRef" in fault.message:
        return f"hier staat een losse & bij '{where}'. Schrijf &amp; in plaats van &, of exporteer het bestand opnieuw"
    if before.endswith("<"):
        return f"hier staat een losse < bij '{where}'. Schrijf &lt; in plaats van <, of exporteer het bestand opnieuw"
    return f"bij '{where}' is het geen geldige XML. Exporteer het bestand opnieuw"


def _shown(before: str, after: str) -> str:
    """The text around a position, within its element."""
    begin = before.rfind(">") + 1
    text = f"{before[begin:] or before[-20:]}{after.partition('<')[0]}".strip()
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _line(number: object) -> int | None:
    return number if isinstance(number, int) and number > 0 else None  # the stubs do not know that it is a number
