"""Gynzy: groups and pupils from ESIS, results per method, accounts made by hand, and the new school year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app import clock
from app.access import Actor
from app.clock import PRACTICE_START
from app.couplings import lifecycle
from app.partners.gynzy import account, methods, overview, practising, pulling
from app.partners.gynzy.connection import SUPPLIER
from app.partners.results_supplier import merging, sitting
from app.refusals import NotFound, Refused
from app.runs import Counts
from models.board import Board
from models.partners.gynzy import GynzyGroup, GynzyOutcome, GynzyProgress, GynzyPupil, GynzySchool
from models.school import Group, Placement, Pupil
from tests.builders import make_group, make_pupil
from tests.partners.nights import morning, of_job
from tests.partners.suppliers import CODE, GYNZY


def coupled() -> tuple[Actor, GynzySchool]:
    actor, school = GYNZY.coupled()
    return actor, school


def test_groups_and_pupils_are_there_after_one_night_and_the_results_go_in_the_same_run(db: str) -> None:
    actor, school = coupled()
    make_pupil(Group.get(), key="nieuw")
    GYNZY.make_results(school)
    ended = GYNZY.night(actor)
    assert ended.counts == Counts(received=3, stored=3)
    assert ended.note == "Leerlingen naar Gynzy: 1 nieuw."
    assert {row.key for row in GynzyPupil.select()} == {"000", "001", "002", "nieuw"}
    held = overview.holding(actor.location.id, "000")
    assert (held.name, held.group, held.note) == ("Anna Voorbeeld", "6", "0 opgaven geoefend, 1 toetsresultaat.")


def test_esis_leads_so_who_leaves_becomes_inactive_and_who_is_renamed_is_renamed(db: str) -> None:
    actor, school = coupled()
    Pupil.update(unsubscribed_on=date(2020, 4, 14)).where(Pupil.key == "000").execute()
    Pupil.update(first_name="Anne").where(Pupil.key == "001").execute()
    assert GYNZY.night(actor).note == "Leerlingen naar Gynzy: 1 gewijzigd, 1 vertrokken."
    assert not GynzyPupil.get(GynzyPupil.key == "000").active
    assert GynzyPupil.get(GynzyPupil.key == "001").first_name == "Anne"
    assert overview.holding(actor.location.id, "000").note.startswith("Niet meer actief")
    assert GYNZY.night(actor, 2).note == ""
    assert practising.practise(school, "rekenen", "6") == 2


def test_a_night_in_which_only_somebody_left_has_acted_and_one_without_changes_has_not(db: str) -> None:
    actor, school = coupled()
    left = make_pupil(Group.get(), key="weg")
    assert pulling.pull(school, PRACTICE_START).acted
    assert not pulling.pull(school, PRACTICE_START).acted
    Pupil.update(unsubscribed_on=clock.school_today(actor.board)).where(Pupil.id == left.id).execute()
    assert pulling.pull(school, PRACTICE_START).acted


def test_a_night_goes_on_page_by_page(db: str) -> None:
    actor, school = coupled()
    for number in range(5):
        make_pupil(Group.get(), key=f"n{number}")
    cursor: str | None = ""
    seen = []
    while cursor is not None:
        pulling.pull(school, PRACTICE_START, cursor, limit=3)
        cursor = pulling.pull(school, PRACTICE_START, cursor, limit=3).cursor
        seen.append(cursor)
    ids = [row.id for row in Pupil.select().order_by(Pupil.id)]
    assert seen == [str(ids[2]), str(ids[5]), None]
    assert GynzyPupil.select().count() == Pupil.select().count() == 8
    assert GYNZY.night(actor).note == ""


def test_only_a_method_that_is_on_makes_and_sends_results(db: str) -> None:
    actor, school = coupled()
    methods.switch(school, "spelling", False)
    with pytest.raises(Refused, match="De resultaten van Spelling staan uit"):
        sitting.sit(SUPPLIER, school, "spelling", "6")
    sitting.sit(SUPPLIER, school, "rekenen", "groep 6")
    methods.switch(school, "rekenen", False)
    assert GYNZY.night(actor).counts == Counts()
    methods.switch(school, "Rekenen", True)
    assert GYNZY.night(actor, 2).counts.stored == 3
    with pytest.raises(Refused, match="vandaag al gemaakt"):
        sitting.sit(SUPPLIER, school, "rekenen", "6")
    with pytest.raises(NotFound, match="geen methode van Gynzy"):
        methods.switch(school, "topo", True)


def test_results_can_be_on_only_once_gynzy_is_coupled(db: str) -> None:
    _, school = coupled()
    GynzySchool.update(connected_at=None).execute()
    with pytest.raises(Refused, match="Koppel eerst met ESIS"):
        methods.switch(school, "begrijpend-lezen", True)


class TestAccountsMadeByHand:
    """Known problem c of sources.md#known-problems."""

    def made(self) -> tuple[Actor, GynzySchool]:
        actor, school = coupled()
        account.add_own_pupils(school, [("Anna", "", "Voorbeeld"), ("Bram", "", "Blijft")], "6", exercises=30)
        return actor, school

    @pytest.mark.usefixtures("db")
    def test_they_are_not_matched_and_stay_beside_the_delivered_ones(self) -> None:
        actor, school = self.made()
        GYNZY.night(actor)
        assert GynzyPupil.select().where(GynzyPupil.first_name == "Anna", GynzyPupil.active).count() == 4
        assert len(merging.sources(SUPPLIER, school)) == 2

    @pytest.mark.usefixtures("db")
    def test_their_results_do_not_go_until_they_are_merged_and_then_do(self) -> None:
        actor, school = self.made()
        assert sitting.sit(SUPPLIER, school, "rekenen", account.OWN_GROUP) == 2
        practising.practise(school, "rekenen", "6")
        assert GYNZY.night(actor).counts == Counts()
        done = merging.merge(SUPPLIER, school, "eigen-1", "000")
        assert (done.exercises, done.outcomes) == (30, 1)
        target = GynzyPupil.get(GynzyPupil.key == "000")
        progress = GynzyProgress.get(GynzyProgress.pupil == target)
        assert (progress.exercises, progress.skill >= 41) == (50, True)
        assert not GynzyPupil.get(GynzyPupil.key == "eigen-1").active
        assert GYNZY.night(actor, 2).counts.stored == 1
        left = GynzyPupil.get(GynzyPupil.key == "eigen-2")
        assert GynzyProgress.get(GynzyProgress.pupil == left).exercises == 60
        assert sitting.sit(SUPPLIER, school, "rekenen", "6") == 2  # the third sat it today, by the other account

    @pytest.mark.usefixtures("sqlite")
    def test_only_one_made_by_hand_goes_up_in_one_of_esis(self) -> None:
        _, school = self.made()
        for source, target, field in (
            ("000", "001", "source"),
            ("eigen-1", "eigen-2", "target"),
            ("x", "000", "source"),
        ):
            with pytest.raises(Refused) as caught:
                merging.merge(SUPPLIER, school, source, target)
            assert caught.value.field == field


