"""Fields that can be typed: each is described once, and forms, checks, exports and histories derive from it.

The column gives the name (`verbose_name`) and maximum length; a `FieldSpec` gives the rest. A form is a frozen
dataclass, a `Described`, whose fields are annotated with their spec:

    first_name: Annotated[str, Text(StaffMember.first_name, required=True)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Annotated, Any, Self, get_origin, get_type_hints

from app import clock
from app.refusals import Refused, missing
from app.school.text import clean_text
from models.base import BaseModel


@dataclass(frozen=True, eq=False)  # columns of a database must not be compared
class FieldSpec:
    """What a field holds. `label` and `said` are its name in a form and in refusals, if different from the column's."""

    column: Any
    required: bool = False
    label: str = ""
    said: str = ""
    help: str = ""

    @property
    def name(self) -> str:
        """The name of the column."""
        return str(self.column.name)

    @property
    def title(self) -> str:
        """Its name in a form."""
        return self.label or str(self.column.verbose_name)

    @property
    def subject(self) -> str:
        """Its name in a refusal."""
        return self.said or self.title

    def written(self, value: Any) -> Any:
        """A value as a form shows it."""
        return value

    def read(self, typed: Any) -> Any:
        """Parse a form's value. Raises `Refused` for what cannot be read."""
        return typed

    def checked(self, value: Any, today: date | None = None) -> Any:  # noqa: ARG002
        """Return the value to store. Raises `Refused` for this field."""
        return value

    def entered(self, typed: Any, today: date | None = None) -> Any:
        """Parse and check a form's value, to store. Raises `Refused` for this field."""
        return self.checked(self.read(typed), today)


@dataclass(frozen=True, eq=False)
class Text(FieldSpec):
    """A line of text. `rule` converts a non-empty text to what is stored, or raises `Refused`; `longest` overrides the
    column's length for what may be typed; `stops` prevents typing more.
    """

    rule: Callable[[str], str] | None = None
    longest: int = 0
    lines: bool = False
    stops: bool = False

    def checked(self, value: Any, today: date | None = None) -> str:  # noqa: ARG002
        """Return the text normalised as a name."""
        longest = self.longest or self.column.max_length
        text = clean_text(value, longest, self.name, self.subject, self.required, self.lines)
        try:
            return self.rule(text) if text and self.rule else text
        except Refused as refusal:
            refusal.field = self.name
            raise


@dataclass(frozen=True, eq=False)
class Day(FieldSpec):
    """A typed date. `wrong` returns what is wrong with a date (given today's), as a sentence, or nothing."""

    wrong: Callable[[date, date], str] | None = None
    named: bool = True
    """Whether the refusal of an invalid date starts with the name of the field."""

    def written(self, value: Any) -> str:
        """As in `14-4-2020`."""
        return clock.dutch_date(value) if value else ""

    def read(self, typed: Any) -> Any:
        """Parse the date; None if empty, when allowed."""
        text = clean_text(typed, 40, self.name, self.subject, required=self.required)
        try:
            return clock.parse_date(text) if text else None
        except Refused as refusal:
            raise Refused(f"{self.subject}: " * self.named + refusal.sentence, field=self.name) from None

    def checked(self, value: Any, today: date | None = None) -> date | None:
        """Return a valid date."""
        if value is None and self.required:
            raise Refused(missing(self.subject), field=self.name)
        if value is not None and self.wrong:
            assert today is not None, f"{self.name} is compared with today"
            if wrong := self.wrong(value, today):
                raise Refused(wrong, field=self.name)
        return value  # type: ignore[no-any-return]


@dataclass(frozen=True, eq=False)
class OneOf(FieldSpec):
    """One of a set of values, each with its text."""

    options: tuple[tuple[Any, str], ...] = ()

    def written(self, value: Any) -> str:
        """The value as text."""
        return str(value)

    def read(self, typed: Any) -> Any:
        """The value with this text."""
        return next((value for value, _ in self.options if str(value) == typed), typed)

    def checked(self, value: Any, today: date | None = None) -> Any:  # noqa: ARG002
        """Return one of the values. A refusal lists them as a command writes them."""
        for one, _ in self.options:
            if one == value:
                return one
        given = f"'{value}'" if isinstance(value, str) else value
        known = ", ".join(one if isinstance(one, str) else text for one, text in self.options)
        raise Refused(f"{self.subject} {given} bestaat niet. Kies uit: {known}.", field=self.name)


def same(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Options whose stored value is their text."""
    return tuple((text, text) for text in texts)


@dataclass(frozen=True, eq=False)
class YesNo(FieldSpec):
    """Yes or no."""


@dataclass(frozen=True)
class Described:
    """A form as filled in; `checked` makes it ready to store."""

    @classmethod
    def specs(cls) -> Mapping[str, FieldSpec]:
        """The specs of its fields, in column order; fields without a spec are left out."""
        return _specs(cls)  # type: ignore[arg-type]  # a class is hashable

    @classmethod
    def of(cls, *records: BaseModel) -> Self:
        """Fill in the form from these records."""
        held = {type(record): record for record in records}
        return cls(
            **{name: getattr(held[spec.column.model], spec.name) for name, spec in cls.specs().items()},
        )

    @classmethod
    def read(cls, typed: Mapping[str, Any], **others: Any) -> Self:
        """Parse a typed form, from the fields that are present; `others` are fields without a spec. Raises
        `Refused`.
        """
        return cls(**{name: spec.read(typed[name]) for name, spec in cls.specs().items() if name in typed}, **others)

    def checked(self, today: date | None = None) -> Self:
        """Return the form ready to store. Raises `Refused` with the sentence and the name of the first field at
        fault.
        """
        return replace(self, **{name: spec.checked(getattr(self, name), today) for name, spec in self.specs().items()})

    def columns(self, model: type[BaseModel]) -> dict[str, Any]:
        """The columns of a table that the form fills."""
        return {spec.name: getattr(self, name) for name, spec in self.specs().items() if spec.column.model is model}

    def fill(self, record: BaseModel) -> None:
        """Copy the form's values to a record, without saving it."""
        for name, value in self.columns(type(record)).items():
            setattr(record, name, value)


@cache
def _specs(form: type[Any]) -> Mapping[str, FieldSpec]:
    hints = get_type_hints(form, include_extras=True)
    described = [one.name for one in fields(form) if get_origin(hints[one.name]) is Annotated]
    found = {name: hints[name].__metadata__[0] for name in described}
    return dict(sorted(found.items(), key=lambda pair: pair[1].column._sort_key))
