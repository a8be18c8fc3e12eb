"""Results typed by hand: what is offered, stored, replaced and deleted, and two people working on one group."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import NotAllowed
from app.history import ChangedMeanwhile
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.assessment import assessments, definitions, entering, entry_sheets
from app.school.assessment.definitions import DefinitionForm
from app.school.assessment.entry_sheets import EntrySheet
from app.school.people import renumbering
from models.assessment import ReplacedResult, Result
from models.history import Change
from models.school import Group, Placement, Pupil
from tests.builders import YEAR, location_of, make_actor, make_board, make_group, make_pupil
from tests.school.assessment.deliveries import receive, result, school_with_pupil
from tests.school.people.listed import statements
from tests.school.people.test_pupils import make_teacher

DAY = date(2020, 1, 21)


def group_of(pupil: Pupil) -> Group:
    group: Group = pupil.placements.get().group
    return group


def typed(sheet: EntrySheet, *texts: str) -> dict[str, str]:
    return {row.field: text for row, text in zip(sheet.rows, texts, strict=True)}


def test_a_score_is_kept_with_its_level_and_typing_again_replaces_it(db: str) -> None:
    board, _, pupil = school_with_pupil()
    actor = make_actor(board)
    shown = entry_sheets.sheet(actor, group_of(pupil).id, "lezen-6", "", DAY)
    assert entering.save(actor, shown, typed(shown, "57"), shown.seen).sentence == "1 ingevoerd."
    row = Result.get()
    assert (row.supplier, row.supplier_key) == ("hand", f"hand:lezen-6::{pupil.id}:2020-01-21")
    assert (row.score, row.level, row.reference_level) == (57, "III", "<1F")
    again = entry_sheets.sheet(actor, group_of(pupil).id, "lezen-6", "", DAY)
    assert again.rows[0].text == "57"
    assert entering.save(actor, again, typed(again, "57"), again.seen).sentence == "Er was niets te wijzigen."
    assert entering.save(actor, again, typed(again, "60"), again.seen).sentence == "1 gewijzigd."
    assert (Result.get().score, Result.get().id, ReplacedResult.get().score) == (60, row.id, 57)
    assert [(one.action, one.user) for one in Change.select()] == [("added", actor.name), ("changed", actor.name)]


def test_a_part_is_a_percentage_and_an_own_level_is_kept_as_its_rank(db: str) -> None:
    board, _, pupil = school_with_pupil()
    actor, group = make_actor(board), group_of(pupil)
    own = definitions.create(actor, DefinitionForm("Werkstuk", "Wereldoriëntatie", "6", "niveau", "", "A B C"))
    assessments.set_active(actor, own.id, True)
    for assessment, part, text in (("rekenen-6", "getallen", "64"), (own.id, "", "b")):
        shown = entry_sheets.sheet(actor, group.id, assessment, part, DAY)
        entering.save(actor, shown, typed(shown, text))
        assert entry_sheets.sheet(actor, group.id, assessment, part, DAY).rows[0].text == text.upper()
    kept = {row.assessment: (row.part, row.score, row.level) for row in Result.select()}
    assert kept == {"rekenen-6": ("getallen", 64, ""), "werkstuk": ("", 2, "B")}


def test_an_emptied_line_deletes_and_an_empty_one_is_nothing(db: str) -> None:
    board, _, pupil = school_with_pupil()
    actor, group = make_actor(board), group_of(pupil)
    make_pupil(group, "Zoë", "Zwart", key="2000")
    shown = entry_sheets.sheet(actor, group.id, "lezen-6", "", DAY)
    entering.save(actor, shown, typed(shown, "57", ""))
    shown = entry_sheets.sheet(actor, group.id, "lezen-6", "", DAY)
    assert entering.emptied(shown, typed(shown, " ", "")) == ["Voorbeeld, Anna"]
    assert entering.save(actor, shown, typed(shown, " ", ""), shown.seen).deleted == 1
    assert not Result.select().exists()
    last = Change.select().order_by(Change.id.desc()).get()
    assert (last.action, last.pupil_id, '"score"' in last.before) == ("deleted", pupil.id, True)


def test_one_wrong_line_keeps_nothing_and_names_the_pupil(db: str) -> None:
    board, _, pupil = school_with_pupil()
    actor, group = make_actor(board), group_of(pupil)
    other = make_pupil(group, "Zoë", "Zwart", key="2000")
    shown = entry_sheets.sheet(actor, group.id, "lezen-6", "", DAY)
    with pytest.raises(
        Refused, match=r"Zwart, Zoë: '121' kan niet\. Typ een heel getal van 0 tot en met 120"
    ) as refused:
        entering.save(actor, shown, typed(shown, "57", "121"))
    assert refused.value.field == f"pupil-{other.id}"
    assert not Result.select().exists()


def test_the_second_of_two_at_one_line_is_shown_both_and_other_lines_do_not_matter(db: str) -> None:
    board, _, pupil = school_with_pupil()
    group = group_of(pupil)
    make_pupil(group, "Zoë", "Zwart", key="2000")
    first, second = make_actor(board, name="eerste"), make_actor(board, name="tweede")
    mine, theirs = (entry_sheets.sheet(actor, group.id, "lezen-6", "", DAY) for actor in (first, second))
    entering.save(second, theirs, typed(theirs, "50", ""), theirs.seen)
    assert entering.save(first, mine, typed(mine, "", "61"), mine.seen).new == 1
    with pytest.raises(ChangedMeanwhile, match="tweede") as told:
        entering.save(first, mine, typed(mine, "57", ""), mine.seen)
    assert [(one.name, one.before, one.after) for one in told.value.fields] == [(f"pupil-{pupil.id}", "", "50")]
    assert entering.save(first, mine, typed(mine, "57", ""), told.value.version).changed == 1
    assert sorted(row.score for row in Result.select()) == [57, 61]


def test_what_is_offered_is_on_and_fits_the_group_with_what_there_is_already(db: str) -> None:
    board, location, pupil = school_with_pupil()
    actor, group = make_actor(board), group_of(pupil)
    assessments.set_active(actor, "taalverzorging-6", False)
    receive(location, result(date=date(2020, 2, 3)))
    shown = entry_sheets.sheet(actor, group.id, "lezen-6", "", DAY)
    assert shown.rows[0].note == "geleverd 3-2-2020: 57 (telt mee)"
    entering.save(actor, shown, typed(shown, "60"))
    offered = {
        row.subtest.name: (row.pupils, row.typed, row.delivered) for row in entry_sheets.choices(actor, group.id, DAY)
    }
    assert list(offered) == [
        "Lezen groep 6",
        "Technisch lezen groep 6",
        "Rekenen groep 6",
        "Rekenen groep 6: Getallen",
        "Rekenen groep 6: Verhoudingen",
        "Rekenen groep 6: Meten en meetkunde",
        "Rekenen groep 6: Verbanden",
    ]
    assert offered["Lezen groep 6"] == (1, 1, 1)
    assert "niet meegeteld" in entry_sheets.sheet(actor, group.id, "lezen-6", "", DAY).rows[0].note
    with pytest.raises(NotFound, match="staat niet aan"):
        entry_sheets.sheet(actor, group.id, "taalverzorging-6", "", DAY)


def test_what_was_switched_off_meanwhile_is_not_kept(db: str) -> None:
    board, _, pupil = school_with_pupil()
    actor = make_actor(board)
    shown = entry_sheets.sheet(actor, group_of(pupil).id, "lezen-6", "", DAY)
    assessments.set_active(actor, "lezen-6", False)
    with pytest.raises(NotFound):
        entering.save(actor, shown, typed(shown, "57"))
    assert not Result.select().exists()


def test_of_a_combination_group_only_those_of_the_year_group_and_there_on_the_day(db: str) -> None:
    board, location, _ = school_with_pupil()
    mixed = make_group(location, "5/6", "5,6")
    five, six, gone = (make_pupil(mixed, name, key=name) for name in ("Vijf", "Zes", "Weg"))
    Pupil.update(year_group="6").where(Pupil.id.in_([six.id, gone.id])).execute()
    Pupil.update(unsubscribed_on=DAY).where(Pupil.id == gone.id).execute()
    shown = entry_sheets.sheet(make_actor(board), mixed.id, "lezen-6", "", DAY)
    assert [row.pupil_id for row in shown.rows] == [six.id]
    extra = make_group(location, "Plus", "6,7", kind="instructie")
    for pupil in (five, six):
        Placement.create(pupil=pupil, group=extra, school_year=YEAR, kind="instructie")
    assert len(entry_sheets.sheet(make_actor(board), extra.id, "lezen-6", "", DAY).rows) == 1


@pytest.mark.parametrize("text", ["15-4-2020", "31-7-2019", "gisteren"])
def test_a_day_outside_the_school_year_or_to_come_is_refused(db: str, text: str) -> None:
    board, _, pupil = school_with_pupil()
    with pytest.raises(Refused) as refused:
        entry_sheets.read_day(make_actor(board), group_of(pupil), text)
    assert refused.value.field == "day"


def test_after_renumbering_the_result_is_still_the_pupils(db: str) -> None:
    board, _, pupil = school_with_pupil()
    actor, group = make_actor(board), group_of(pupil)

    def type_in(text: str) -> str:
        shown = entry_sheets.sheet(actor, group.id, "lezen-6", "", DAY)
        return entering.save(actor, shown, typed(shown, text), shown.seen).sentence

    type_in("57")
    renumbering.renumber(actor, pupil, "5000")
    assert type_in("61") == "1 gewijzigd."
    assert Result.get().score == 61
    assert type_in("") == "1 verwijderd."
    assert not Result.select().exists()


def test_nothing_is_typed_of_a_day_before_the_pupil_was_born(db: str) -> None:
    board, _, pupil = school_with_pupil()
    actor = make_actor(board)
    shown = entry_sheets.sheet(actor, group_of(pupil).id, "lezen-6", "", DAY)
    Pupil.update(birth_date=date(2020, 2, 1)).where(Pupil.id == pupil.id).execute()
    with pytest.raises(Refused, match="geboren op 1-2-2020; dit resultaat is van 21-1-2020") as refused:
        entering.save(actor, shown, typed(shown, "57"))
    assert refused.value.field == f"pupil-{pupil.id}"


def test_a_teacher_types_for_the_own_groups_only(db: str) -> None:
    board = make_board()
    own, other = make_group(location_of(board), "6"), make_group(location_of(board), "7", "7")
    teacher = make_teacher(board, own)
    assert entry_sheets.group_choices(teacher) == [own]
    with pytest.raises(NotFound):
        entry_sheets.choices(teacher, other.id, DAY)
    for role in (Role.ADMINISTRATIE, Role.TRAINER, None):
        with pytest.raises(NotAllowed):
            entry_sheets.group_choices(make_actor(board, role))


def test_a_full_group_takes_as_many_queries_as_a_small_one(sqlite: str) -> None:
    board, _, pupil = school_with_pupil()
    actor, group = make_actor(board), group_of(pupil)

    def all_of_it() -> None:
        shown = entry_sheets.sheet(actor, group.id, "lezen-6", "", DAY)
        entering.save(actor, shown, {row.field: "50" for row in shown.rows}, shown.seen)
        entry_sheets.choices(actor, group.id, DAY)

    small = statements(all_of_it)
    for number in range(20):
        make_pupil(group, key=f"P{number}")
    assert statements(all_of_it) <= small
