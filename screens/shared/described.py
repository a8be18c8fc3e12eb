"""The fields of a form that `app.school.fields` describes."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.school.fields import Described, FieldSpec, OneOf, Text, YesNo
from screens.shared.fields import AreaField, ChoiceField, Field, TextField, TickField


def field_of(spec: FieldSpec, value: Any = "", today: date | None = None) -> Field:
    """The field with its value."""
    told = (spec.name, spec.title, spec.required, spec.written(value), spec.help)
    if isinstance(spec, OneOf):
        return ChoiceField(*told, options=tuple((text, spec.written(one)) for one, text in spec.options))
    if isinstance(spec, YesNo):
        return TickField(*told)

    def check(typed: Any) -> object:
        return spec.entered(typed, today)

    if isinstance(spec, Text) and spec.lines:
        return AreaField(*told, check)
    longest = spec.column.max_length if isinstance(spec, Text) and spec.stops else 0
    return TextField(*told, check, longest)


def fields_of(form: Described, *names: str, today: date | None = None) -> list[Field]:
    """The fields with these names, or all in column order, with the values from the form."""
    specs = form.specs()
    return [field_of(specs[name], getattr(form, name), today) for name in names or specs]
