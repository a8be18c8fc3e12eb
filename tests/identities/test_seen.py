"""Past failures, as short sequences for the state machines, whose model knows the invariants."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.partners.mijnschoolinfo import editing, overview
from models.partners.mijnschoolinfo import MsiPupil
from tests.identities.children import CHILDREN
from tests.identities.filed import Filed
from tests.identities.outcomes import Outcomes
from tests.identities.parents import Parents
from tests.identities.school import School

ANNA, BAS, NAMESAKE, ZOE, OTHER_ANNA = range(len(CHILDREN))
"""Only a number distinguishes the last from the first."""


def chosen_and_gone(school: Parents) -> None:
    """Somebody is matched to an existing pupil who is then deleted; another child is added."""
    school.begin_with({BAS, ANNA}, [(ANNA, "", False, "")], at_once=True)
    school.nights(1)
    school.decide(0)
    school.delete_there(ANNA)
    school.add_by_hand(ZOE, "", True, "", False)
    school.nights(2)


def chosen_while_it_goes_elsewhere(school: Parents) -> None:
    """The same, without a delivery between the choice and what ends it."""
    school.begin_with({BAS, ANNA}, [(ANNA, "", False, ""), (ANNA, "", False, "")], at_once=True)
    school.nights(1)
    (doubt,) = overview.doubts(school.msi)
    first = MsiPupil.select().order_by(MsiPupil.id).first()
    editing.settle(school.msi, doubt.id, first.id)
    editing.delete(school.msi, "pupil", first.id)
    school.note_records()
    school.nights(2)


def two_for_one(school: Parents) -> None:
    """Two pupils of ESIS who may both be the same existing one."""
    school.begin_with({ANNA, BAS, OTHER_ANNA}, [(OTHER_ANNA, "", True, "named")], at_once=True)
    school.nights(2)
    school.decide(0)
    school.decide(0)
    school.nights(1)


def two_rows_with_one_name(school: Parents) -> None:
    """A file with two children of one name and another number, each with a guardian."""
    school.begin_with({ANNA, OTHER_ANNA}, [], at_once=False)
    school.import_there([(ANNA, "own", True, "addressed"), (OTHER_ANNA, "own", True, "addressed")])
    school.import_there([(NAMESAKE, "own", False, "addressed")])


def without_a_birth_date(school: Parents) -> None:
    school.begin_with({ANNA, ZOE}, [(ZOE, "", False, "named")], at_once=True)
    school.nights(2)
    school.decide(0)
    school.nights(1)


def in_capitals(school: Parents) -> None:
    school.begin_with({BAS, ZOE}, [], at_once=False)
    school.add_by_hand(ZOE, "", True, "addressed", True)
    school.couple()
    school.nights(2)


def the_number_of_another(school: Parents) -> None:
    """A file with the number of another child; with one that lost its zeros; with one that was given up."""
    school.begin_with({ANNA, ZOE}, [], at_once=False)
    for number, key in ((BAS, "stranger's"), (ZOE, "stranger's"), (ANNA, "zeros"), (ANNA, "new")):
        school.import_file(number, key, True, True)
    school.renumber(ZOE, "new")
    school.delete(ZOE)
    school.import_file(BAS, "given up", True, False)
    school.import_file(ANNA, "given up", True, False)
    school.renumber(ANNA, "given up")


def a_guardian_known_with_one_child(school: Parents) -> None:
    """The twins' mother is there with one of them, by her name; a namesake of hers comes too."""
    school.begin_with({ANNA, BAS, NAMESAKE}, [(ANNA, "own", True, "named"), (ZOE, "", True, "addressed")], at_once=True)
    for _ in range(3):
        school.nights(1)
        school.decide(0)


def a_child_leaves_and_its_brother_stays(school: Parents) -> None:
    """And ESIS deleted the guardian before that."""
    school.begin_with({ANNA, BAS, ZOE}, [], at_once=True)
    school.nights(2)
    school.delete_guardian(ANNA)
    school.give_carer(ANNA)
    school.nights(1)
    school.delete(ANNA)
    school.transition_or_undo()
    school.nights(5)


def another_with_the_next_id(school: Parents) -> None:
    school.begin_with({ANNA, BAS, ZOE}, [], at_once=True)
    school.nights(2)
    school.delete(ZOE)
    school.enrol(NAMESAKE, "6")
    school.nights(2)


def typed_and_renumbered(school: Filed) -> None:
    school.begin_with({ANNA, ZOE})
    school.type_in(ANNA, "40")
    school.renumber(ANNA, "new")
    school.type_in(ANNA, "60")
    school.change_what_was_typed(0, "")


def files_and_renumbered(school: Filed) -> None:
    """An eindtoets whose reference level is gone from the next file, under another number; SCOL and DULT too."""
    school.begin_with({ANNA, ZOE})
    school.move(ANNA, "8")
    for reading in ("1F", "2F", ""):
        school.import_eindtoets(ANNA, "own", False, reading)
        school.import_scol(ANNA, "own", True)
        school.receive_dult(ANNA, "own", False, True)
        school.renumber(ANNA, "new")


def a_number_of_the_sender_for_another(school: Filed) -> None:
    """DULT remembers a number, and then it comes with another child."""
    school.begin_with({ANNA, NAMESAKE, ZOE})
    school.receive_dult(NAMESAKE, "new", False, True)
    school.receive_dult(BAS, "sender's", False, True)
    school.delete(ANNA)
    school.receive_dult(BAS, "given up", False, True)
    school.receive_dult(ZOE, "stranger's", False, True)


def moved_and_sat_again(school: Outcomes) -> None:
    """A sitting was another's, who is in another group; the wrong one sits after all."""
    school.begin_with({ANNA, BAS, ZOE})
    school.move(ZOE, "7")
    school.nights(2)
    school.sit(ANNA)
    school.nights(1)
    school.sit(ANNA)
    school.sat_under_the_wrong_name(0)
    school.sit(ANNA)
    school.nights(2)


def matched_and_deleted_again(school: Outcomes) -> None:
    """A result waits for its pupil, is matched by hand, and the pupil is deleted; a delivery is taken back."""
    school.begin_with({ANNA, ZOE})
    school.sit(ANNA)
    school.delete(ANNA)
    school.nights(1)
    school.match_by_hand(0, again=True)
    school.roll_back()
    school.nights(1)
    school.send_again()
    school.nights(1)
    school.delete(ANNA)
    school.nights(1)


STORIES: dict[type[School], tuple[Callable[..., None], ...]] = {
    Parents: (
        chosen_and_gone,
        chosen_while_it_goes_elsewhere,
        two_for_one,
        two_rows_with_one_name,
        without_a_birth_date,
        in_capitals,
        the_number_of_another,
        a_guardian_known_with_one_child,
        a_child_leaves_and_its_brother_stays,
        another_with_the_next_id,
    ),
    Filed: (typed_and_renumbered, files_and_renumbered, a_number_of_the_sender_for_another),
    Outcomes: (moved_and_sat_again, matched_and_deleted_again),
}


@pytest.mark.parametrize(("machine", "story"), [(one, story) for one, stories in STORIES.items() for story in stories])
@pytest.mark.usefixtures("db")
def test_what_was_seen_is_not_seen_again(machine: type[School], story: Callable[..., None]) -> None:
    school = machine()
    try:
        story(school)
        school.after_a_night()
    finally:
        school.teardown()
