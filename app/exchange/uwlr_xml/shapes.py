"""Shapes of messages as data: one description of an element is what a message is checked by and what the schemas that
the service gives away are written from.

A shape is a small part of XML Schema: sequences, choices, simple types with facets, attributes, unique names. Content
models are deterministic, as XML Schema asks, so that checking never has to look back. Each part is only equal to
itself, so that what follows from it can be kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache

MANY = None
"""No limit to how often."""
_DATE = re.compile(r"-?\d{4,}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?")
_DATE_TIME = re.compile(r"(-?\d{4,}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_WHOLE = re.compile(r"[+-]?\d+")


@dataclass(frozen=True, eq=False)
class Text:
    """A simple type: an XML Schema base with facets; `said` describes it in Dutch where the facets don't suffice."""

    name: str = ""
    base: str = "string"
    shortest: int = 0
    longest: int = 0
    pattern: str = ""
    values: tuple[str, ...] = ()
    least: str = ""
    most: str = ""
    said: str = ""

    @property
    def expected(self) -> str:
        """What is expected, in Dutch, for a sentence."""
        if self.said:
            return self.said
        if self.values:
            shown = ", ".join(self.values[:12])
            return f"een van {shown}{' ...' if len(self.values) > 12 else ''}"
        if self.base != "string":
            kind = _KINDS[self.base]
            return f"{kind} van {self.least} tot en met {self.most}" if self.most else kind
        if self.longest:
            return f"tekst van {self.shortest} tot en met {self.longest} tekens"
        return "tekst"

    def takes(self, value: str) -> bool:
        """Whether a value, with its spaces as they are, has this form."""
        if self.base == "string":
            return self._takes_text(value)
        value = value.strip(" \t\r\n")
        if not _is(self.base, value):
            return False
        if self.least and Decimal(value) < Decimal(self.least):
            return False
        return not (self.most and Decimal(value) > Decimal(self.most))

    def _takes_text(self, value: str) -> bool:
        if self.values and value not in self.values:
            return False
        if len(value) < self.shortest or (self.longest and len(value) > self.longest):
            return False
        return not self.pattern or _compiled(self.pattern).fullmatch(value) is not None


_KINDS = {
    "string": "tekst",
    "anyURI": "een URI",
    "date": "een datum, als 2020-04-14",
    "dateTime": "een datum met tijd, als 2020-04-14T09:00:00",
    "integer": "een geheel getal",
    "nonNegativeInteger": "een geheel getal vanaf 0",
    "positiveInteger": "een geheel getal vanaf 1",
    "decimal": "een getal, met een punt voor de decimalen",
}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(r"\p{Nd}", r"\d").replace(r"\p{Lu}", "[A-ZÀ-ÖØ-Þ]"))


def _is(base: str, value: str) -> bool:
    if base == "date":
        return _is_date(value)
    if base == "dateTime":
        return _is_moment(value)
    if base == "decimal":
        return _DECIMAL.fullmatch(value) is not None
    if base in ("integer", "nonNegativeInteger", "positiveInteger"):
        if not _WHOLE.fullmatch(value) or len(value) > 30:
            return False
        return base == "integer" or int(value) >= (base == "positiveInteger")
    return True


@lru_cache(maxsize=256)
def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True


def _is_moment(value: str) -> bool:
    parts = _DATE_TIME.fullmatch(value)
    if not parts:
        return False
    try:
        datetime.fromisoformat(f"{parts[1]}T{parts[2]}")
    except ValueError:
        return parts[2] == "24:00:00" and _is_date(parts[1])
    return True


def decimal_of(value: str) -> Decimal | None:
    """The number of a text, or None."""
    try:
        found = Decimal(value.strip()) if _DECIMAL.fullmatch(value.strip()) else None
    except InvalidOperation:
        return None
    return found


@dataclass(frozen=True, eq=False)
class Attribute:
    """An attribute; unqualified."""

    name: str
    type: Text
    required: bool = False


@dataclass(frozen=True, eq=False)
class Element:
    """An element in a content model, from `least` to `most` times; `space` where it is not that of its message."""

    name: str
    type: Text | Shape
    least: int = 1
    most: int | None = 1
    space: str = ""
    default: str = ""


@dataclass(frozen=True, eq=False)
class Sequence:
    """Parts in this order."""

    parts: tuple[Element | Sequence | Choice, ...]
    least: int = 1
    most: int | None = 1


@dataclass(frozen=True, eq=False)
class Choice:
    """One of the parts."""

    parts: tuple[Element | Sequence | Choice, ...]
    least: int = 1
    most: int | None = 1


Part = Element | Sequence | Choice


@dataclass(frozen=True, eq=False)
class Unique:
    """What must be unique, or present (`key`), below an element: XPaths without prefixes, as in XML Schema."""

    name: str
    selector: str
    field: str
    kind: str = "unique"
    """`unique`, `key` or `keyref`."""
    refers: str = ""


@dataclass(frozen=True, eq=False)
class Shape:
    """A complex type: its content, its attributes, or a text with attributes.

    `abstract`: must be replaced by an agreed form, named by xsi:type.
    """

    name: str = ""
    content: Sequence | Choice | None = None
    attributes: tuple[Attribute, ...] = ()
    text: Text | None = None
    abstract: bool = False
    unique: tuple[Unique, ...] = ()

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of this name."""
        return next((one for one in self.attributes if one.name == name), None)

    def element(self, name: str) -> Element | None:
        """The element of this name in the content."""
        return elements(self).get(name)


@cache
def elements(shape: Shape) -> dict[str, Element]:
    """The elements in the content, by name, in the order of the schema."""
    return {one.name: one for one in elements_of(shape.content)} if shape.content else {}


def elements_of(part: Part) -> list[Element]:
    """The elements in a part, each name once, where it stands last: what may follow either of two comes after both."""
    found: dict[str, Element] = {}
    for one in _elements(part):
        found.pop(one.name, None)
        found[one.name] = one
    return list(found.values())


def _elements(part: Part) -> Iterator[Element]:
    if isinstance(part, Element):
        yield part
        return
    for one in part.parts:
        yield from _elements(one)


def optional(name: str, type: Text | Shape, space: str = "") -> Element:
    """An element that may be absent."""
    return Element(name, type, least=0, space=space)


def many(name: str, type: Text | Shape, least: int = 1, space: str = "") -> Element:
    """An element that may be there any number of times."""
    return Element(name, type, least=least, most=MANY, space=space)


def sequence(*parts: Part, least: int = 1, most: int | None = 1) -> Sequence:
    """Parts in this order."""
    return Sequence(parts, least, most)


def choice(*parts: Part, least: int = 1, most: int | None = 1) -> Choice:
    """One of the parts."""
    return Choice(parts, least, most)
