"""Basispoort by keyboard, with its parts in IEP LVS and ESIS: the check, merging and another leerlingnummer."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.partners.basispoort import account, publishers, staff
from app.partners.basispoort import transfer as basispoort
from app.partners.iep_lvs.account import change_details, school_of
from app.school.people import renumbering
from models.board import Board
from models.partners.basispoort import BasispoortPublisher
from models.partners.iep_lvs import IepPupil
from models.school import Pupil
from screens.shared.records import RecordList
from tests.golden import Golden
from tests.partners.test_basispoort import edex
from tests.screens.driving import SMALL, WIDE, Driver, driving
from tests.screens.partners.iep import directie, sign_in

MANAGEMENT = ("f10", "right", "right", "right", "enter")


async def sign_in_here(driver: Driver) -> None:
    """F6, the last of the list, and the account of the practice board."""
    await driver.press("f6", "end", "enter", "tab", "tab", "tab", "tab", "enter", "enter")


async def manage(driver: Driver, *keys: str) -> None:
    """Sign in, open Beheer and go on with these keys."""
    await sign_in_here(driver)
    await driver.press(*MANAGEMENT, *keys)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_publishers_are_ticked_by_keyboard(practice: Board, size: tuple[int, int], golden: Golden) -> None:
    async with driving(practice, size=size) as driver:
        await manage(driver, "enter")
        assert "sinds 15-4-2019" in driver.line("IEP (Bureau ICE)")
        await driver.press("down", "space", "escape")
        assert "Wijzigingen weggooien?" in driver.text
        await driver.press("enter", "f2")
        assert "✓ De uitgeverijen zijn opgeslagen." in driver.text
        assert "[x]" in driver.line("Kwintessens")
        assert "werkt vanaf 15-4-2020" in driver.line("Kwintessens")
        golden.check(driver.app, f"basispoort-uitgeverijen-{size[0]}x{size[1]}")
        await driver.press("escape", "escape")
        assert "IEP (Bureau ICE), Kwintessens" in driver.text
    assert BasispoortPublisher.select().where(BasispoortPublisher.publisher == "kwintessens").count() == 1


async def test_what_is_held_is_listed_and_found(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await sign_in_here(driver)
        assert "Welkom bij Basispoort" in driver.text
        await driver.press("enter")
        assert "221 leerlingen" in driver.text
        await driver.type("1042")
        assert "1 leerling" in driver.text
        await driver.press("f10", "right", "enter")
        assert "basisgroep" in driver.text
        await driver.press("f1")
        assert "In koppelingen beschikbaar" in driver.words
        assert "Mijn Menu" not in driver.words, "Basispoort has none"


async def test_a_file_is_refused_until_the_automatic_coupling_is_off(practice: Board, tmp_path: Path) -> None:
    path = edex(tmp_path)
    async with driving(practice, size=SMALL) as driver:
        await manage(driver, "down", "down", "enter")
        assert "! De automatische koppeling met het LAS staat aan" in driver.text
        await driver.type(str(path))
        await driver.press("f2")
        assert "× De automatische koppeling" in driver.words
        account.set_automatic(account.school_of(directie(practice).location), False)
        await driver.press("f2", "left", "enter")
        assert (
            "✓ 1 leerling (1 nieuw, 0 gewijzigd) in 1 groep ingelezen. 221 leerlingen zijn vertrokken." in driver.words
        )


async def test_the_coupling_is_switched_off_and_its_brin6_changed(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await manage(driver, "down", "enter")
        await driver.press("enter", "down", "enter", "tab", "ctrl+u")
        await driver.type("99qq01")
        await driver.press("f2")
        assert "hoort al bij een andere vestiging" in driver.words
        await driver.press("ctrl+u")
        await driver.type("99qq07")
        await driver.press("f2")
        assert "99QQ07" in driver.line("BRIN6")
    school = account.school_of(directie(practice).location)
    assert (school.automatic, school.brin6) == (False, "99QQ07")


async def test_a_double_role_is_made_shown_and_mended(practice: Board) -> None:
    school = account.school_of(directie(practice).location)
    first = staff.rows(school)[0]
    async with driving(practice, size=SMALL) as driver:
        await manage(driver, "down", "down", "down", "enter")
        await driver.press("enter", "end", "up", "enter")
        assert "! kan niet aanmelden" in driver.line(first.name)
        assert "dubbele rol (leraar en stagiair) en kan bij uitgeverijen niet aanmelden" in driver.words
        await driver.press("enter", "enter")
        assert "nieuwe rol vanaf 15-4-2020" in driver.line(first.name)
        await driver.press("n")
        await driver.type("Aaa")
        await driver.press("f2")
        assert "nieuwe rol vanaf" in driver.line("Aaa")
        await driver.press("home", "enter", "end", "enter", "left", "enter")
        assert "Aaa" not in driver.text


async def test_iep_lvs_finds_what_is_wrong_with_the_connection(practice: Board) -> None:
    location = directie(practice).location
    school = account.school_of(location)
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        await driver.open("Verbinding met Basispoort controleren")
        assert "✓ De verbinding met Basispoort is in orde" in driver.text
        publishers.untick(school, publishers.find("iep"))
        account.set_automatic(school, False)
        change_details(school_of(location), "De Oefenhoek", "99QQ09")
        await driver.press("escape", "f10", "right", "right", "right", "enter", "down", "down", "enter", "tab", "enter")
        assert "× 3 punten zijn niet in orde." in driver.text
        assert "als 99QQ09, bij Basispoort als 99QQ00" in driver.words
        assert "Beheer > Uitgeverijen" in driver.words


async def test_a_pupil_gets_another_number_and_its_two_accounts_are_merged(practice: Board) -> None:
    location = directie(practice).location
    async with driving(practice, size=SMALL) as driver:
        driver.app.push_screen(_page("1042"))
        await driver.settle()
        await driver.press("2")
        await driver.act("Ander leerlingnummer")
        await driver.type("5042")
        await driver.press("f2")
        assert "ontstaat een tweede account" in driver.words
        await driver.press("left", "enter")
        assert "✓ Het leerlingnummer is nu 5042." in driver.text
        _two_nights(location)
        await sign_in(driver)
        await driver.open("Leerlingen samenvoegen")
        assert "zelfde ECK iD" in driver.line("1042")
        await driver.press("enter")
        keys = {side: driver.app.screen.query_one(f"#merging-{side}", RecordList).row for side in ("source", "target")}
        assert {side: row.pupil.key for side, row in keys.items() if row} == {"source": "1042", "target": "5042"}
        await driver.press("f2")
        assert "Leerlingen samenvoegen?" in driver.text
        await driver.press("left", "enter")
        assert "✓ 1042 is samengevoegd met 5042" in driver.words
    source = IepPupil.get(IepPupil.key == "1042", IepPupil.school == school_of(location))
    assert (source.active, source.merged_into) == (False, "5042")


async def test_source_and_target_are_chosen_by_hand_and_what_cannot_be_is_told(practice: Board) -> None:
    renumbering.renumber(directie(practice), Pupil.get(Pupil.key == "1042"), "5042")
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        await driver.open("Leerlingen samenvoegen")
        await driver.press("f2")
        assert "× Kies eerst een bron en een doel." in driver.text
        await driver.press("tab", "enter", "enter", "f2")
        assert "× Bron en doel zijn dezelfde leerling." in driver.words, "before it is asked"
        driver.app.screen.set_focus(driver.app.screen.query_one("#merging-target"))
        await driver.press("down", "enter")
        assert "Bron en doel zijn" not in driver.text, "it was said of another choice"


def _page(key: str):  # type: ignore[no-untyped-def]
    from screens.pupils.page import PupilPage

    return PupilPage(key)


def _two_nights(location: object) -> None:
    """What the nights after it bring, without walking through them."""
    from app.clock import PRACTICE_START

    school = account.school_of(location)  # type: ignore[arg-type]
    basispoort.pull(school, PRACTICE_START, limit=1000)
    basispoort.publish(school, PRACTICE_START, limit=1000)
