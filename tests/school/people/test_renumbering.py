"""Another leerlingnummer: never one in use or used before, and everything else about the pupil stays."""

from __future__ import annotations

import pytest

from app.access import Actor, NotAllowed
from app.history import ChangedMeanwhile, version
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.people import enrolment, pupil_history, renumbering
from app.school.people.pupil_form import PupilForm
from models.school import Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil


def school() -> tuple[Actor, Pupil]:
    """A pupil with number 1001, and another with 1002."""
    actor = make_actor(make_board(locations=("00", "01")), Role.ADMINISTRATIE)
    group = make_group(actor.location)
    make_pupil(group, "Bram", key="1002")
    return actor, make_pupil(group, "Anna", key="1001")


def test_the_number_changes_and_the_rest_stays(db: str) -> None:
    actor, pupil = school()
    renumbered = renumbering.renumber(actor, pupil, " 2001 ")
    assert (renumbered.key, renumbered.eckid, renumbered.first_name) == ("2001", pupil.eckid, "Anna")
    assert [line.what for line in pupil_history.lines(actor, renumbered)] == ["Leerlingnummer: 1001 → 2001"]


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "kan geen leerlingnummer"),
        ("12a", "kan geen"),
        ("0123", "kan geen"),
        ("1234567890", "kan geen"),
        ("1001", "heeft leerlingnummer 1001 al"),
        ("1002", "van een andere leerling"),
    ],
)
def test_a_number_that_cannot_be_is_refused(sqlite: str, key: str, why: str) -> None:
    actor, pupil = school()
    with pytest.raises(Refused, match=why) as refused:
        renumbering.renumber(actor, pupil, key)
    assert refused.value.field == "key"
    assert Pupil.get_by_id(pupil.id).key == "1001"


def test_no_number_comes_back(db: str) -> None:
    actor, pupil = school()
    pupil = renumbering.renumber(actor, pupil, "1003")
    bram = Pupil.get(Pupil.key == "1002")
    with pytest.raises(Refused, match="eerder gebruikt"):
        renumbering.renumber(actor, bram, "1001")
    enrolment.delete(actor, bram, "Bram")
    with pytest.raises(Refused, match="eerder gebruikt"):
        renumbering.renumber(actor, pupil, "1002")
    renumbering.renumber(actor, pupil, "900")
    new = enrolment.enrol(actor, PupilForm("Nora", "Nieuw", pupil.birth_date), make_group(actor.location, "7", "7"))
    assert new.pupil.key == "1004"


def test_only_who_may_and_only_the_own_location(db: str) -> None:
    actor, pupil = school()
    with pytest.raises(NotAllowed):
        renumbering.renumber(make_actor(actor.board, Role.LEERKRACHT), pupil, "2001")
    elsewhere = make_pupil(make_group(location_of(actor.board, "01")), "Cas", key="1005")
    with pytest.raises(NotFound, match="staat niet op vestiging 99QQ00"):
        renumbering.renumber(actor, elsewhere, "2001")
    seen = version(pupil)
    renumbering.renumber(actor, pupil, "2001", seen)
    with pytest.raises(ChangedMeanwhile):
        renumbering.renumber(actor, pupil, "2002", seen)
