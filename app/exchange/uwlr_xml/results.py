"""Reads the results of a message that was checked, one pupil at a time: what they say, and their place where it matters.

What a score is in ESIS: an ontwikkelscore (`vaardigheidsscore`) or a number (`score`), with the I-V score
(`referentiescore` IV, Landelijk) as its level and the reference level (`referentiescore` RNTRM) beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import IO, NamedTuple

from app.exchange.uwlr import ResultData
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.brought import BroughtTests, Norm, near
from app.exchange.uwlr_xml.checking import shown
from app.exchange.uwlr_xml.nodes import Limits, Node, read
from app.exchange.uwlr_xml.rules import Finding, Rule, Violation
from app.exchange.uwlr_xml.shapes import decimal_of
from app.exchange.uwlr_xml.types import COMPARED_WITH, KEY, REFERENCE_SCORES

LEVEL, NATIONAL = "IV", "Landelijk"
REFERENCE_LEVEL = "RNTRM"
LONGEST_LEVEL = 20
"""Characters of a level that ESIS keeps."""
LARGEST = 2**31 - 1


class Said(NamedTuple):
    """What a result says, without its place; `plain`: its score is a `score`, for which norms count."""

    key: str
    pupil: str
    eckid: str
    code: str
    part: str
    day: str
    score: int
    level: str
    reference: str
    plain: bool

    def data(self, level: str) -> ResultData:
        """The result, with this level."""
        day = date.fromisoformat(self.day)
        return ResultData(
            self.key, self.pupil, self.eckid, self.code, day, self.score, self.part, level, self.reference
        )


@dataclass(frozen=True)
class Brought:
    """A result, and where it stands."""

    said: Said
    node: Node

    @property
    def value(self) -> Node:
        """Where its score stands: the number, or what it is in."""
        found = self.node.child("score") or self.node.child("osoresultaat") or self.node.child("anderresultaat")
        assert found is not None, "the shape was checked"
        return found

    def wrong(self, rule: Rule, part: str = "", found: str = "", expected: str = "", nearest: str = "") -> Finding:
        """A violation at a part of the result, or at the result itself."""
        return (self.node.child(part) or self.node).finding(rule, found, expected, nearest)


def each(file: IO[bytes], tests: BroughtTests, take: Callable[[Brought], None], limits: Limits = Limits()) -> None:  # noqa: B008
    """Give every result to `take`, in order. Raises `Violation` at the first that cannot be a result."""

    def sitting(node: Node) -> None:
        if node.name == "toetsafname":
            for said, one in said_in(node):
                _check_test(said, one, tests)
                take(Brought(said, one))

    file.seek(0)
    read(file, ("toetsafname", "toets"), sitting, limits)


def said_in(sitting: Node) -> Iterator[tuple[Said, Node]]:
    """What the results of a `toetsafname` say that follows its shape. Raises `Violation` at what ESIS cannot keep."""
    pupil, eckid = sitting.value("leerlingid"), sitting.value("eckid")
    _check_length(sitting.child("leerlingid") or sitting, pupil)
    results = sitting.child("resultaten")
    for one in results.all("resultaat") if results is not None else ():
        key = one.attributes["key"]
        _check_length(one, key)
        code, part, day = one.value("toetscode"), one.value("toetsonderdeelcode"), one.value("afnamedatum")[:10]
        yield Said(key, pupil, eckid, code, part, day, *_score(one), one.child("score") is not None), one


def norms_of(tests: BroughtTests, code: str, part: str) -> tuple[Norm, ...] | None:
    """The norms of a test that came along, or of its part; None if it, or the part, did not come."""
    test = tests.by_code.get(code)
    if test is None:
        return None
    return test.parts.get(part) if part else test.norms


def term_of(said: Said, norms: tuple[Norm, ...]) -> str | None:
    """The term of the norm in which the score falls, empty without norms; None if it must fall in one and does not."""
    for first, last, term in norms:
        if first <= said.score <= last:
            return term
    return None if norms and said.plain else ""


def _check_test(said: Said, node: Node, tests: BroughtTests) -> None:
    norms = norms_of(tests, said.code, said.part)
    if norms is None:
        test = tests.by_code.get(said.code)
        if test is None:  # of very many codes not all are looked at before
            at = node.child("toetscode") or node
            raise Violation(at.finding(rules.NO_SUCH_TEST, shown(said.code), "een toets in toetsen"))
        at = node.child("toetsonderdeelcode") or node
        known = ", ".join(list(test.parts)[:8]) or "geen onderdeel"
        raise Violation(at.finding(rules.NO_SUCH_PART, shown(said.part), known, near(said.part, test.parts)))
    if term_of(said, norms) is None:
        told = ", ".join(f"{first}-{last}" for first, last, _ in norms[:8])
        number = node.child("score") or node
        raise Violation(number.finding(rules.OUTSIDE_NORM, str(said.score), f"een score in {told}"))


def _check_length(node: Node, key: str) -> None:
    """A longer key than the standard has is forgiven where it is only read; what ESIS keeps has this length."""
    if len(key) > KEY.longest:
        raise Violation(node.finding(rules.VALUE, shown(key), f"{KEY.expected}, om te bewaren"))


def _score(node: Node) -> tuple[int, str, str]:
    """The score, the level and the reference level."""
    plain = node.child("score")
    if plain is not None:
        return _whole(plain, Decimal(plain.text.strip())), "", ""
    other = node.child("anderresultaat")
    if other is not None:
        text = other.child("andere_score")
        number = decimal_of(text.text) if text is not None else None
        if text is None or number is None:
            found = shown(text.text) if text is not None else "geen andere_score"
            raise Violation((text or other).finding(rules.SCORE_VALUE, found, "een andere_score die een getal is"))
        return _whole(text, number), "", ""
    oso = node.child("osoresultaat")
    assert oso is not None, "the shape was checked"
    return _oso(oso)


def _oso(oso: Node) -> tuple[int, str, str]:
    told: dict[str, str] = {}
    for one in oso.all("referentiescore"):
        for name, list_of in (("codereferentiescore", REFERENCE_SCORES), ("codevergelijkingsgroep", COMPARED_WITH)):
            value = one.value(name)
            if value not in list_of:
                at = one.child(name) or one
                expected = f"een term van de OSO-lijst {name}: {', '.join(list_of)}"
                raise Violation(at.finding(rules.ELD_VALUE, shown(value), expected, near(value, list_of)))
        code, value = one.value("codereferentiescore"), one.value("waarde")
        if code in (LEVEL, REFERENCE_LEVEL) and len(value) > LONGEST_LEVEL:
            expected = f"hoogstens {LONGEST_LEVEL} tekens"
            raise Violation((one.child("waarde") or one).finding(rules.ELD_VALUE, shown(value), expected))
        told.setdefault(code, value)
    score = oso.child("toetsscore")
    for name in ("vaardigheidsscore", "aantalgoed"):
        found = score.child(name) if score is not None else None
        number = decimal_of(found.text) if found is not None else None
        if found is not None and number is not None:
            return _whole(found, number), told.get(LEVEL, ""), told.get(REFERENCE_LEVEL, "")
    raise Violation((score or oso).finding(rules.ELD_VALUE, "geen score", "een vaardigheidsscore of aantalgoed"))


def _whole(node: Node, number: Decimal) -> int:
    """ESIS keeps whole scores: a decimal is rounded half up, as a report would show it."""
    if not 0 <= number <= LARGEST:
        raise Violation(
            node.finding(rules.SCORE_VALUE, shown(node.text.strip()), f"een getal van 0 tot en met {LARGEST}")
        )
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
