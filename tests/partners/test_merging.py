"""Leerlingen samenvoegen in IEP LVS: two accounts of a pupil are merged, and ESIS counts nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.access import Actor
from app.clock import PRACTICE_START
from app.couplings import lifecycle
from app.partners import other_numbers
from app.partners.iep_lvs import connection
from app.partners.iep_lvs.account import school_of
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import merging, sitting
from app.refusals import NotFound, Refused
from app.school.people import renumbering
from app.training.boards import open_partner_accounts
from models.assessment import ActiveAssessment, Result
from models.partners.iep_lvs import IepPupil, IepSchool, IepSitting
from models.school import Pupil
from tests.builders import make_actor, make_board, make_group, make_pupil
from tests.partners.nights import morning

CODE = "99QQ001234567890abcd"


def renumbered() -> tuple[Actor, IepSchool]:
    """Anna sat an assessment that ESIS has, got another number, and so has a second account."""
    actor = make_actor(make_board())
    open_partner_accounts(actor.location, since=PRACTICE_START - timedelta(days=365))
    make_pupil(make_group(actor.location), "Anna", key="1001")
    morning(actor.board, days=2)
    school = school_of(actor.location)
    lifecycle.activate(actor, "iep-lvs", "A. de Vries", True, CODE)
    assert connection.connect(school, CODE).ok
    for assessment in ("rekenen-6", "lezen-6"):
        ActiveAssessment.create(location=actor.location, assessment=assessment)
    sitting.sit(SUPPLIER, school, "rekenen-6", "6")
    morning(actor.board)
    sitting.sit(SUPPLIER, school, "lezen-6", "6")
    renumbering.renumber(actor, Pupil.get(Pupil.key == "1001"), "2001")
    IepSitting.update(pending=True).where(IepSitting.assessment == "lezen-6").execute()
    return actor, school


def test_sittings_move_and_esis_counts_nothing_twice(db: str) -> None:
    actor, school = renumbered()
    morning(actor.board, days=3)
    before = Result.select().count()
    pairs = merging.likely(SUPPLIER, school)
    assert [(pair.source.key, pair.target.key, pair.why) for pair in pairs] == [("1001", "2001", "zelfde ECK iD")]
    keys = {row.key for row in IepSitting.select()}
    moved = merging.merge(SUPPLIER, school, "1001", "2001").outcomes
    assert moved == len(keys)
    source, target = SUPPLIER.find_pupil(school, "1001", "source"), SUPPLIER.find_pupil(school, "2001", "target")
    assert (source.active, source.merged_into, target.active) == (False, "2001", True)
    assert {row.key for row in IepSitting.select().where(IepSitting.pupil == target)} == keys
    assert merging.likely(SUPPLIER, school) == []
    IepSitting.update(pending=True).execute()
    ended = [item for item in morning(actor.board) if item.job == "iep-lvs"]
    assert (ended[0].counts.stored, ended[0].counts.unchanged) == (0, moved)
    assert Result.select().count() == before


def test_what_waits_goes_under_the_number_of_the_target(db: str) -> None:
    actor, school = renumbered()
    morning(actor.board, days=2)
    Pupil.update(eckid="").execute()
    IepPupil.update(eckid="").execute()
    IepSitting.update(pending=True).execute()
    merging.merge(SUPPLIER, school, "1001", "2001")
    ended = [item for item in morning(actor.board) if item.job == "iep-lvs"]
    assert ended[0].counts.unmatched == 0
    assert ended[0].counts.refused == 0


def test_the_same_name_and_birth_date_is_proposed_too(db: str) -> None:
    actor, school = renumbered()
    morning(actor.board, days=2)
    IepPupil.update(eckid="").where(IepPupil.key == "1001").execute()
    assert [pair.why for pair in merging.likely(SUPPLIER, school)] == ["zelfde naam en geboortedatum"]


def test_what_cannot_be_merged_is_refused(db: str) -> None:
    actor, school = renumbered()
    for source, target, why in (
        ("1001", "1001", "dezelfde leerling"),
        ("1", "1001", "1 is bij IEP LVS niet bekend"),
        ("1001", "2", "niet bekend"),
    ):
        with pytest.raises((Refused, NotFound), match=why):
            merging.merge(SUPPLIER, school, source, target)
    morning(actor.board, days=2)
    with pytest.raises(Refused, match="niet actief"):
        merging.merge(SUPPLIER, school, "2001", "1001")
    merging.merge(SUPPLIER, school, "1001", "2001")
    with pytest.raises(Refused, match="al samengevoegd met 2001"):
        merging.merge(SUPPLIER, school, "1001", "2001")


def test_names_are_compared_as_everywhere_and_lost_zeros_are_a_pair(db: str) -> None:
    actor, school = renumbered()
    morning(actor.board, days=2)
    IepPupil.update(eckid="", first_name="ÄNNA").where(IepPupil.key == "1001").execute()
    assert [pair.why for pair in merging.likely(SUPPLIER, school)] == ["zelfde naam en geboortedatum"]
    IepPupil.update(first_name="Änna", birth_date=None).where(IepPupil.key == "1001").execute()
    assert [pair.why for pair in merging.likely(SUPPLIER, school)] == ["zelfde naam, ander nummer"]
    IepPupil.update(key="02001", first_name="", last_name="").where(IepPupil.key == "1001").execute()
    assert [pair.why for pair in merging.likely(SUPPLIER, school)] == ["zelfde nummer op de nullen na"]


def test_an_account_that_went_up_in_one_that_goes_up_in_another_says_where_it_is_now(db: str) -> None:
    actor, school = renumbered()
    morning(actor.board, days=2)
    IepPupil.create(school=school, key="3001", first_name="Anna")
    merging.merge(SUPPLIER, school, "1001", "2001")
    merging.merge(SUPPLIER, school, "2001", "3001")
    assert {row.key: row.merged_into for row in IepPupil.select()} == {"1001": "3001", "2001": "3001", "3001": ""}
    IepPupil.update(eckid="e").where(IepPupil.key == "3001").execute()
    other_numbers.give(actor.board.id, connection.SUPPLIER)
    assert {row.merged_into for row in IepPupil.select().where(IepPupil.key != "3001-2")} == {"3001-2"}
    other_numbers.take_back(actor.board.id, connection.SUPPLIER)
    assert {row.merged_into for row in IepPupil.select().where(IepPupil.key != "3001")} == {"3001"}
