"""Finding similar people: the index finds all whom the rules may match, on both databases."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exchange.identity import Person, Verdict, compare, verdict
from app.exchange.names import folded
from app.school.people.resembling import resembling
from models.base import is_sqlite, real_database
from models.bulk import beginning_with
from models.school import Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil

WORDS = st.sampled_from(["Anna", "Ánna", "van", "der", "Berg", "De", "O'Neil"])
NAMES = st.tuples(
    st.lists(WORDS, min_size=1, max_size=2), st.lists(WORDS, max_size=1), st.lists(WORDS, max_size=2)
).map(lambda parts: tuple(" ".join(part) for part in parts))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(here=st.lists(NAMES, max_size=5), arriving=st.lists(NAMES, min_size=1, max_size=3))
def test_nobody_whom_the_rules_may_take_for_one_is_missed(
    db: str, here: list[tuple[str, str, str]], arriving: list[tuple[str, str, str]]
) -> None:
    actor = make_actor(make_board())
    group, born = make_group(actor.location), date(2010, 1, 1)
    there = {}
    for first, prefix, last in here:
        pupil = make_pupil(group, first, last)
        Pupil.update(prefix=prefix, sort_name=folded(last, first, prefix)).where(Pupil.id == pupil.id).execute()
        there[pupil.id] = Person(pupil.key, pupil.eckid, first, prefix, last, born)
    people = [Person(f"n{number}", "", *name, born) for number, name in enumerate(arriving)]
    found = {one.id for one in resembling([actor.location.id], people)}
    alike = {
        number
        for number, person in there.items()
        for one in people
        if verdict(compare(one, person)) is not Verdict.OTHER
    }
    assert alike <= found


def test_by_eck_id_or_a_number_of_before_and_only_at_these_locations(db: str) -> None:
    board = make_board(locations=("00", "01"))
    here, there = (make_group(location_of(board, number)) for number in ("00", "01"))
    by_eckid, by_number, elsewhere = make_pupil(here, "A"), make_pupil(here, "B"), make_pupil(there, "C")
    person = Person("9", by_eckid.eckid, "Niemand", "", "Hier")
    found = resembling([here.location_id], [person], {by_number.id: ["9"], elsewhere.id: ["9"]})
    assert [(one.id, one.person.numbers) for one in found] == [
        (by_eckid.id, {by_eckid.key}),
        (by_number.id, {by_number.key, "9"}),
    ]
    assert resembling([], [person]) == []


def test_names_are_looked_up_in_the_index(db: str) -> None:
    if not is_sqlite():
        return
    query = Pupil.select(Pupil.id).where(beginning_with(Pupil.sort_name, ["berg anna"], location=[1]))
    statement, values = query.sql()
    plan = " ".join(
        str(row) for row in real_database().execute_sql(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
    )
    assert "location_id=? AND sort_name>? AND sort_name<?" in plan
