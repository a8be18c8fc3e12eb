"""An import refuses what a form refuses; pupils who left; and a leerlingnummer of another location."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import Actor
from app.refusals import Refused
from app.school.files.import_sheets import State
from app.school.files.imports import PreviewOutdated, apply, preview
from app.school.people import renumbering
from models.school import Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.school.files.edex import edex, group, pupil

GROUPS = group("G5", "5", "5")


@pytest.fixture
def actor(db: str) -> Actor:
    """Someone at a location with pupil 1, enrolled since 1 August 2019."""
    actor = make_actor(make_board(locations=("00", "01")))
    apply(actor, preview(actor, edex(pupil("1", group="G5"), groups=GROUPS)))
    return actor


def test_the_day_of_uitstroom_is_the_first_without(actor: Actor) -> None:
    found = preview(actor, edex(pupil("2", end="2020-04-14"), pupil("3", end="2020-04-15")))
    assert (found.skipped, [item.key for item in found.pupils.items]) == (1, ["3"])


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (pupil("1", born="2020-04-15"), r"De geboortedatum 15-4-2020 ligt in de toekomst"),
        (pupil("2", born="1020-04-15"), r"De geboortedatum 15-4-1020 kan niet"),
        (pupil("2", start="0001-01-01", born=""), r"De inschrijfdatum 1-1-1 kan niet"),
        (
            pupil("2", start="2010-02-02", born="2010-02-03"),
            r"De inschrijfdatum 2-2-2010 ligt voor de geboortedatum 3-2-2010",
        ),
        (pupil("1", end="2019-07-31"), r"De uitschrijfdatum 31-7-2019 ligt voor de inschrijfdatum 1-8-2019"),
        (pupil("1", start="2020-05-01", end="2020-04-30"), r"uitstroomdatum 2020-04-30 ligt voor instroomdatum"),
    ],
)
def test_dates_that_a_form_refuses_are_errors_with_their_line(actor: Actor, record: str, sentence: str) -> None:
    before = list(Pupil.select().tuples())
    found = preview(actor, edex(record, groups=GROUPS))
    assert found.errors[0].line == 5
    with pytest.raises(Refused, match=sentence):
        apply(actor, found)
    assert list(Pupil.select().tuples()) == before


def test_a_historic_pupil_without_uitstroomdatum_leaves_today_and_the_preview_says_so(actor: Actor) -> None:
    source = edex(pupil("1", year_group="H"), groups=GROUPS)
    found = preview(actor, source)
    assert "wordt uitgeschreven per 14-4-2020" in found.warnings[0].sentence
    (changed,) = found.pupils.of(State.CHANGED)
    assert [(one.label, one.new) for one in changed.differences] == [("uitschrijfdatum", "14-4-2020")]
    apply(actor, found)
    assert Pupil.get().unsubscribed_on == date(2020, 4, 14)
    again = preview(actor, source)
    assert again.changes_nothing
    assert "alleen de gegevens worden bijgewerkt" in again.warnings[0].sentence


def test_a_historic_pupil_who_was_still_to_come_or_still_to_go(actor: Actor) -> None:
    Pupil.update(unsubscribed_on=date(2020, 7, 1)).execute()
    future = make_pupil(make_group(actor.location), key="2")
    Pupil.update(enrolled_from=date(2020, 5, 1)).where(Pupil.id == future.id).execute()
    to_come = pupil("2", last="Voorbeeld", born="2010-01-01", year_group="H")
    apply(actor, preview(actor, edex(pupil("1", year_group="H"), to_come, groups=GROUPS)))
    assert {row.key: row.unsubscribed_on for row in Pupil.select()} == {"1": date(2020, 4, 14), "2": date(2020, 5, 1)}


def test_a_historic_pupil_with_a_later_uitstroomdatum_stays_until_then(actor: Actor) -> None:
    found = preview(actor, edex(pupil("1", group="G5", year_group="H", end="2020-07-01"), groups=GROUPS))
    assert found.warnings == []
    apply(actor, found)
    assert Pupil.get().unsubscribed_on == date(2020, 7, 1)


def test_a_leerlingnummer_of_another_location_is_an_error_that_names_it(actor: Actor) -> None:
    other = make_actor(actor.board, number="01")
    found = preview(other, edex(pupil("2"), pupil("1"), number="01"))
    (error,) = found.errors
    assert error.line == 6
    assert "dat al van een leerling van vestiging 99QQ00 is" in error.sentence
    with pytest.raises(Refused):
        apply(other, found)
    assert Pupil.select().count() == 1


def test_a_number_that_was_replaced_still_means_the_pupil_who_keeps_the_new_one(actor: Actor) -> None:
    renumbering.renumber(actor, Pupil.get(), "2001")
    found = preview(actor, edex(pupil("1", year_group="6", group="G5"), pupil("2", group="G5"), groups=GROUPS))
    assert "leerling 1 (Anna Berg) is in ESIS leerling 2001 en houdt dat nummer" in found.warnings[0].sentence
    apply(actor, found)
    assert {row.key: row.year_group for row in Pupil.select()} == {"2001": "6", "2": "5"}


def test_a_number_that_was_replaced_at_another_location_is_an_error_that_says_the_new_one(actor: Actor) -> None:
    renumbering.renumber(actor, Pupil.get(), "2001")
    other = make_actor(actor.board, number="01")
    (error,) = preview(other, edex(pupil("1"), number="01")).errors
    assert "is vervangen en niet terugkomt: die leerling heeft nu 2001, op een andere vestiging" in error.sentence


def test_a_number_that_is_replaced_after_the_preview_does_not_come_in_either(actor: Actor) -> None:
    apply(actor, preview(actor, edex(pupil("2", group="G5"), groups=GROUPS)))
    found = preview(actor, edex(pupil("2", last="Anders", group="G5"), groups=GROUPS))
    renumbering.renumber(actor, Pupil.get(Pupil.key == "2"), "3")
    with pytest.raises(PreviewOutdated):
        apply(actor, found)
    assert {row.key for row in Pupil.select()} == {"1", "3"}


def test_nor_does_one_come_in_that_another_location_got_after_the_preview(actor: Actor) -> None:
    other = make_actor(actor.board, number="01")
    found = preview(other, edex(pupil("2"), number="01"))
    make_pupil(make_group(location_of(actor.board)), key="2")
    with pytest.raises(Refused, match="Bekijk het voorbeeld opnieuw") as refusal:
        apply(other, found)
    assert refusal.value.preview.errors  # type: ignore[attr-defined]


def test_who_has_left_may_have_the_number_of_another_location(actor: Actor) -> None:
    other = make_actor(actor.board, number="01")
    found = preview(other, edex(pupil("1", end="2020-03-01"), number="01"))
    assert (found.errors, found.skipped) == ([], 1)


GUEST = pupil("1", "Anna", "Berg", year_group="6")
SAYS_NO_GROUP = "het bestand noemt bij deze leerling geen basisgroep"


def test_who_comes_in_no_group_is_told_and_counted(actor: Actor) -> None:
    Pupil.delete().execute()
    found = preview(actor, edex(GUEST, pupil("2", "Bas", group="G5"), groups=GROUPS))
    (warning,) = found.warnings
    assert (warning.line, f"(Anna Berg) heeft geen groep: {SAYS_NO_GROUP}" in warning.sentence) == (5, True)
    report = apply(actor, found)
    assert (found.without_group, report.without_group) == (1, 1)
    assert "Leerlingen zonder groep: 1." in report.sentence()


def test_a_group_that_goes_is_told_and_one_that_stays_is_not(actor: Actor) -> None:
    Pupil.delete().execute()
    apply(actor, preview(actor, edex(pupil("1", group="G5"), groups=GROUPS)))
    found = preview(actor, edex(GUEST, groups=GROUPS))
    assert [f"gaat uit groep 5: {SAYS_NO_GROUP}" in one.sentence for one in found.warnings] == [True]
    other = preview(actor, edex(GUEST, groups=group("G6", "6", "6")))
    assert (other.without_group, other.warnings) == (0, [])  # a group that the file does not know is kept


def test_a_file_without_groups_counts_who_has_none(actor: Actor) -> None:
    Pupil.delete().execute()
    found = preview(actor, edex(GUEST))
    assert (found.without_group, found.warnings) == (1, [])
