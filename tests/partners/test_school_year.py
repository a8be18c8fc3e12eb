"""Nothing happens automatically on 1 August: transfers and sittings continue with the existing groups."""

from __future__ import annotations

from app import clock
from app.partners.iep_lvs import account as iep_account
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import sitting
from app.training.boards import open_partner_accounts
from models.partners.basispoort import BasispoortGroup, BasispoortSchool
from models.partners.iep_lvs import IepGroup, IepPupil
from models.school import Group
from tests.builders import location_of, make_board, make_group, make_pupil
from tests.partners.nights import morning


def test_after_1_august_the_groups_still_travel_and_can_sit(db: str) -> None:
    board = make_board(now=clock.parse_moment("2020-07-31T09:00"))
    group = make_group(location_of(board))
    make_pupil(group, key="1")
    open_partner_accounts(group.location)
    school = iep_account.school_of(group.location)
    morning(board, days=3)
    assert clock.school_today(board) == clock.parse_date("3-8-2020")
    assert BasispoortSchool.get().school_year == "2019-2020"
    assert [row.key for row in BasispoortGroup.select()] == [group.key]
    assert [row.group_key for row in IepPupil.select()] == [group.key]
    assert sitting.sit(SUPPLIER, school, "lezen-6", "6") == 1


def test_new_groups_replace_the_old_ones_in_the_next_nights(db: str) -> None:
    board = make_board(now=clock.parse_moment("2020-07-31T09:00"))
    group = make_group(location_of(board))
    open_partner_accounts(group.location)
    morning(board, days=3)
    Group.create(location=group.location, key="new", name="7", school_year="2020-2021", year_groups="7")
    morning(board, days=2)
    assert BasispoortSchool.get().school_year == "2020-2021"
    assert [row.key for row in IepGroup.select().where(IepGroup.active)] == ["new"]
