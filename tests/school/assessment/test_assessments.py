"""Toetsen activeren: the catalogue with what is active, and who may switch."""

from __future__ import annotations

import pytest

from app.access import NotAllowed
from app.permissions import Role
from app.refusals import NotFound
from app.school.assessment import assessments
from app.school.assessment.catalogue import all_assessments
from tests.builders import location_of, make_actor, make_board

MAY = (Role.DIRECTIE, Role.APPLICATIEBEHEERDER, Role.INTERN_BEGELEIDER)


def test_switching_is_for_one_location_and_can_be_repeated(db: str) -> None:
    board = make_board(locations=("00", "01"))
    actor, elsewhere = make_actor(board), make_actor(board, number="01")
    assert not any(row.active for row in assessments.listed(actor))
    for _ in range(2):
        assert assessments.set_active(actor, "lezen-6", True).active
    assert [row.assessment.id for row in assessments.listed(actor) if row.active] == ["lezen-6"]
    assert not any(row.active for row in assessments.listed(elsewhere))
    for _ in range(2):
        assert not assessments.set_active(actor, "lezen-6", False).active
    assert assessments.active_ids(location_of(board).id) == frozenset()


def test_the_list_is_the_whole_catalogue_in_its_order(db: str) -> None:
    listed = assessments.listed(make_actor(make_board()))
    assert tuple(row.assessment for row in listed) == all_assessments()


def test_an_unknown_assessment_is_refused(db: str) -> None:
    with pytest.raises(NotFound, match="knutselen-6"):
        assessments.set_active(make_actor(make_board()), "knutselen-6", True)


@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_switch(db: str, role: Role | None) -> None:
    actor = make_actor(make_board(), role)
    for action in (lambda: assessments.listed(actor), lambda: assessments.set_active(actor, "lezen-6", True)):
        if role in MAY:
            action()
        else:
            with pytest.raises(NotAllowed):
                action()
