"""The fields of a form that `app.school.fields` describes."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.school.fields import Described, FieldSpec, OneOf, Text, YesNo
from screens.shared.fields import AreaField, ChoiceField, Field, TextField, TickField


def field_of(spec: FieldSpec, value: Any = "", today: date | None = None) -> Field:
    """The field, filled in."""
    name, title, help, shown = spec.name, spec.title, spec.help, spec.written(value)
    if isinstance(spec, OneOf):
        options = tuple((text, spec.written(one)) for one, text in spec.options)
        return ChoiceField(name, title, spec.required, shown, help, options=options)
    if isinstance(spec, YesNo):
        return TickField(name, title, spec.required, shown, help)

    def check(typed: Any) -> object:
        return spec.entered(typed, today)

    if isinstance(spec, Text) and spec.lines:
        return AreaField(name, title, spec.required, shown, help, check)
    longest = spec.column.max_length if isinstance(spec, Text) and spec.stops else 0
    return TextField(name, title, spec.required, shown, help, check, longest)


def fields_of(form: Described, *names: str, today: date | None = None) -> list[Field]:
    """The fields with these names, or all in the order of the columns, filled in with what the form says."""
    specs = form.specs()
    return [field_of(specs[name], getattr(form, name), today) for name in names or specs]
