"""Conditions of an export definition, as typed lines: `Leerjaar vanaf 5`, `Status is Ingeschreven`, `E-mailadres is
leeg`.

Texts compare case-insensitively, in natural order: 2 comes before 10. An empty value only meets `is leeg`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.clock import parse_date
from app.exchange.names import folded
from app.refusals import Refused
from app.school.files.export_fields import ExportField, Kind, Subject
from app.school.groups import natural_key
from app.school.text import clean_text

EMPTY = "leeg"
MOST = 10
"""The maximum number of conditions in a definition."""


class Operator(StrEnum):
    """A comparison of a field with a value."""

    IS = "is"
    CONTAINS = "contains"
    FROM = "from"
    UNTIL = "until"

    @property
    def label(self) -> str:
        """As typed."""
        return {"is": "is", "contains": "bevat", "from": "vanaf", "until": "tot en met"}[self.value]


_OPERATORS = {
    Kind.TEXT: tuple(Operator),
    Kind.CHOICE: (Operator.IS,),
    Kind.DATE: (Operator.IS, Operator.FROM, Operator.UNTIL),
    Kind.NUMBER: (Operator.IS, Operator.FROM, Operator.UNTIL),
}


@dataclass(frozen=True)
class Condition:
    """A condition on a field; an empty value requires an empty field."""

    field: ExportField
    operator: Operator
    value: Any = None

    def holds(self, value: Any) -> bool:
        """Whether a value meets the condition."""
        if self.value is None or value is None or value == "":
            return self.value is None and value in (None, "")
        if self.field.kind is Kind.TEXT:
            return self._text_holds(str(value))
        if self.operator is Operator.IS:
            return bool(value == self.value)
        return bool(value >= self.value if self.operator is Operator.FROM else value <= self.value)

    def _text_holds(self, value: str) -> bool:
        asked = str(self.value)
        match self.operator:
            case Operator.IS:
                return folded(value) == folded(asked)
            case Operator.CONTAINS:
                return bool(folded(asked)) and folded(asked) in folded(value)  # a lone accent matches no name
            case Operator.FROM:
                return natural_key(value) >= natural_key(asked)
            case Operator.UNTIL:
                return natural_key(value) <= natural_key(asked)

    @property
    def words(self) -> str:
        """As typed."""
        return (
            f"{self.field.title} {self.operator.label} {EMPTY if self.value is None else self.field.text(self.value)}"
        )


def typed(subject: Subject, text: str) -> list[Condition]:
    """Parse typed conditions, one per line. Raises `Refused` for field `conditions`, naming the line."""
    lines = [
        line for line in clean_text(text, 4000, "conditions", "Voorwaarden", lines=True).splitlines() if line.strip()
    ]
    if len(lines) > MOST:
        raise _refused(f"Er zijn {len(lines)} voorwaarden; er passen er {MOST}.")
    return [_condition(subject, " ".join(line.split())) for line in lines]


def _condition(subject: Subject, line: str) -> Condition:
    field = next(
        (one for one in _longest_first(subject) if f"{line} ".casefold().startswith(f"{one.title} ".casefold())), None
    )
    if field is None:
        titles = ", ".join(one.title for one in subject.fields)
        raise _refused(f"'{line}' begint niet met een veld. Kies uit: {titles}.")
    rest = line[len(field.title) :].strip()
    for operator in _OPERATORS[field.kind]:
        if f"{rest} ".casefold().startswith(f"{operator.label} "):
            return Condition(field, operator, _value(field, operator, rest[len(operator.label) :].strip()))
    labels = ", ".join(operator.label for operator in _OPERATORS[field.kind])
    raise _refused(f"'{line}': na {field.title} hoort een van: {labels}.")


def _longest_first(subject: Subject) -> list[ExportField]:
    return sorted(subject.fields, key=lambda one: -len(one.title))


def _value(field: ExportField, operator: Operator, text: str) -> Any:
    if operator is Operator.IS and text.casefold() in ("", EMPTY):
        return None
    if not text:
        raise _refused(f"Bij '{field.title} {operator.label}' ontbreekt waarmee er vergeleken wordt.")
    if field.kind is Kind.CHOICE:
        return _choice(field, text)
    if field.known and operator is not Operator.CONTAINS and text.upper() not in field.known:
        raise _refused(f"{field.title}: '{text}' bestaat niet. Kies uit: {', '.join(field.known)}.")
    try:
        return parse_date(text) if field.kind is Kind.DATE else int(text) if field.kind is Kind.NUMBER else text
    except ValueError:
        raise _refused(f"{field.title}: '{text}' is geen geheel getal.") from None
    except Refused as refusal:
        raise _refused(f"{field.title}: {refusal.sentence}") from None


def _choice(field: ExportField, text: str) -> str:
    for code, label in field.choices:
        if label.casefold() == text.casefold():
            return code
    raise _refused(f"{field.title}: '{text}' bestaat niet. Kies uit: {', '.join(label for _, label in field.choices)}.")


def _refused(sentence: str) -> Refused:
    return Refused(sentence, field="conditions")


def kept(conditions: list[Condition]) -> str:
    """The conditions as stored with a definition."""
    rows = [
        [one.field.name, str(one.operator), one.value.isoformat() if isinstance(one.value, date) else one.value]
        for one in conditions
    ]
    return json.dumps(rows, ensure_ascii=False)


def read(subject: Subject, text: str) -> Iterator[Condition]:
    """Parse the stored conditions of a definition. Raises `Refused` when the field of one no longer exists."""
    for name, operator, value in json.loads(text):
        field = subject.field(name)
        known = date.fromisoformat(value) if field.kind is Kind.DATE and value is not None else value
        yield Condition(field, Operator(operator), known)


def in_words(conditions: Iterator[Condition] | list[Condition]) -> str:
    """The conditions as typed, one per line."""
    return "\n".join(condition.words for condition in conditions)
