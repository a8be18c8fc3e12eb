"""Checks the elements of an EDEXML record against the rules, and collects the problems."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from app.exchange.edexml_records import Problem, Problems, Severity
from app.exchange.edexml_rules import KNOWN_BLOCKS, LAYOUTS, REFERENCES, RULES, Layout, Rule, WrongValue
from app.exchange.xml import line_of

_ATTRIBUTES = frozenset({"key", "eckid"})
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


class Checker:
    """Extracts values from elements; `problems` holds what is wrong, `errors` counts what stops an import."""

    def __init__(self) -> None:
        self.problems = Problems()
        self.errors = 0

    def values(self, element: etree._Element, who: str) -> dict[str, Any]:
        """The values that ESIS uses, by element name: None if invalid, a list of keys for references."""
        values: dict[str, Any] = {}
        layout = LAYOUTS[str(element.tag)]
        for attribute in element.keys():  # noqa: SIM118 - lxml elements iterate over children
            if attribute not in _ATTRIBUTES:
                self.warn(element, f"{who}: het attribuut {attribute!s} hoort niet bij EDEXML en is genegeerd.")
        for name, child in self.children(element, layout, who):
            if rule := RULES.get(name):
                text = (child.text or "").strip()
                value = self._value(child, name, text, rule, who) if text or len(child) else ""
                if value != "":
                    values[name] = value
                elif name in layout.required:
                    self.error(child, f"{who}: {name} is leeg.")
                else:
                    self.warn(child, f"{who}: {name} is leeg en telt als niet opgegeven.")
            elif name == "toevoegingen":
                values[name] = dict(self._additions(child, who))
            elif name in ("groep", "vestiging"):
                values[name] = self._reference(child, who)
            elif name in REFERENCES:
                self._references(child, who, values)
        return values

    def _value(self, element: etree._Element, name: str, text: str, rule: Rule, who: str) -> object:
        if len(element):
            self.error(element[0], f"{who}: in {name} hoort alleen tekst te staan.")
            return None
        try:
            return rule(text)
        except WrongValue as wrong:
            self.error(element, f"{who}: {name} {wrong}.")
            return None

    def _references(self, element: etree._Element, who: str, values: dict[str, Any]) -> None:
        for child in element:
            if child.tag in REFERENCES[str(element.tag)]:
                values.setdefault(str(child.tag), []).extend(self._reference(child, who))
            else:
                self.unexpected(child, f"{element.tag!s} van {who}", ", ".join(REFERENCES[str(element.tag)]))

    def _reference(self, element: etree._Element, who: str) -> list[str]:
        if value := element.get("key", "").strip():
            return [value]
        self.error(element, f"{who}: {element.tag!s} heeft geen sleutel (attribuut key).")
        return []

    def _additions(self, element: etree._Element, who: str) -> Iterator[tuple[str, str]]:
        """The code and text of each remark."""
        for block in element:
            kind = block.get(_XSI_TYPE, "").strip().rpartition(":")[2]
            if block.tag != "blok":
                self.unexpected(block, f"toevoegingen van {who}", "blok")
            elif kind not in KNOWN_BLOCKS:
                self.warn(block, f"{who}: toevoeging van de soort '{kind}' is onbekend en niet overgenomen.")
            else:
                yield (block.findtext("code") or "").strip(), (block.findtext("opmerking") or "").strip()

    def children(self, element: etree._Element, layout: Layout, who: str) -> Iterator[tuple[str, etree._Element]]:
        """The known children with their names. Unknown, misplaced and missing ones are errors."""
        last, before, names, places = -1, "", set(), layout.position
        for child in element:
            name = str(child.tag)
            names.add(name)
            place = places.get(name)
            if place is None:
                self.unexpected(child, who, layout.after(last))
                continue
            if place < last:
                self.error(child, f"{who}: {name} staat op de verkeerde plaats; het hoort voor {before}.")
            elif place == last and name not in layout.repeated:
                self.error(child, f"{who}: {name} is er een te veel na {before}.")
            else:
                last, before = place, name
            yield name, child
        for name in layout.required:
            if name not in names:
                self.error(element, f"{who}: {name} ontbreekt.")

    def unexpected(self, element: etree._Element, where: str, expected: str) -> None:
        """Report an element that is not allowed in `where`."""
        self.error(element, f"{where}: het element {element.tag!s} hoort hier niet; verwacht: {expected}.")

    def error(self, element: etree._Element, sentence: str) -> None:
        """Report a problem that stops the import."""
        self.errors += 1
        self.problems.append(Problem(line_of(element), sentence))

    def warn(self, element: etree._Element, sentence: str) -> None:
        """Report a problem that does not stop the import."""
        self.problems.append(Problem(line_of(element), sentence, Severity.WARNING))

    def remark(self, line: int, sentence: str) -> None:
        """Report an oddity of the file that does not stop the import."""
        self.problems.append(Problem(line, sentence, Severity.WARNING))
