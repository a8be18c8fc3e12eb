"""A definition selects the rows that meet its conditions, checked against an independent formulation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import Actor
from app.clock import PRACTICE_START, dutch_date
from app.exchange.names import folded
from app.school.files import export_definitions as definitions
from app.school.files import export_rows
from app.school.files.export_conditions import Operator
from app.school.files.export_definitions import DefinitionForm
from app.school.files.export_fields import SUBJECTS
from app.school.groups import natural_key
from app.school.people.status import status_of
from models.school import Placement, Pupil
from tests.builders import make_actor, make_board, make_group, make_pupil
from tests.exchange.test_edexml_writer import kept

TODAY = PRACTICE_START.date()
PUPILS = SUBJECTS["pupils"]


def form(**values: Any) -> DefinitionForm:
    return DefinitionForm(**{"name": "Klassenlijst", "subject": "pupils", "columns": ("key", "first_name"), **values})


def some_pupils(draw: st.DrawFn, actor: Actor) -> list[Pupil]:
    groups = [make_group(actor.location, name, name) for name in ("2", "10")]
    pupils = []
    for number in range(draw(st.integers(0, 6))):
        pupil = make_pupil(draw(st.sampled_from(groups)), draw(kept(10, 1)), draw(kept(10, 1)), f"{number}")
        pupil.birth_date = draw(st.none() | st.dates(date(2010, 1, 1), date(2010, 1, 9)))
        pupil.gender = draw(st.sampled_from([0, 1, 2]))
        pupil.unsubscribed_on = draw(st.none() | st.dates(date(2020, 4, 12), date(2020, 4, 16)))
        pupil.save()
        if draw(st.booleans()):
            Placement.delete().where(Placement.pupil == pupil).execute()
        pupils.append(pupil)
    return pupils


def plain_values(pupil: Pupil) -> dict[str, Any]:
    """What the fields hold, as one reads the rule."""
    seat = Placement.get_or_none(Placement.pupil == pupil)
    return {
        "key": pupil.key,
        "first_name": pupil.first_name,
        "last_name": pupil.last_name,
        "birth_date": pupil.birth_date,
        "gender": {0: "Onbekend", 1: "Jongen", 2: "Meisje"}[pupil.gender],
        "year_group": pupil.year_group,
        "group": seat.group.name if seat else "",
        "status": status_of(pupil, TODAY).label,
    }


COLUMNS = ("key", "first_name", "last_name", "birth_date", "gender", "group", "year_group", "status")
RULES: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.IS: lambda value, asked: value == asked,
    Operator.CONTAINS: lambda value, asked: asked in value,
    Operator.FROM: lambda value, asked: value >= asked,
    Operator.UNTIL: lambda value, asked: value <= asked,
}


def meets(value: Any, operator: Operator, asked: Any) -> bool:
    """The rule: empty meets only empty; texts without capitals and accents, and in the order of a reader."""
    if asked is None or value in (None, ""):
        return asked is None and value in (None, "")
    if isinstance(value, str) and operator in (Operator.FROM, Operator.UNTIL):
        return RULES[operator](natural_key(value), natural_key(asked))
    if isinstance(value, str):
        return RULES[operator](folded(value), folded(asked)) and (operator is Operator.IS or bool(folded(asked)))
    return RULES[operator](value, asked)


ASKED = {
    "first_name": (st.sampled_from(list(Operator)), kept(1, 1)),
    "year_group": (st.sampled_from(list(Operator)), st.sampled_from(["2", "3", "11"])),
    "group": (st.sampled_from(list(Operator)), st.sampled_from(["2", "10"])),
    "birth_date": (
        st.sampled_from([Operator.IS, Operator.FROM, Operator.UNTIL]),
        st.dates(date(2010, 1, 1), date(2010, 1, 9)),
    ),
    "gender": (st.just(Operator.IS), st.sampled_from(["Jongen", "Meisje"])),
    "status": (st.just(Operator.IS), st.sampled_from(["Ingeschreven", "Uitgeschreven"])),
}


@st.composite
def conditions(draw: st.DrawFn) -> list[tuple[str, Operator, Any]]:
    asked = []
    for name in draw(st.lists(st.sampled_from(list(ASKED)), max_size=2)):
        operator, value = (draw(part) for part in ASKED[name])
        empty = operator is Operator.IS and draw(st.integers(0, 4)) == 0
        asked.append((name, operator, None if empty else value))
    return asked


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), asked=conditions(), columns=st.lists(st.sampled_from(COLUMNS), min_size=1, unique=True))
def test_a_definition_gives_the_rows_that_the_rule_says(
    db: str, data: st.DataObject, asked: list[tuple[str, Operator, Any]], columns: list[str]
) -> None:
    actor = make_actor(make_board())
    pupils = some_pupils(data.draw, actor)  # type: ignore[arg-type]
    lines = "\n".join(_line(name, operator, value) for name, operator, value in asked)
    made = definitions.create(actor, form(columns=tuple(columns), conditions=lines, sorted_by="key"))
    expected = []
    for pupil in pupils:  # already in order of key
        values = plain_values(pupil)
        if all(meets(values[name], operator, value) for name, operator, value in asked):
            expected.append([_shown(values[name]) for name in columns])
    assert list(export_rows.rows(actor, made)) == expected
    assert DefinitionForm.of(made).columns == tuple(columns)


def _shown(value: Any) -> str:
    return dutch_date(value) if isinstance(value, date) else value or ""


def _line(name: str, operator: Operator, value: Any) -> str:
    asked = "leeg" if value is None else _shown(value)
    return f"{PUPILS.field(name).title} {operator.label} {asked}"
