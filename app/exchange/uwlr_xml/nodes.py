"""Reads XML into small nodes that know their line, column and path; the records of a large message one at a time.

Expat, because it tells the exact place of every element. Safe by construction: no DOCTYPE, no entities of the sender's
own, nothing is fetched, and depth, numbers and lengths are limited.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import IO, Any
from xml.parsers import expat

from app.exchange.uwlr_xml.namespaces import SHORT
from app.exchange.uwlr_xml.rules import CHARSET, DOCTYPE, LIMITS, WELL_FORMED, Finding, Rule, Violation
from app.exchange.xml_text import WrongText, XmlText

_CHUNK = 1 << 16
_APART = "\n"
"""Between namespace and name in what expat tells; it can be in neither."""
_LOOSE = 1_000
"""Characters kept of a text between elements, where none belongs."""
_CUT_OFF = {"no element found", "unclosed token", "unclosed CDATA section"}


@dataclass(frozen=True)
class Limits:
    """What a message may be; ours."""

    depth: int = 60
    elements: int = 40_000_000
    text: int = 1_000_000
    """Characters in one element."""
    attributes: int = 30
    children: int = 50_000
    """Elements kept directly in another; records are not kept."""
    kept: int = 100_000
    """Elements kept at the same time: of the message itself, and of the record being read."""
    room: int = 32_000_000
    """Characters kept at the same time, in texts and attributes."""
    token: int = 2_000_000
    """Bytes of one tag, comment or instruction: the parser keeps it until it is whole."""
    names: int = 2_000
    """Different names of elements and attributes, and prefixes: the parser never forgets one."""
    name: int = 256
    """Characters in a name."""


_NONE: dict[str, int] = {}
"""The counts of an element without children, as most are; nothing is put in it."""


class Node:
    """An element: its text is what stands directly in it."""

    __slots__ = ("attributes", "children", "column", "counts", "line", "name", "parent", "place", "space", "text")

    def __init__(
        self, name: str, space: str, attributes: dict[str, str], parent: Node | None, at: tuple[int, int]
    ) -> None:
        self.name, self.space, self.attributes, self.parent = name, space, attributes, parent
        self.line, self.column = at
        self.children: list[Node] = []
        self.text = ""
        self.counts = _NONE
        """How many children of each name there were, also those that are not kept."""
        self.place = 1
        if parent is not None:
            counts = parent.counts
            if counts is _NONE:
                counts = parent.counts = {}
            self.place = counts[name] = counts.get(name, 0) + 1

    def __repr__(self) -> str:
        return f"<{self.name} {self.line}:{self.column}>"

    @property
    def path(self) -> str:
        """The XPath, with the usual prefixes."""
        parts: list[str] = []
        one: Node | None = self
        while one is not None:
            prefix = SHORT.get(one.space, "")
            many = one.parent is not None and (one.place > 1 or one.parent.counts.get(one.name, 0) > 1)
            parts.append(f"{prefix}:{one.name}".lstrip(":") + (f"[{one.place}]" if many else ""))
            one = one.parent
        return "/" + "/".join(reversed(parts))

    def finding(self, rule: Rule, found: str = "", expected: str = "", nearest: str = "") -> Finding:
        """A violation here."""
        return Finding(rule, self.line, self.column, self.path, found, expected, nearest)

    def child(self, name: str) -> Node | None:
        """The first child of this name, of whatever namespace."""
        for one in self.children:
            if one.name == name:
                return one
        return None

    def value(self, name: str) -> str:
        """The text of that child, without spaces around it; empty without one."""
        found = self.child(name)
        return found.text.strip() if found is not None else ""

    def all(self, name: str) -> list[Node]:
        """The children of this name."""
        return [one for one in self.children if one.name == name]


def read(
    file: IO[bytes],
    records: Collection[str] = (),
    take: Callable[[Node], None] = lambda _: None,
    limits: Limits = Limits(),  # immutable
    told: Callable[[int, str], None] = lambda *_: None,
) -> Node:
    """Read a message from a seekable file and return its root.

    An element that is named in `records` is given to `take` when it ends, and not kept: after that it has no
    children. `told` gets the line and the sentence of an oddity of the encoding that is accepted. Raises `Violation`.
    """
    try:
        return _Reader(records, take, limits).read(XmlText(file, told))
    except WrongText as wrong:
        raise Violation(Finding(CHARSET, wrong.line, 1, found=str(wrong))) from None


class _Reader:
    def __init__(self, records: Collection[str], take: Callable[[Node], None], limits: Limits) -> None:
        self._records, self._take, self._limits = frozenset(records), take, limits
        self._root: Node | None = None
        self._node: Node | None = None
        self._depth = self._number = self._kept = self._room = 0
        self._outside: list[tuple[int, int]] = []
        """What was kept when each record began that is being read."""
        self._names: dict[str, tuple[str, str]] = {}
        self._prefixes: set[str | None] = set()
        self._interned: dict[str, str] = {}
        self._parser: Any = expat.ParserCreate(encoding="utf-8", namespace_separator=_APART, intern=self._interned)
        self._parser.buffer_text = True
        self._parser.buffer_size = _CHUNK
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartNamespaceDeclHandler = self._declared

    def read(self, text: XmlText) -> Node:
        parser, limits, fed = self._parser, self._limits, 0
        try:
            while chunk := text.read(_CHUNK):
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > limits.token:
                    self._refuse("een langere tag of opmerking", limits.token)
                if len(self._interned) > limits.names:
                    self._refuse("meer verschillende namen", limits.names)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Violation(self._malformed(error)) from None
        assert self._root is not None, "expat refuses a text without a root"
        return self._root

    def _malformed(self, error: expat.ExpatError) -> Finding:
        why = expat.ErrorString(error.code)
        place = self._node.path if self._node is not None else ""
        cut = why in _CUT_OFF
        return Finding(
            WELL_FORMED,
            error.lineno,
            error.offset + 1,
            place,
            found="het einde van het bericht" if cut else why,
            expected=f"een sluitend </{self._node.name}>" if cut and self._node is not None else "geldige XML",
        )

    def _here(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _refuse(self, what: str, most: int) -> None:
        line, column = self._here()
        path = self._node.path if self._node is not None else ""
        raise Violation(Finding(LIMITS, line, column, path[:500], what, f"hoogstens {most}"))

    def _doctype(self, *_: object) -> None:
        raise Violation(Finding(DOCTYPE, *self._here(), found="een DOCTYPE", expected="geen"))

    def _declared(self, prefix: str | None, _space: str) -> None:
        self._prefixes.add(prefix)
        if len(self._prefixes) > self._limits.names:
            self._refuse("meer prefixen", self._limits.names)

    def _named(self, name: str) -> tuple[str, str]:
        """The local name and the namespace of a name that was not seen before."""
        space, _, local = name.rpartition(_APART)
        if len(local) > self._limits.name:
            self._refuse("een langere naam", self._limits.name)
        if len(self._names) >= self._limits.names:
            self._refuse("meer verschillende namen", self._limits.names)
        return self._names.setdefault(name, (local, space))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        limits, parent, parser = self._limits, self._node, self._parser
        local, space = self._names.get(name) or self._named(name)
        self._depth += 1
        self._number += 1
        self._kept += 1
        if self._depth > limits.depth:
            self._refuse("dieper genest", limits.depth)
        if self._number > limits.elements:
            self._refuse("meer elementen", limits.elements)
        if attributes:
            if len(attributes) > limits.attributes:
                self._refuse(f"{len(attributes)} attributen", limits.attributes)
            self._take_room(sum(map(len, attributes.values())))
        node = Node(local, space, attributes, parent, (parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))
        if parent is None:
            self._root = node
        elif local in self._records:
            self._outside.append((self._kept - 1, self._room))
        else:
            if self._kept > limits.kept:
                self._refuse("meer elementen bij elkaar", limits.kept)
            if len(parent.children) >= limits.children:
                self._refuse("meer elementen in een ander", limits.children)
            parent.children.append(node)
        self._node = node

    def _take_room(self, characters: int) -> None:
        self._room += characters
        if self._room > self._limits.room:
            self._refuse("meer tekst bij elkaar", self._limits.room)

    def _end(self, _name: str) -> None:
        node, self._depth = self._node, self._depth - 1
        assert node is not None
        self._node = node.parent
        if node.name in self._records:
            self._take(node)
            _let_go(node)
            if node.parent is not None:
                self._kept, self._room = self._outside.pop()

    def _characters(self, text: str) -> None:
        node = self._node
        assert node is not None
        if node.counts and (len(node.text) > _LOOSE or text.isspace()):
            return  # between the elements of a large message there is a lot of it
        node.text = node.text + text if node.text else text
        if len(node.text) > self._limits.text:
            self._refuse("een langere tekst", self._limits.text)
        self._take_room(len(text))


def _let_go(node: Node) -> None:
    """Part an element from what is in it: in a circle they would wait for the garbage collector."""
    for child in node.children:
        if child.children:
            _let_go(child)
    node.children = []
