"""Failure m: a sitting of the wrong pupil is corrected at IEP LVS, rolled back in ESIS, and delivered again."""

from __future__ import annotations

from datetime import date

import pytest

from app.couplings import rollback
from app.partners.iep_lvs import moving
from app.partners.results_supplier import delivery_status
from app.refusals import NotFound, Refused
from app.runs import Counts
from models.assessment import Result
from models.partners.iep_lvs import IepPupil, IepSitting
from tests.partners.suppliers import IEP

DAY = date(2020, 4, 14)


def test_moved_taken_back_and_redelivered_it_is_with_the_right_pupil_once(db: str) -> None:
    actor, school = IEP.coupled(pupils=2)
    IEP.make_results(school)
    IepSitting.delete().where(IepSitting.pupil == IepPupil.get(IepPupil.key == "001")).execute()
    IEP.night(actor)
    assert [row.pupil.key for row in Result.select()] == ["000"]
    assert moving.move(school, "lezen-6", DAY, "000", "001") == 1
    rollback.roll_back(actor, rollback.last(actor, "iep-lvs"))
    assert Result.select().count() == 0
    assert IEP.night(actor, 2).counts == Counts(received=1, stored=1)
    assert [row.pupil.key for row in Result.select()] == ["001"]
    assert delivery_status.deliveries(IEP.supplier, school).waiting == 0


def test_moved_and_not_taken_back_it_is_moved_in_esis_too(db: str) -> None:
    actor, school = IEP.coupled(pupils=2)
    IEP.make_results(school)
    IepSitting.delete().where(IepSitting.pupil == IepPupil.get(IepPupil.key == "001")).execute()
    IEP.night(actor)
    moving.move(school, "lezen-6", DAY, "000", "001")
    assert IEP.night(actor, 2).counts == Counts(received=1, replaced=1)
    assert [row.pupil.key for row in Result.select()] == ["001"]


def test_a_sitting_that_is_not_there_or_would_be_double_is_not_moved(db: str) -> None:
    _, school = IEP.coupled(pupils=2)
    with pytest.raises(NotFound, match="niet gemaakt"):
        moving.move(school, "lezen-6", DAY, "000", "001")
    IEP.make_results(school)
    with pytest.raises(Refused, match="zelf ook gemaakt"):
        moving.move(school, "lezen-6", DAY, "000", "001")
    with pytest.raises(Refused, match="dezelfde leerling"):
        moving.move(school, "lezen-6", DAY, "000", "000")
    with pytest.raises(NotFound):
        moving.move(school, "lezen-6", DAY, "000", "weg")


def test_whose_sitting_was_moved_away_can_sit_that_day_and_the_other_cannot_again(db: str) -> None:
    actor, school = IEP.coupled(pupils=2)
    IEP.make_results(school)
    IepSitting.delete().where(IepSitting.pupil == IepPupil.get(IepPupil.key == "001")).execute()
    moving.move(school, "lezen-6", DAY, "000", "001")
    IEP.make_results(school)
    key = "IEP-99QQ00-000-lezen-6-20200414"
    assert {(row.pupil.key, row.key) for row in IepSitting.select()} == {("001", key), ("000", f"{key}-2")}
    IepPupil.update(key="900").where(IepPupil.key == "000").execute()
    with pytest.raises(Refused, match="vandaag al gemaakt"):
        IEP.make_results(school)
    IepPupil.update(key="000").where(IepPupil.key == "900").execute()
    IEP.night(actor)
    assert {(row.pupil.key, row.supplier_key) for row in Result.select()} == {("001", key), ("000", f"{key}-2")}
