"""Terugdraaien by keyboard: a sitting of the wrong pupil is moved at IEP LVS, rolled back in ESIS and sent again."""

from __future__ import annotations

from app.access import find_user
from app.clock import school_now
from app.partners.iep_lvs import account, connection
from app.targets import CouplingPage, Log
from app.workers import school_time
from app.workers.walker import walk
from models.assessment import Result
from models.board import Board
from models.partners.iep_lvs import IepPupil, IepSitting
from tests.screens.driving import SMALL, Driver, driving
from tests.screens.partners.iep import CODE, activate, directie, open_school, sign_in


def delivered(board: Board) -> None:
    """Both halves on, two results to deliver, and the night that brings them."""
    activate(board)
    school = account.school_of(directie(board).location)
    assert connection.connect(school, CODE).ok
    keep = [row.id for row in IepSitting.select(IepSitting.id).where(IepSitting.school == school).limit(2)]
    IepSitting.delete().where(IepSitting.id.not_in(keep)).execute()
    school_time.advance(directie(board), school_time.morning_after(school_now(board)))
    walk(board.id)
    assert Result.select().count() == 2


async def open_page(driver: Driver) -> None:
    """The page of the coupling."""
    driver.app.go(CouplingPage("iep-lvs"))
    await driver.settle()


async def test_a_delivery_is_taken_back_after_a_question(practice: Board) -> None:
    delivered(practice)
    async with driving(practice, size=SMALL) as driver:
        await open_page(driver)
        await driver.open("Leveringen")
        assert "wo 15-4-2020 04:00" in driver.line("  2 ")
        assert "2 resultaten gaan weg uit ESIS." in driver.words, "told before it is asked"
        await driver.press("enter")
        assert "2 resultaten gaan weg uit ESIS. IEP LVS kan daarna opnieuw verzenden." in driver.words
        await driver.press("escape")
        assert Result.select().count() == 2
        await driver.press("enter", "left", "enter")
        assert "teruggedraaid door rovict" in driver.text
        assert Result.select().count() == 0
        await driver.press("enter")
        assert "Deze levering is al teruggedraaid door rovict" in " ".join([*driver.said, driver.words])


async def test_the_logbook_takes_back_what_a_line_brought_and_nothing_else(practice: Board) -> None:
    delivered(practice)
    async with driving(practice, size=SMALL) as driver:
        driver.app.go(Log("iep-lvs"))
        await driver.settle()
        await driver.press("down", "t")
        assert "Terugdraaien kan alleen bij een regel van een uitwisseling" in " ".join([*driver.said, driver.words])
        await driver.press("home", "t", "left", "enter")
        assert "Levering van wo 15-4-2020 04:00" in driver.text
    assert Result.select().count() == 0


async def test_who_may_not_is_told_why(practice: Board) -> None:
    delivered(practice)
    async with driving(practice, user=find_user(practice, "administratie").name, size=SMALL) as driver:
        await open_page(driver)
        await driver.open("Leveringen")
        await driver.press("enter")
        assert "Uw rol (Administratief medewerker) laat dit niet toe" in " ".join([*driver.said, driver.words])
    assert Result.select().count() == 2


async def test_a_sitting_is_moved_to_the_right_pupil_and_results_are_sent_again(practice: Board) -> None:
    delivered(practice)
    moved = IepSitting.select().order_by(IepSitting.id).first()
    wrong = moved.pupil
    right = IepPupil.select().where(IepPupil.school == wrong.school, IepPupil.id != wrong.id).first()
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        await driver.press("f10", "right", "enter", "f3")
        await driver.type(f"{wrong.first_name} {wrong.last_name}")
        await driver.press("tab", "enter", "enter")
        assert "Welke leerling heeft de toets gemaakt?" in driver.words
        await driver.press("f3")
        await driver.type(f"{right.first_name} {right.last_name}")
        await driver.press("tab", "enter", "left", "enter")
        assert {row.pupil_id for row in IepSitting.select().where(IepSitting.pending)} == {right.id}
    async with driving(practice, size=SMALL) as driver:
        await open_school(driver, tab=2)
        await driver.act("Opnieuw verzenden")
        await driver.press("f2")
        assert "vannacht opnieuw naar ESIS" in driver.words
    assert IepSitting.select().where(IepSitting.pending).count() == 2
