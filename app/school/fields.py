"""What can be typed about a record: a field is told once, and forms, checks, exports and histories are made of that.

The column says what the field is called (`verbose_name`) and how long it may be; a `FieldSpec` says what else there is to
say. A form is a frozen dataclass, a `Described`, whose fields are annotated with their spec:

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


@dataclass(frozen=True, eq=False)  # columns of a database are not to be compared
class FieldSpec:
    """What a field holds. `label` and `said` are what a form and a refusal call it, where the column has another word."""

    column: Any
    required: bool = False
    label: str = ""
    said: str = ""
    help: str = ""

    @property
    def name(self) -> str:
        """That of the column."""
        return str(self.column.name)

    @property
    def title(self) -> str:
        """What a form calls it."""
        return self.label or str(self.column.verbose_name)

    @property
    def subject(self) -> str:
        """What a refusal calls it."""
        return self.said or self.title

    def written(self, value: Any) -> Any:
        """A value as a form shows it."""
        return value

    def read(self, typed: Any) -> Any:
        """The value that a form says. Raises `Refused` for what cannot be read."""
        return typed

    def checked(self, value: Any, today: date | None = None) -> Any:  # noqa: ARG002
        """The value as it is kept. Raises `Refused` for this field."""
        return value

    def entered(self, typed: Any, today: date | None = None) -> Any:
        """What a form says, as it is kept. Raises `Refused` for this field."""
        return self.checked(self.read(typed), today)


@dataclass(frozen=True, eq=False)
class Text(FieldSpec):
    """A line of text. `rule` gives a text that is not empty as it is kept, or raises `Refused`; `longest` counts where
    more may be typed than the column keeps; what `stops` does not let anybody type more.
    """

    rule: Callable[[str], str] | None = None
    longest: int = 0
    lines: bool = False
    stops: bool = False

    def checked(self, value: Any, today: date | None = None) -> str:  # noqa: ARG002
        """The text in the form of names."""
        longest = self.longest or self.column.max_length
        text = clean_text(value, longest, self.name, self.subject, self.required, self.lines)
        try:
            return self.rule(text) if text and self.rule else text
        except Refused as refusal:
            refusal.field = self.name
            raise


@dataclass(frozen=True, eq=False)
class Day(FieldSpec):
    """A date, which is typed. `wrong` says (with the date of today) what is wrong with one, as a sentence, or nothing."""

    wrong: Callable[[date, date], str] | None = None
    named: bool = True
    """Whether the refusal of what is no date begins with the name of the field."""

    def written(self, value: Any) -> str:
        """As in `14-4-2020`."""
        return clock.dutch_date(value) if value else ""

    def read(self, typed: Any) -> Any:
        """The date; None for nothing, where that may be."""
        text = clean_text(typed, 40, self.name, self.subject, required=self.required)
        try:
            return clock.parse_date(text) if text else None
        except Refused as refusal:
            raise Refused(f"{self.subject}: " * self.named + refusal.sentence, field=self.name) from None

    def checked(self, value: Any, today: date | None = None) -> date | None:
        """A date that can be."""
        if value is None and self.required:
            raise Refused(missing(self.subject), field=self.name)
        if value is not None and self.wrong:
            assert today is not None, f"{self.name} is compared with today"
            if wrong := self.wrong(value, today):
                raise Refused(wrong, field=self.name)
        return value  # type: ignore[no-any-return]


@dataclass(frozen=True, eq=False)
class OneOf(FieldSpec):
    """One of some values, each with the text that stands for it."""

    options: tuple[tuple[Any, str], ...] = ()

    def written(self, value: Any) -> str:
        """The value as text."""
        return str(value)

    def read(self, typed: Any) -> Any:
        """The value with this text."""
        return next((value for value, _ in self.options if str(value) == typed), typed)

    def checked(self, value: Any, today: date | None = None) -> Any:  # noqa: ARG002
        """One of them. A refusal names them as a command writes them."""
        for one, _ in self.options:
            if one == value:
                return one
        given = f"'{value}'" if isinstance(value, str) else value
        known = ", ".join(one if isinstance(one, str) else text for one, text in self.options)
        raise Refused(f"{self.subject} {given} bestaat niet. Kies uit: {known}.", field=self.name)


def same(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Options that are kept as they read."""
    return tuple((text, text) for text in texts)


@dataclass(frozen=True, eq=False)
class YesNo(FieldSpec):
    """Yes or no."""


@dataclass(frozen=True)
class Described:
    """A form as somebody filled it in; `checked` makes it fit to keep."""

    @classmethod
    def specs(cls) -> Mapping[str, FieldSpec]:
        """What its fields hold, in the order of the columns; a field without a spec is left out."""
        return _specs(cls)  # type: ignore[arg-type]  # a class is hashable

    @classmethod
    def of(cls, *records: BaseModel) -> Self:
        """The form filled in with what these records hold."""
        held = {type(record): record for record in records}
        return cls(
            **{name: getattr(held[spec.column.model], spec.name) for name, spec in cls.specs().items()},
        )

    @classmethod
    def read(cls, typed: Mapping[str, Any], **others: Any) -> Self:
        """The form that was typed, of the fields that were there; `others` are fields without a spec. Raises `Refused`."""
        return cls(**{name: spec.read(typed[name]) for name, spec in cls.specs().items() if name in typed}, **others)

    def checked(self, today: date | None = None) -> Self:
        """The form as it is kept. Raises `Refused` with the sentence and the name of the first field at fault."""
        return replace(self, **{name: spec.checked(getattr(self, name), today) for name, spec in self.specs().items()})

    def columns(self, model: type[BaseModel]) -> dict[str, Any]:
        """The columns of a table that it fills."""
        return {spec.name: getattr(self, name) for name, spec in self.specs().items() if spec.column.model is model}

    def fill(self, record: BaseModel) -> None:
        """Put what it says in a record, without saving that."""
        for name, value in self.columns(type(record)).items():
            setattr(record, name, value)


@cache
def _specs(form: type[Any]) -> Mapping[str, FieldSpec]:
    hints = get_type_hints(form, include_extras=True)
    described = [one.name for one in fields(form) if get_origin(hints[one.name]) is Annotated]
    found = {name: hints[name].__metadata__[0] for name in described}
    return dict(sorted(found.items(), key=lambda pair: pair[1].column._sort_key))
