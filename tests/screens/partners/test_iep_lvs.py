"""IEP LVS around the coupling, by keyboard: signing in and out, the tabs, pupils, windows and sittings."""

from __future__ import annotations

from app.partners.iep_lvs import account
from models.board import Board
from models.partners.iep_lvs import IepPupil, IepTransfer
from tests.screens.driving import SMALL, driving
from tests.screens.partners.iep import directie, open_form, open_school, sign_in

HOSTILE = "[/] [@click=a()]Jan\x1b"


async def test_a_wrong_password_is_told_beside_the_field(practice: Board) -> None:
    async with driving(practice) as driver:
        await driver.press("f6", "enter")
        await driver.type("schoolbeheerder")
        await driver.press("tab")
        await driver.type("oefenem")
        await driver.press("f2")
        assert "× Gebruiker of wachtwoord klopt niet." in driver.text


async def test_the_session_is_of_one_school_and_stays_while_switching(practice: Board) -> None:
    other = directie(practice, "99QQ01")
    async with driving(practice, location=other.location) as driver:
        await sign_in(driver)
        assert "(99QQ01)" in driver.text
        await driver.press("f6", "enter")
        assert "Startpagina" in driver.text
        await driver.press("f6", "enter")
        assert "Welkom bij IEP LVS" in driver.text
        await driver.press("f10", "right", "right", "right", "right", "enter")
        assert "Afmelden bij IEP LVS?" in driver.text
        await driver.press("enter")
        assert "Welkom bij IEP LVS" in driver.text, "the safe answer has the focus"
        await driver.find("Afmelden")
        await driver.press("left", "enter")
        assert "Aanmelden bij IEP LVS" in driver.text


async def test_after_signing_out_the_form_is_empty_and_finds_nothing_wrong(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f6", "enter")
        await program.type("schoolbeheerder")
        await program.press("tab")
        await program.type("oefenen")
        await program.press("enter")
        await program.find("Afmelden")
        await program.press("left", "enter")
        assert "Aanmelden bij IEP LVS" in program.text
        assert "schoolbeheerder" not in program.line("Gebruikersnaam")
        assert "×" not in program.text


async def test_without_a_user_of_esis_the_school_is_chosen(practice: Board) -> None:
    async with driving(practice, user=None, size=SMALL) as driver:
        await driver.press("f6", "enter", "tab", "tab", "enter", "down", "enter")
        await driver.press("tab", "tab", "enter", "enter")
        assert "99QQ01" in driver.text
        assert "Welkom bij IEP LVS" in driver.text


async def test_escape_goes_back_a_level_at_a_time(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await open_form(driver)
        seen = []
        for _ in range(4):
            seen.append(driver.text.splitlines()[1].split("  ")[0].strip())
            await driver.press("escape")
        assert seen == [
            "Beheer > School > Resultaatkoppeling > Instellen",
            "Beheer > School > Resultaatkoppeling",
            "Beheer",
            "Start",
        ]
        assert "Welkom bij IEP LVS" in driver.text


async def test_every_screen_explains_itself_in_dutch(practice: Board) -> None:
    async with driving(practice) as driver:
        await sign_in(driver)
        for keys in (("f10", "right", "enter"), ("f10", "right", "enter"), ("f10", "right", "enter", "enter")):
            await driver.press(*keys, "f1")
            assert "Help bij dit scherm" in driver.text
            await driver.press("escape")
        assert "School > Details" in driver.text


async def test_details_refuses_what_is_no_brin6_and_asks_before_it_is_left(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await open_school(driver)
        await driver.press("down", "tab", "ctrl+u")
        await driver.type("99QQ")
        await driver.press("f2")
        assert "× '99QQ' is geen BRIN6." in driver.text
        await driver.press("escape")
        assert "Wijzigingen weggooien?" in driver.text
    assert account.school_of(directie(practice).location).brin6 == "99QQ00"


async def test_basispoort_shows_what_came_in_or_why_nothing_did(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await open_school(driver, tab=1)
        assert "di 14-4-2020 01:00 221 0 0" in driver.words
        assert "niets binnengekomen" not in driver.text
        IepTransfer.delete().execute()
        await driver.press("right", "left")
        assert "Basispoort heeft nog niets geleverd" in driver.text


async def test_basispoort_says_why_a_delivery_was_refused(practice: Board) -> None:
    school = account.school_of(directie(practice).location)
    IepTransfer.update(message="Basispoort levert 99QQ00.").where(IepTransfer.school == school).execute()
    async with driving(practice, size=SMALL) as driver:
        await open_school(driver, tab=1)
        assert "! Basispoort levert 99QQ00." in driver.text
        assert "di 14-4-2020 01:00, geweigerd" in driver.text
        assert "afgelopen nacht niets binnengekomen" in driver.text


async def test_a_pupil_is_found_and_shown_as_it_is_called(practice: Board) -> None:
    school = account.school_of(directie(practice).location)
    group = IepPupil.get(IepPupil.school == school, IepPupil.year_group == "6").group_key
    IepPupil.create(school=school, key="x1", first_name=HOSTILE, last_name="Zzz", year_group="6", group_key=group)
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        await driver.press("down", "enter", "f3")
        assert "222 leerlingen" in driver.text
        await driver.type("zzz")
        assert "1 leerling" in driver.text
        assert "Zzz, [/] [@click=a()]Jan " in driver.text
        await driver.press("backspace", "backspace", "backspace")
        await driver.type("qqq")
        assert "Er is geen leerling gevonden." in driver.text


async def test_the_windows_show_their_dates_and_state(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await open_school(driver, tab=3)
        assert "geweest" in driver.line("20-1-2020 t/m 7-2-2020")
        assert "komt nog" in driver.line("18-5-2020 t/m 12-6-2020")


async def test_a_group_sits_an_assessment_now_and_only_once_a_day(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        await driver.press("down", "down", "enter", "enter", "f2")
        assert "Toets nu afnemen?" in driver.text
        await driver.press("left", "enter")
        told = driver.words
        assert "✓ 24 leerlingen van groep 3 hebben de toets Lezen groep 3 gemaakt." in told
        assert "wachten tot de resultaatkoppeling is ingesteld" in told
        await driver.press("f2", "left", "enter")
        assert "× Groep 3 heeft Lezen groep 3 vandaag al gemaakt." in driver.text
        await driver.press("escape")
        assert "14-4-2020" in driver.line("Lezen groep 3")


async def test_the_eindtoets_says_that_it_does_not_go_to_esis(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        await driver.press("down", "down", "enter", "end", "enter")
        assert "Deze toets gaat niet met de resultaatkoppeling mee" in driver.words
