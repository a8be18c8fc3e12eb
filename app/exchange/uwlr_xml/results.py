"""Reads the results of a message that was checked before, one pupil at a time, with the place of each.

What a score is in ESIS: an ontwikkelscore (`vaardigheidsscore`) or a number (`score`), with the I-V score
(`referentiescore` IV, Landelijk) as its level and the reference level (`referentiescore` RNTRM) beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import IO

from app.exchange.uwlr import ResultData
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.brought import BroughtTests, near
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


@dataclass(frozen=True)
class Brought:
    """A result, and where it stands."""

    data: ResultData
    node: Node
    norm: str = ""
    """The term of the norm in which its score falls."""

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
        if node.name != "toetsafname":
            return
        pupil, eckid = node.value("leerlingid"), node.value("eckid")
        _check_length(node.child("leerlingid") or node, pupil)
        results = node.child("resultaten")
        for one in results.all("resultaat") if results is not None else ():
            take(_brought(one, pupil, eckid, tests))

    file.seek(0)
    read(file, ("toetsafname", "toets"), sitting, limits)


def _brought(node: Node, pupil: str, eckid: str, tests: BroughtTests) -> Brought:
    _check_length(node, node.attributes["key"])
    code, part = node.value("toetscode"), node.value("toetsonderdeelcode")
    test = tests.by_code[code]
    if part and part not in test.parts:
        at = node.child("toetsonderdeelcode") or node
        known = ", ".join(list(test.parts)[:8]) or "geen onderdeel"
        raise Violation(at.finding(rules.NO_SUCH_PART, shown(part), known, near(part, test.parts)))
    score, level, reference = _score(node)
    norms = test.parts[part] if part else test.norms
    fits = next((term for first, last, term in norms if first <= score <= last), None)
    number = node.child("score")
    if number is not None and norms and fits is None:
        told = ", ".join(f"{first}-{last}" for first, last, _ in norms[:8])
        raise Violation(number.finding(rules.OUTSIDE_NORM, str(score), f"een score in {told}"))
    data = ResultData(
        key=node.attributes["key"],
        pupil_key=pupil,
        pupil_eckid=eckid,
        assessment=code,
        date=date.fromisoformat(node.value("afnamedatum")[:10]),
        score=score,
        part=part,
        level=level,
        reference_level=reference,
    )
    return Brought(data, node, fits or "")


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
