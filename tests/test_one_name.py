"""A name is the same however spelt, at every entrance and in every list: the effect of `app/exchange/names.py`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from app.exchange.email_list import HEADER
from app.partners.basispoort import overview as basispoort
from app.partners.basispoort.account import school_of as basispoort_of
from app.partners.gynzy.account import school_of as gynzy_of
from app.partners.gynzy.connection import SUPPLIER as GYNZY
from app.partners.iep_lvs.account import school_of as iep_of
from app.partners.iep_lvs.connection import SUPPLIER as IEP
from app.partners.mijnschoolinfo import editing, importing, lists
from app.partners.mijnschoolinfo.editing import PupilForm as MsiForm
from app.partners.results_supplier import merging, overview
from app.refusals import Refused
from app.school import group_editing, groups
from app.school.files.imports import apply, preview
from app.school.group_editing import GroupForm
from app.school.people import enrolment, guardians, pupils, staff
from app.school.people.guardians import GuardianForm
from app.school.people.staff import StaffForm
from app.training.boards import open_partner_accounts
from models.partners.basispoort import BasispoortPupil
from models.partners.gynzy import GynzyPupil
from models.partners.iep_lvs import IepPupil
from models.partners.mijnschoolinfo import MsiPupil
from models.school import Guardian, Pupil
from tests.builders import make_actor, make_board, make_pupil
from tests.partners.mijnschoolinfo.worlds import BORN, couple, uncoupled
from tests.school.files.edex import edex, group, pupil, teacher
from tests.school.people.enrolments import ANNA, school

HIDDEN = "A\u200bnna\u00ad"


def test_what_nobody_sees_is_not_kept_so_the_roepnaam_can_be_typed(db: str) -> None:
    actor, (six,) = school("6")
    own = enrolment.enrol(actor, replace(ANNA, first_name=HIDDEN, last_name="\u202eBerg\u00a0\u00a0Bos"), six).pupil
    assert (own.first_name, own.last_name) == ("Anna", "Berg Bos")
    for other in (" ", "\u200b", "Anne"):
        with pytest.raises(Refused, match="typ de roepnaam"):
            enrolment.delete(actor, own, other)
    enrolment.delete(actor, own, "anna")


@pytest.mark.parametrize("first", [HIDDEN, "ÁNNA", "A\u0301nna", "anna"])
def test_a_double_is_seen_however_it_is_spelt(db: str, first: str) -> None:
    actor, (six,) = school("6")
    enrolment.enrol(actor, ANNA, six)
    assert "Op deze vestiging" in enrolment.enrol(actor, replace(ANNA, first_name=first), six).warnings[0]


def test_a_capital_with_an_accent_is_found_and_sorts_with_its_letter(db: str) -> None:
    actor, (six,) = school("6")
    for key, last in (("1", "Zwart"), ("2", "Éder"), ("3", "eik"), ("4", "Łuc")):
        make_pupil(six, "Kim", last, key=key)
    assert [row.key for row in pupils.page(actor)] == ["2", "3", "4", "1"]
    for asked in ("éder", "EDER", "E\u0301d", "e\u200bder"):
        assert [row.key for row in pupils.page(actor, search=asked)] == ["2"], asked


def test_a_guardian_is_known_by_name_and_address_however_they_are_spelt(db: str) -> None:
    actor, (six,) = school("6")
    first = guardians.add(actor, make_pupil(six, "Anna"), GuardianForm("Zoë Smit", "Zoe.Smit@Voorbeeld.NL"))
    again = guardians.add(actor, make_pupil(six, "Bas"), GuardianForm("ZOE\u0308  SMIT", "zoe.smit@voorbeeld.nl"))
    guardians.add(actor, make_pupil(six, "Cas"), GuardianForm("Éva Aa", "eva@voorbeeld.nl"))
    assert first == again
    assert [row.name for row in guardians.listed(actor)] == ["Éva Aa", "Zoë Smit"]


def test_staff_and_groups_go_by_the_same_rule(db: str) -> None:
    actor, _ = school("6")
    for last in ("Zwart", "Éder", "eik"):
        staff.add(actor, StaffForm("Juf", last))
    assert [row.last_name for row in staff.listed(actor)] == ["Éder", "eik", "Zwart"]
    group_editing.add(actor, GroupForm("Bóvenbouw", year_groups="8"))
    with pytest.raises(Refused, match="al een groep Bóvenbouw"):
        group_editing.add(actor, GroupForm("bovenbouw\u200b", year_groups="8"))
    assert groups.find(actor, "BOVENBOUW").name == "Bóvenbouw"


def test_an_edexml_file_says_the_same_with_and_without_what_nobody_sees(db: str) -> None:
    actor = make_actor(make_board())
    seen = edex(pupil("1", "Anna", "Berg", "G5"), groups=group("G5", "5 a"), staff=teacher("M1", "Els", "Bos"))
    odd = edex(
        pupil("1", HIDDEN, "Be\u200brg ", "G5"), groups=group("G5", "5\u00a0a"), staff=teacher("M1", "E\u00adls", "Bos")
    )
    apply(actor, preview(actor, odd))
    assert Pupil.get().first_name == "Anna"
    assert preview(actor, seen).changes_nothing
    assert preview(actor, odd).changes_nothing


def test_a_name_of_which_nothing_is_seen_is_none(db: str) -> None:
    actor = make_actor(make_board())
    found = preview(actor, edex(pupil("1", "Anna", "\u200b"), groups=group("G5", "\u200b")))
    told = [str(problem) for problem in found.errors]
    assert any("naam is leeg" in one for one in told)


def test_partners_find_and_sort_names_with_accents(db: str) -> None:
    location = make_actor(make_board()).location
    open_partner_accounts(location)
    kinds = (
        (BasispoortPupil, basispoort_of(location), basispoort.pupils),
        (GynzyPupil, gynzy_of(location), partial(overview.pupils, GYNZY)),
        (IepPupil, iep_of(location), partial(overview.pupils, IEP)),
    )
    for model, account, listed in kinds:
        model.delete().execute()
        for key, last in (("1", "Zwart"), ("2", "Éder"), ("3", "eik")):
            model.create(school=account, key=key, first_name="Kim", last_name=last)
        names = [row.pupil.last_name for row in listed(account)]  # type: ignore[operator]
        assert names == ["Éder", "eik", "Zwart"]
        assert [row.pupil.key for row in listed(account, "éDE")] == ["2"]  # type: ignore[operator]


def test_two_accounts_at_iep_lvs_are_one_pupil_however_the_name_is_spelt(db: str) -> None:
    location = make_actor(make_board()).location
    open_partner_accounts(location)
    account = iep_of(location)
    IepPupil.create(school=account, key="1", first_name="ÉVA", last_name="Bos", birth_date=BORN, active=False)
    IepPupil.create(school=account, key="2", first_name="éva", last_name="bos", birth_date=BORN)
    assert [(pair.source.key, pair.target.key) for pair in merging.likely(IEP, account)] == [("1", "2")]


def test_mijnschoolinfo_recognises_a_capital_with_an_accent(db: str) -> None:
    """It used to duplicate the pupil: without a birth date, names were compared by LOWER only."""
    world = uncoupled()
    editing.add_pupil(world.school, MsiForm("Éva", "ÇELIK"))
    world.enrol("Éva Çelik")
    couple(world)
    world.to("2020-04-15T08:00")
    assert MsiPupil.select().count() == 1


def test_mijnschoolinfo_finds_and_sorts_names_with_accents(db: str) -> None:
    world = uncoupled()
    for last in ("Zwart", "Éder", "eik"):
        child = editing.add_pupil(world.school, MsiForm("Kim", last))
        editing.add_guardian(world.school, f"{last} Ouder", "", "", [child.id])
    assert [row.name for row in lists.pupils(world.school)] == ["Kim Éder", "Kim eik", "Kim Zwart"]
    assert [row.name for row in lists.guardians(world.school)] == ["Éder Ouder", "eik Ouder", "Zwart Ouder"]
    assert [row.name for row in lists.pupils(world.school, "kim ÉDER")] == ["Kim Éder"]
    assert lists.count(MsiPupil, world.school, "e\u200bder") == 1


def test_a_list_of_addresses_knows_a_guardian_whatever_the_capitals(db: str, tmp_path: Path) -> None:
    world = uncoupled()
    file = tmp_path / "adressen.csv"
    lines = ("1;Anna;;Aarts;;Zoë Smit;Zoe@Voorbeeld.nl", "2;Bas;;Aarts;;ZOE\u0308 SMIT;zoe@voorbeeld.nl")
    file.write_text("\n".join((";".join(HEADER), *lines)), encoding="utf-8")
    importing.import_file(world.school, file)
    assert [row.belongs for row in lists.guardians(world.school)] == [("Anna Aarts", "Bas Aarts")]


def test_one_name_with_two_addresses_is_two_guardians(db: str) -> None:
    actor, (six,) = school("6")
    for address in ("een@voorbeeld.nl", "twee@voorbeeld.nl"):
        guardians.add(actor, make_pupil(six), GuardianForm("Zoë", address))
    assert Guardian.select().count() == 2