def test_in_a_new_school_year_the_old_groups_are_archived_with_their_results_and_pupils_go_on(db: str) -> None:
    actor, school = coupled()
    account.add_own_pupils(school, [("Anna", "", "Voorbeeld")], "6", exercises=30)
    practising.practise(school, "rekenen", "6")
    GYNZY.make_results(school)
    old = Group.get()
    new = Group.create(
        location=actor.location, key="nieuw", name="7", kind="basis", school_year="2020-2021", year_groups="7"
    )
    for pupil in Pupil.select():
        Placement.create(pupil=pupil, group=new, school_year="2020-2021", kind="basis")
    Pupil.update(year_group="7").execute()
    Board.update(now=PRACTICE_START.replace(month=8, day=20)).execute()
    ended = morning(actor.board)
    assert [item.skipped for item in of_job(ended, "gynzy")] == [""]
    rows = {row.group.name: row for row in overview.groups(school)}
    assert (rows["6"].group.active, rows["6"].outcomes, rows["7"].group.active, rows["7"].pupils) == (False, 3, True, 3)
    assert not rows[account.OWN_GROUP].group.active
    assert len(overview.outcomes(school, GynzyGroup.get(GynzyGroup.key == old.key))) == 3
    moved = GynzyPupil.get(GynzyPupil.key == "000")
    assert (moved.active, moved.group_key, moved.year_group) == (True, "nieuw", "7")
    assert GynzyProgress.get(GynzyProgress.pupil == moved).exercises == practising.A_TURN
    assert sitting.sit(SUPPLIER, school, "rekenen", "7") == 3
    assert {row.assessment for row in GynzyOutcome.select()} == {"gynzy-rekenen-6", "gynzy-rekenen-7"}


def test_the_first_night_after_the_activation_brings_the_groups(db: str) -> None:
    actor, school = coupled()
    GynzyGroup.delete().execute()
    lifecycle.change_code(actor, "gynzy", CODE)
    morning(actor.board)
    assert [row.name for row in GynzyGroup.select()] == ["6"]
    assert account.school_of(actor.location).pulled_at == PRACTICE_START.replace(hour=4) + timedelta(days=1)
    make_group(actor.location, name="Plusgroep", kind="instructie")
    Group.update(available_to_couplings=False).where(Group.name == "Plusgroep").execute()
    morning(actor.board)
    assert GynzyGroup.select().count() == 1
    Group.update(available_to_couplings=True).execute()
    morning(actor.board)
    assert {row.name for row in overview_groups(school)} == {"6", "Plusgroep"}


def overview_groups(school: GynzySchool) -> list[GynzyGroup]:
    return [row.group for row in overview.groups(school)]


def test_accounts_to_merge_are_in_the_order_of_a_dutch_list(db: str) -> None:
    _, school = coupled()
    born = date(2010, 6, 1)
    for number, last in enumerate(("Zon", "Évers", "aarts", "Berg")):
        for own in (True, False):
            GynzyPupil.create(
                school=school,
                key=f"{'e' if own else 'd'}{number}",
                first_name="Bo",
                last_name=last,
                birth_date=born,
                own=own,
            )
    assert [pair.source.last_name for pair in merging.likely(SUPPLIER, school)] == ["aarts", "Berg", "Évers", "Zon"]
