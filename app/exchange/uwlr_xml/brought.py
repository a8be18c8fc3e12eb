"""The tests that travel with results, and what results must have with them: a code that is there, a score in the norm.

What is kept of a message with very many results is a hash of each key; scores are looked at when the results are read
again to be stored (`results.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.exchange.seen_keys import SeenKeys
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.checking import shown
from app.exchange.uwlr_xml.nodes import Node
from app.exchange.uwlr_xml.rules import Finding, Violation

_MOST = 20
_NAMED = 8
_CODES = 10_000
_DIGITS = 60
MOST = 100_000
"""Tests with their parts and norms; more are refused. Real catalogues have some hundreds."""


Norm = tuple[int, int, str]
"""The first and the last score, and the term of what lies between."""


@dataclass
class BroughtTest:
    """A test: the norms of the whole and of its parts, as first and last score and term."""

    code: str
    norms: tuple[Norm, ...] = ()
    parts: dict[str, tuple[Norm, ...]] = field(default_factory=dict)


@dataclass
class BroughtTests:
    """The tests by code, and the results that refer to them."""

    by_code: dict[str, BroughtTest] = field(default_factory=dict)
    results: int = 0
    _found: list[Finding] = field(default_factory=list)
    _keys: SeenKeys = field(default_factory=SeenKeys)
    _used: dict[str, Finding] = field(default_factory=dict)
    """The codes that results refer to, with where each stands first; not the element, which would keep its record."""
    _size: int = 0

    def add(self, node: Node) -> None:
        """A `toets`."""
        code = node.value("toetscode")
        self._count(node)
        if code in self.by_code:
            self._say(rules.SAME_TEST, node.child("toetscode") or node, shown(code), "elke toetscode één keer")
            return
        test = BroughtTest(code, self._norms(node.child("toetsnormering")))
        numbers: set[str] = set()
        parts = node.child("toetsonderdelen")
        for part in parts.all("toetsonderdeel") if parts is not None else ():
            number = part.value("toetsonderdeelvolgnummer")
            if number in numbers:
                at = part.child("toetsonderdeelvolgnummer") or part
                self._say(rules.SAME_PART_NUMBER, at, shown(number), "elk volgnummer één keer")
            numbers.add(number)
            self._count(part)
            test.parts[part.value("toetsonderdeelcode")] = self._norms(part.child("toetsonderdeelnormering"))
        self.by_code[code] = test

    def note(self, sitting: Node) -> None:
        """A `toetsafname`: its results have keys of their own; which tests they are of is looked at in the end."""
        results = sitting.child("resultaten")
        for result in results.all("resultaat") if results is not None else ():
            self.results += 1
            key = result.attributes.get("key", "")
            line = self._keys.put("resultaat", key, min(result.line, 2**32 - 1)) if key else None
            if line is not None:
                self._say(rules.SAME_KEY, result, f"key {shown(key)}, ook op regel {line}", "elke key één keer")
            code = result.child("toetscode")
            if code is not None and (text := code.text.strip()) not in self._used and len(self._used) < _CODES:
                self._used[text] = code.finding(rules.NO_SUCH_TEST, shown(text))

    def findings(self) -> list[Finding]:
        """What is wrong with keys, codes and norms."""
        for code, finding in self._used.items():
            if code not in self.by_code and len(self._found) < _MOST:
                known, hint = _listed(list(self.by_code)), near(code, self.by_code)
                self._found.append(replace(finding, expected=known, nearest=hint))
        return self._found

    def _count(self, node: Node) -> None:
        self._size += 1
        if self._size > MOST:
            raise Violation(node.finding(rules.LIMITS, "meer toetsen, onderdelen en normen", f"hoogstens {MOST}"))

    def _norms(self, norms: Node | None) -> tuple[Norm, ...]:
        found: list[Norm] = []
        for norm in norms.all("norm") if norms is not None else ():
            self._count(norm)
            first, last = norm.value("beginnormwaarde"), norm.value("eindnormwaarde")
            if not (first.isdecimal() and last.isdecimal() and len(first + last) < _DIGITS):
                continue  # its form is told already
            begin, end = int(first), int(last)
            if begin > end:
                self._say(
                    rules.NORM_ORDER, norm, f"van {begin} tot en met {end}", "een begin dat niet na het einde ligt"
                )
            elif any(begin <= other_end and other_begin <= end for other_begin, other_end, _ in found):
                self._say(
                    rules.NORM_ORDER, norm, f"{begin} tot en met {end}, ook in een andere norm", "normen naast elkaar"
                )
            else:
                found.append((begin, end, norm.value("term")))
        return tuple(found)

    def _say(self, rule: rules.Rule, node: Node, found: str, expected: str, nearest: str = "") -> None:
        if len(self._found) < _MOST:
            self._found.append(node.finding(rule, found, expected, nearest))


def near(value: str, known: Iterable[str]) -> str:
    """A hint: the known value that looks most like it."""
    from difflib import get_close_matches

    names = list(known)
    by_lower = {one.lower(): one for one in names}
    found = get_close_matches(value.lower()[:100], list(by_lower)[:2000], 1)
    return f"Bedoelt u {by_lower[found[0]]}?" if found else ""


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" ..." if len(names) > _NAMED else "") or "een toets in toetsen"
