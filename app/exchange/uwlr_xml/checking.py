"""Checks nodes against shapes: every violation of a message, with its place, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.namespaces import AUTHORISATION, PUPILS, RESULTS, SHORT, XML, XSI
from app.exchange.uwlr_xml.nodes import Node
from app.exchange.uwlr_xml.rules import Finding, Rule
from app.exchange.uwlr_xml.shapes import Attribute, Choice, Element, Part, Sequence, Shape, Text, elements
from app.exchange.uwlr_xml.types import KEYS
from app.exchange.uwlr_xml.versions import SHORTEST_KEY, Version

_ALIKE, _FEW = 1_000, 64
SHOWN = 80
"""Characters of a found value that are shown."""


def shown(value: str) -> str:
    """A value from outside in a sentence: short, without control characters."""
    safe = "".join(letter if letter.isprintable() else "?" for letter in value[: SHOWN + 1])
    return f"'{safe[:SHOWN]}{'...' if len(safe) > SHOWN else ''}'"


@dataclass
class Checker:
    """Checks one message in the namespace `space`; collects what is wrong (`findings`).

    Of what is forgiven (`Rule.lenient`) it is a violation too: who reads decides what it means. At most `most` of what is
    forgiven and as many of what is not, so that much of the one never hides the other.
    """

    space: str
    records: tuple[str, ...] = ()
    """The elements that are checked by themselves as they are read, and not kept."""
    most: int = 100
    findings: list[Finding] = field(default_factory=list)
    _long_keys: list[tuple[int, Finding]] = field(default_factory=list)
    _forgiven: int = 0
    _right: dict[tuple[Shape, str, tuple[str, ...]], list[str]] = field(default_factory=dict)
    """Contents seen to be right: shape, namespace and the names of the children, with the namespace of each. Records are
    much alike."""

    def too_long_for(self, version: Version) -> list[Finding]:
        """The keys that are longer than this version allows, which is often known only after they were read."""
        expected = f"hoogstens {version.key_length} tekens met xsdversie {version.number}"
        return [replace(one, expected=expected) for length, one in self._long_keys if length > version.key_length]

    @property
    def full(self) -> bool:
        """Whether there are as many violations as are collected: then looking further finds nothing more."""
        return self.refused >= self.most

    @property
    def refused(self) -> int:
        """How many violations there are that are not forgiven."""
        return len(self.findings) - self._forgiven

    def add(self, rule: Rule, node: Node, found: str = "", expected: str = "", nearest: str = "") -> None:
        """Note a violation at an element."""
        if not (self._forgiven >= self.most if rule.lenient else self.full):
            self._keep(node.finding(rule, found, expected, nearest))

    def _keep(self, finding: Finding) -> None:
        self._forgiven += finding.rule.lenient
        self.findings.append(finding)

    def check(self, node: Node, type: Text | Shape, space: str = "") -> None:
        """Check an element and all in it."""
        if isinstance(type, Text):
            if node.attributes:
                self._attributes(node, ())
            self._empty_of_elements(node)
            self._value(node, type)
            return
        if node.attributes or type.attributes:
            self._attributes(node, type.attributes)
        if type.abstract:
            if f"{XSI}\ntype" not in node.attributes:
                self.add(rules.ABSTRACT, node, "geen xsi:type", "een afgesproken vorm")
            return
        if type.text is not None:
            self._empty_of_elements(node)
            self._value(node, type.text)
            return
        if node.text.strip():
            self.add(rules.LOOSE_TEXT, node, shown(node.text.strip()), "alleen elementen")
        self._children(node, type, space or self.space)

    def misplaced(self, node: Node, right: str) -> None:
        """Note that an element stands in another namespace than it should."""
        self.add(rules.NAMESPACE, node, node.space or "geen namespace", right, _space_hint(node, right))

    def _empty_of_elements(self, node: Node) -> None:
        if node.children:
            child = node.children[0]
            self.add(rules.UNKNOWN, child, f"<{child.name}>", "alleen tekst")

    def _value(self, node: Node, type: Text) -> None:
        if not type.takes(node.text):
            trimmed = node.text.strip()
            nearest = "Zonder de spaties eromheen klopt hij" if trimmed != node.text and type.takes(trimmed) else ""
            self.add(rules.VALUE, node, shown(node.text), type.expected, nearest)
        elif len(node.text) > SHORTEST_KEY and type in KEYS:
            self._long_key(node, node.text, shown(node.text))

    def _long_key(self, node: Node, value: str, found: str) -> None:
        if len(self._long_keys) < self.most:
            self._long_keys.append((len(value), node.finding(rules.LONG_KEY, found)))

    def _attributes(self, node: Node, wanted: tuple[Attribute, ...]) -> None:
        for one in wanted:
            value = node.attributes.get(one.name)
            if value is None:
                if one.required:
                    self.add(rules.ATTRIBUTE, node, "geen attribuut", f"het attribuut {one.name}")
            elif not one.type.takes(value):
                self.add(rules.VALUE, node, f"{one.name}={shown(value)}", one.type.expected)
            elif len(value) > SHORTEST_KEY and one.type in KEYS:
                self._long_key(node, value, f"{one.name}={shown(value)}")
        for name in node.attributes:
            if any(name == one.name for one in wanted):
                continue
            space, _, local = name.rpartition("\n")
            if space not in (XSI, XML):
                others = "geen ander dan " + (", ".join(sorted(one.name for one in wanted)) or "xsi")
                self.add(rules.ATTRIBUTE, node, f"het attribuut {shown(local)}", others)

    def _children(self, node: Node, shape: Shape, space: str) -> None:
        wanted = elements(shape)
        names = (shape, space, tuple([child.name for child in node.children]))
        if self._right.get(names) == [child.space for child in node.children]:
            self._each(node.children, wanted)
            return
        known: list[Node] = []
        before = len(self.findings)
        for child in node.children:
            element = wanted.get(child.name)
            if element is None:
                self.add(rules.UNKNOWN, child, f"<{child.name}>", _listed(wanted), _like(child.name, wanted))
            elif child.space != (element.space or space):
                self.misplaced(child, element.space or space)
                known.append(child)
            else:
                known.append(child)
        for name in self.records:
            if node.counts.get(name) and name not in wanted:
                self.add(rules.UNKNOWN, node, f"<{name}> in <{node.name}>", _listed(wanted))
        if any(name in self.records and node.counts.get(name) for name in wanted):
            return  # it has records, and no order among them
        if shape.content is not None:
            self._order(node, shape, known)
        if len(self.findings) == before and not self.full and len(self._right) < _ALIKE and len(known) < _FEW:
            self._right[names] = [child.space for child in node.children]
        self._each(known, wanted)

    def _each(self, children: list[Node], wanted: dict[str, Element]) -> None:
        for child in children:
            element = wanted[child.name]
            if not child.text and not child.children:
                child.text = element.default
            if not _is_plain(child, element.type):
                self.check(child, element.type, child.space)

    def _order(self, node: Node, shape: Shape, known: list[Node]) -> None:
        """Whether the children follow the content model; if only their order differs, that is said."""
        assert shape.content is not None
        wrong = _follow(shape.content, node, known)
        if wrong is None:
            return
        place = {name: number for number, name in enumerate(elements(shape))}
        ordered = sorted(known, key=lambda child: place[child.name])
        if _follow(shape.content, node, ordered) is None:
            first = next(child for child, right in zip(known, ordered, strict=True) if child is not right)
            should = next(right for child, right in zip(known, ordered, strict=True) if child is not right)
            self.add(rules.ORDER, first, f"<{first.name}>", f"eerst <{should.name}>")
        elif not self.full:
            missing = _follow(shape.content, node, ordered) or wrong
            unknown = [child for child in node.children if child not in known]
            if unknown and missing.line < unknown[-1].line:  # it may be what is missing, misspelt: that comes first
                missing = replace(missing, line=unknown[-1].line, column=unknown[-1].column)
            self._keep(missing)


def _is_plain(node: Node, type: Text | Shape) -> bool:
    """Whether an element is of the usual kind and right: a text without attributes, too short to be told of."""
    alone = not node.children and not node.attributes and len(node.text) <= SHORTEST_KEY
    return alone and isinstance(type, Text) and type.takes(node.text)


def _listed(wanted: dict[str, Element]) -> str:
    names = list(wanted)
    return ", ".join(names[:10]) + (" ..." if len(names) > 10 else "") if names else "geen element"


def _like(name: str, wanted: dict[str, Element]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), [one.lower() for one in wanted], 1)
    found = next((one for one in wanted if near and one.lower() == near[0]), "")
    return f"Bedoelt u <{found}>?" if found else ""


def _space_hint(child: Node, right: str) -> str:
    if not child.space:
        if child.parent is not None and child.parent.space == right:
            return f'Haal xmlns="" weg bij <{child.name}>, of geef hem het voorvoegsel van <{child.parent.name}>'
        where = f"<{child.name}>" if right == AUTHORISATION else "het verzoek"
        return f'De namespace ontbreekt: zet xmlns="{right}" op {where}'
    if child.space.rstrip("/") in (PUPILS.replace("/2/", "/1/"), RESULTS.replace("/2/", "/1/")):
        return "Dit is UWLR 1; deze dienst spreekt UWLR 2"
    return f"Bedoeld is de namespace van {SHORT.get(right, right)}"


def _follow(content: Part, node: Node, children: list[Node]) -> Finding | None:
    """None if the children follow the model, else what is wrong first."""
    try:
        end = _match(content, node, children, 0)
        if end < len(children):
            child = children[end]
            before = end > 0 and any(one.name == child.name for one in children[:end])
            rule = rules.TOO_MANY if before else rules.UNKNOWN
            expected = "hoogstens één" if before else "hier niets meer, of een ander element"
            raise _Wrong(Finding(rule, child.line, child.column, child.path, f"<{child.name}>", expected))
    except _Wrong as wrong:
        return wrong.finding
    return None


class _Wrong(Exception):
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def _match(part: Part, node: Node, children: list[Node], at: int) -> int:
    """Where the part ends that begins at `at`. Raises `_Wrong`."""
    times = 0
    while part.most is None or times < part.most:
        begins = at < len(children) and children[at].name in _first(part)
        if not begins and (times >= part.least or _may_be_empty(part)):
            return at
        if not begins:
            raise _Wrong(_missing(part, node, children, at))
        at = _once(part, node, children, at)
        times += 1
    return at


def _once(part: Part, node: Node, children: list[Node], at: int) -> int:
    if isinstance(part, Element):
        return at + 1
    if isinstance(part, Sequence):
        for one in part.parts:
            at = _match(one, node, children, at)
        return at
    chosen = next(one for one in part.parts if children[at].name in _first(one))
    return _match(chosen, node, children, at)


def _missing(part: Part, node: Node, children: list[Node], at: int) -> Finding:
    found = f"<{children[at].name}>" if at < len(children) else f"het einde van <{node.name}>"
    place = children[at] if at < len(children) else node
    names = list(dict.fromkeys(_first(part)))
    expected = " of ".join(f"<{name}>" for name in names[:6])
    return Finding(rules.MISSING, place.line, place.column, node.path, found, expected)


@cache
def _first(part: Part) -> tuple[str, ...]:
    """The names with which a part can begin."""
    return tuple(_firsts(part))


def _firsts(part: Part) -> Iterator[str]:
    if isinstance(part, Element):
        yield part.name
    elif isinstance(part, Choice):
        for one in part.parts:
            yield from _firsts(one)
    else:
        for one in part.parts:
            yield from _firsts(one)
            if not _may_be_empty(one):
                return


@cache
def _may_be_empty(part: Part) -> bool:
    if part.least == 0:
        return True
    if isinstance(part, Element):
        return False
    if isinstance(part, Choice):
        return any(_may_be_empty(one) for one in part.parts)
    return all(_may_be_empty(one) for one in part.parts)
