"""IEP LVS's side of the coupling, by keyboard: sources.md#iep-lvs and the outcomes of the test message."""

from __future__ import annotations

from app import clock
from app.access import actor_for, find_user
from app.couplings import lifecycle
from app.diagnosis import advice
from app.other_esis.setting import Elsewhere
from app.partners import elsewhere
from app.partners.iep_lvs import account
from app.training import disturbances
from models.board import Board
from models.training import LessonProgress
from screens.driving.screen_driver import ScreenDriver
from tests.screens.driving import SMALL, driving
from tests.screens.partners.iep import CODE, activate, directie, open_form, open_school, sign_in, try_code


async def test_the_coupling_is_set_up_by_keyboard_with_the_code_of_esis(practice: Board) -> None:
    activate(practice)
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        assert "Welkom bij IEP LVS" in driver.text
        await driver.press("end", "up", "enter")
        assert "Beheer" in driver.line("F9")
        await driver.press("enter")
        assert "School > Details" in driver.text
        await driver.press("right", "right")
        above, below = driver.text.split("▏ Koppeling instellen ▕")
        assert "De resultaatkoppeling is nog niet ingesteld." in below
        assert "ingesteld" not in above
        await driver.press("enter", "enter")
        assert "Leerlingadministratiesysteem (LAS)" in driver.line("ESIS  ")
        assert "Testbericht versturen en koppeling inschakelen" in driver.text
        await driver.type(CODE)
        await driver.press("f2")
        assert (
            "✓ Testbericht gelukt. De koppeling met ESIS is ingeschakeld: vanaf dit moment worden de resultaten elke "
            "nacht doorgestuurd." in driver.words
        )
        assert "99QQ00**************" in driver.line("ESIS-verificatiecode")
    school = account.school_of(directie(practice).location)
    assert (school.las, school.code) == ("ESIS", CODE)


async def test_the_copied_code_is_pasted_with_ctrl_v(practice: Board) -> None:
    activate(practice)
    async with driving(practice) as driver:
        await open_form(driver)
        driver.app.copy_to_clipboard(f"{CODE} ")
        await driver.press("ctrl+v", "f2")
        assert "De koppeling met ESIS is ingeschakeld" in driver.text


async def test_without_activation_in_esis_the_sentence_says_so_and_stays_when_coming_back(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await open_form(driver)
        await try_code(driver, CODE)
        refused = "× De koppeling is niet ingeschakeld. ESIS kent deze code niet: de koppeling IEP LVS is in ESIS niet"
        assert refused in driver.words
        assert CODE in driver.text
        await driver.press("escape", "tab", "enter")
        assert refused in driver.words
        assert "De resultaatkoppeling is nog niet ingesteld." in driver.text
        await driver.press("escape", "enter", "right", "right")
        assert refused in driver.words
        await driver.press("f7")
        assert "Testbericht versturen" in driver.text
        assert refused not in driver.words, "an earlier try says nothing of this form"


async def test_each_outcome_has_its_own_sentence_and_what_was_typed_can_be_mended(practice: Board) -> None:
    activate(practice)
    rovict, trainer = directie(practice), actor_for(find_user(practice, "trainer"))
    async with driving(practice, size=SMALL) as driver:
        await open_form(driver)
        await try_code(driver, f"{CODE}x")
        assert "de verificatiecode verschilt van die in ESIS" in driver.words
        lifecycle.pause(rovict, "iep-lvs")
        await driver.press("backspace", "f2")
        assert "is in ESIS tijdelijk gestopt" in driver.words
        lifecycle.change_code(rovict, "iep-lvs", CODE)
        disturbances.switch(trainer, "iep-lvs", "unreachable", True)
        await driver.press("f2")
        assert "ESIS is niet bereikbaar" in driver.words
        disturbances.switch(trainer, "iep-lvs", "unreachable", False)
        await driver.press("f2")
        assert "✓ Testbericht gelukt." in driver.text
        lifecycle.end(rovict, "iep-lvs")
        await driver.press("f7", "escape")
        assert "✓ De koppeling" not in driver.text
        assert (
            "maar ESIS neemt nu niets aan. ESIS kent deze code niet: de koppeling IEP LVS is in ESIS niet"
            in driver.words
        )


async def test_a_wrong_brin6_is_told(practice: Board) -> None:
    activate(practice)
    async with driving(practice) as driver:
        await open_school(driver)
        await driver.press("down", "tab", "ctrl+u")
        await driver.type("99qq07")
        await driver.press("f2")
        assert "99QQ07" in driver.line("BRIN6")
        await driver.press("shift+tab", "shift+tab", "right", "right", "enter", "enter")
        await try_code(driver, CODE)
        assert "Deze verificatiecode is van vestiging 99QQ00, maar het bericht is voor 99QQ07." in driver.words


async def test_the_form_wants_a_code_and_offers_no_other_las(practice: Board) -> None:
    async with driving(practice) as driver:
        await open_form(driver)
        await driver.press("f2")
        assert "× ESIS-verificatiecode is verplicht" in driver.text
        await driver.press("shift+tab", "enter")
        assert "ParnasSys (niet in deze oefenomgeving)" in driver.text
        await driver.press("down", "enter")
        assert "ParnasSys" not in driver.text
        assert "ESIS" in driver.line("(LAS)")


async def test_the_code_is_masked_until_asked_for_and_a_failed_change_keeps_the_old_one(practice: Board) -> None:
    activate(practice)
    async with driving(practice) as driver:
        await open_form(driver)
        await try_code(driver, CODE)
        assert CODE not in driver.text
        await driver.act("Code tonen")
        assert CODE in driver.text
        await driver.act("Code tonen")
        await driver.press("f7")
        await try_code(driver, "99QQ00anderecode12345")
        assert "De code die eerder is ingesteld, blijft bewaard." in driver.words
    assert account.school_of(directie(practice).location).code == CODE


async def test_leaving_a_form_with_something_typed_asks_first(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await open_form(driver)
        await driver.type("99")
        await driver.press("escape")
        assert "Wijzigingen weggooien?" in driver.text
        await driver.press("enter")
        assert "99" in driver.line("ESIS-verificatiecode")
        await driver.press("f10", "enter")
        assert "Wijzigingen weggooien?" in driver.text
        await driver.press("left", "enter")
        assert "ESIS-verificatiecode" not in driver.text


async def test_another_esis_is_named_before_the_coupling_is_set_up(practice: Board) -> None:
    trainer = actor_for(find_user(practice, "trainer"))
    address = "http://127.0.0.1:9/UWLR/UwlrStandaard2.2.svc"
    elsewhere.choose(trainer, "iep-lvs", Elsewhere(address, address, "", ""))
    async with driving(practice, size=SMALL) as driver:
        await open_school(driver, tab=2)
        assert f"een andere ESIS: {address}" in driver.words


async def test_during_an_exam_nothing_says_how_to_couple_or_what_is_not_in_order(practice: Board) -> None:
    now = clock.wall_now()
    LessonProgress.create(
        board=practice, own_board=practice, learner="x", lesson="y", mode="exam", started_at=now, seen_at=now, steps=1
    )
    async with driving(practice) as driver:
        await open_school(driver, tab=2)
        assert "De resultaatkoppeling is nog niet ingesteld." in driver.words
        assert "Activeer" not in driver.words
        assert "Zo koppelt u" not in driver.words
        await driver.press("left")
        screen = ScreenDriver(driver.app, driver.pilot)
        await screen.choose("Verbinding instellen/controleren")
        assert advice.SILENT in driver.words
        assert "niet in orde" not in driver.words
