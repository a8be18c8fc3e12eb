"""Whatever a school's names, importing a file twice changes nothing the second time."""

from __future__ import annotations

import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exchange.names import full_name, kept
from app.school.files.import_preview import Tally
from app.school.files.imports import apply, preview
from app.school.people.names import list_name
from models.school import Pupil
from tests.builders import make_actor, make_board
from tests.school.files.edex import composite, edex, group, pupil, teacher

letters = st.characters(categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters="\ufffe\uffff")


def names(limit: int, least: int = 1) -> st.SearchStrategy[str]:
    text = st.text(letters, min_size=least, max_size=limit)
    return text.filter(lambda value: len(value.strip()) >= least and len(unicodedata.normalize("NFC", value)) <= limit)


people = st.lists(st.tuples(names(64), names(10, 0), names(200), st.integers(0, 2)), max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=people, group_names=st.lists(names(64), min_size=3, max_size=3), data=st.data())
def test_a_school_imported_twice_is_unchanged_the_second_time(
    db: str, people: list[tuple[str, str, str, int]], group_names: list[str], data: st.DataObject
) -> None:
    actor = make_actor(make_board())
    first, second, plus = (f"{number}{name}"[:40] for number, name in enumerate(group_names))
    groups = group("g0", first, "5") + group("g1", second, "C") + composite("g2", plus)
    pupils = [
        pupil(f"p{number}", roepnaam, last, ("g0", "g1", "")[where], ("g2",) if where else (), prefix=prefix)
        for number, (roepnaam, prefix, last, where) in enumerate(people)
    ]
    staff = teacher("t1", *data.draw(st.tuples(names(64), names(200))), '<groep key="g1"/>')
    source = edex(*pupils, groups=groups, staff=staff)
    found = preview(actor, source)
    assert found.errors == []
    assert apply(actor, found).pupils == Tally(len(people), 0, 0)
    again = preview(actor, source)
    assert again.changes_nothing
    assert apply(actor, again).pupils == Tally(0, 0, len(people))
    for row in Pupil.select().where(Pupil.location == actor.location):
        roepnaam = people[int(row.key[1:])][0]
        assert row.first_name == kept(roepnaam)


def test_names_are_written_as_people_do() -> None:
    assert full_name("Anna", "van der", "Berg") == "Anna van der Berg"
    assert list_name("Anna", "van der", "Berg") == "Berg, Anna van der"
    assert list_name("Anna", "", "") == "Anna"
