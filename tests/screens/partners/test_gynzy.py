"""Gynzy by keyboard: coupling, results per method, a practising group, merging; and its Instellingen as a picture."""

from __future__ import annotations

from app.clock import school_now
from app.couplings import lifecycle
from app.partners.gynzy import account, overview
from app.partners.gynzy.connection import SUPPLIER
from app.partners.results_supplier import connecting
from app.partners.results_supplier.merging import sources
from app.school.assessment import assessments
from app.workers import school_time
from app.workers.walker import walk
from models.assessment import Result
from models.board import Board
from tests.golden import Golden
from tests.screens.driving import SMALL, Driver, driving
from tests.screens.partners.iep import CODE, directie

SIGN_IN = ("f6", "down", "enter", "tab", "tab", "tab", "tab", "enter", "enter")


def activate(board: Board) -> None:
    """ESIS's half."""
    lifecycle.activate(directie(board), "gynzy", "R. Victor", True, CODE)


def night(board: Board) -> None:
    """To the next morning."""
    school_time.advance(directie(board), school_time.morning_after(school_now(board)))
    walk(board.id)


async def to(driver: Driver, steps: int) -> None:
    """From the start to an entry of the menu, this many to the right."""
    await driver.press("f10", *["right"] * steps, "enter")


async def test_coupled_by_keyboard_and_the_results_are_in_esis_after_two_nights(practice: Board) -> None:
    activate(practice)
    assessments.set_active(directie(practice), "gynzy-rekenen-6", True)
    async with driving(practice, size=SMALL) as driver:
        await driver.press(*SIGN_IN)
        assert "Welkom bij Gynzy" in driver.text
        assert "Koppel met ESIS: Instellingen > ESIS > Koppelen" in driver.words
        await to(driver, 3)
        await driver.press("enter")
        await driver.type(f"{CODE}x")
        await driver.press("f2")
        assert "De koppeling is niet ingeschakeld." in driver.words
        assert "de verificatiecode verschilt van die in ESIS" in driver.words
        await driver.press("backspace", "f2")
        assert "✓ Testbericht gelukt. De koppeling met ESIS is ingeschakeld" in driver.words
        night(practice)
        await driver.press("f10", "left", "left", "enter", "space")
        assert "aan sinds 15-4-2020" in driver.line("Rekenen")
        await driver.press("enter", "tab", "enter", "down", "enter")
        group = driver.line("Groep  ")
        await driver.press("shift+tab", "enter")
        await driver.type("6")
        await driver.press("enter", "f2")
        assert "De resultaten gaan vannacht naar ESIS." in driver.words, group
    night(practice)
    made = overview.groups(account.school_of(directie(practice).location))
    assert sum(row.outcomes for row in made) == Result.select().where(Result.supplier == "gynzy").count() > 0


async def test_a_hand_made_account_is_merged_with_that_of_esis(practice: Board) -> None:
    activate(practice)
    school = account.school_of(directie(practice).location)
    assert connecting.connect(SUPPLIER, school, CODE).ok
    night(practice)
    async with driving(practice, size=SMALL) as driver:
        await driver.press(*SIGN_IN)
        assert "leerlingen hebben hier twee accounts. Voeg ze samen bij Leerlingen" in driver.words
        await to(driver, 2)
        await driver.act("Accounts samenvoegen")
        names = [driver.line(label).split("(")[-2].split(")")[-1].strip() for label in ("Bron", "Doel")]
        assert names[0] == names[1], driver.text
        await driver.press("f2", "left", "enter")
        assert "✓ Samengevoegd:" in driver.text
    assert len(sources(SUPPLIER, school)) == 3


async def test_results_are_sent_again_by_the_form(practice: Board) -> None:
    activate(practice)
    school = account.school_of(directie(practice).location)
    assert connecting.connect(SUPPLIER, school, CODE).ok
    async with driving(practice, size=SMALL) as driver:
        await driver.press(*SIGN_IN)
        await to(driver, 3)
        await driver.act("Opnieuw verzenden")
        assert "Er is nog niets naar ESIS verstuurd" in driver.text


async def test_instellingen_looks_as_it_did(practice: Board, golden: Golden) -> None:
    activate(practice)
    assert connecting.connect(SUPPLIER, account.school_of(directie(practice).location), CODE).ok
    async with driving(practice) as driver:
        await driver.press(*SIGN_IN)
        await to(driver, 3)
        golden.check(driver.app, "gynzy-instellingen")
