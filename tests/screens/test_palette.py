"""Ctrl+P works everywhere, and finds what can be done elsewhere."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from app import faults
from models.board import Board
from screens.navigation.places import PLACES
from screens.partners.frame import PartnerScreen
from screens.partners.mijnschoolinfo.record import RecordPage
from screens.shell import synonyms
from screens.shell.elsewhere import ways_of
from screens.shell.entries import entries
from screens.start.sign_in import SignIn
from screens.trainer.faults import FaultsPage
from tests.screens.asked import ask, shown
from tests.screens.driving import WIDE, Driver, driving
from tests.screens.partners import msi


async def sign_in_at_iep(program: Driver) -> None:
    await program.press("f6", "enter")
    if "Aanmelden bij IEP LVS" not in program.text:
        return
    await program.type("schoolbeheerder")
    await program.press("tab")
    await program.type("oefenen")
    await program.press("f2")


async def in_a_form(program: Driver) -> None:
    await program.find("Koppeling activeren: IEP LVS")


async def in_a_dialog(program: Driver) -> None:
    await program.press("f9")


async def on_the_start_page(program: Driver) -> None:
    pass


STARTS = [on_the_start_page, in_a_form, in_a_dialog, sign_in_at_iep]


@pytest.mark.parametrize("place", STARTS)
async def test_everything_can_be_done_from_everywhere(practice: Board, place) -> None:  # type: ignore[no-untyped-def]
    async with driving(practice, size=WIDE) as program:
        await place(program)
        await program.find("Naar IEP LVS")
        assert isinstance(program.app.screen, PartnerScreen)
        await program.find("Naar ESIS")
        assert program.app.current_mode == "esis"
        await place(program)
        await program.find("Koppeling activeren: IEP LVS")
        assert program.text.splitlines()[1].startswith(" Beheer > Koppelingen > Koppeling activeren")
        await program.type("R.")
        assert "R." in program.line("Uw naam")
        await program.press("backspace", "backspace", "escape")
        await place(program)
        await program.find("Schooltijd: naar morgenochtend")
        assert "Onderweg naar" in program.text
        assert Board.get_by_id(practice.id).target is not None
        await place(program)
        await program.find("Afmelden / andere gebruiker")
        assert isinstance(program.app.screen, SignIn)


async def test_an_action_of_the_screen_is_found_too(practice: Board) -> None:
    async with driving(practice) as program:
        await program.find("Koppelingenlogboek: IEP LVS")
        assert "CSV bewaren  Dit scherm  E" in await ask(program, "csv")
        await program.press("escape", "ctrl+p")
        assert not any(line.startswith("CSV bewaren") for line in shown(program)[:20]), "what matters comes first"
        assert "▌ " in program.text, "the focus is in the line above it"
        last = program.text.splitlines()[-1]
        assert "Enter Openen" in last
        assert "↓ Omlaag" in last


async def test_nobody_signed_in_finds_only_what_needs_nobody(practice: Board) -> None:
    async with driving(practice, None) as program:
        assert "Leerlingenadministratie" not in "".join(await ask(program, "leerling"))
        await program.press("escape")
        await program.find("Naar IEP LVS")
        assert "Aanmelden bij IEP LVS" in program.text


async def test_what_the_role_does_not_allow_says_so(practice: Board) -> None:
    async with driving(practice, "leerkracht6") as program:
        await program.find("Koppeling activeren: IEP LVS")
        assert "Uw rol (Leerkracht) laat dit niet toe: koppelingen activeren" in program.said[0]
        await program.find("Koppelingenlogboek: IEP LVS")
        assert "Uw rol (Leerkracht) laat dit niet toe: koppelingen bekijken" in program.said[1]


async def test_a_trainer_sets_a_fault_and_takes_it_away(practice: Board) -> None:
    async with driving(practice, "trainer") as program:
        await program.find("Storing aanzetten")
        assert "staat nu aan" in program.said[0]
        await program.find("Storing uitzetten")
        assert "staat nu uit" in program.said[1]


async def test_stopping_by_the_palette(practice: Board) -> None:
    async with driving(practice) as program:
        await program.find("Programma stoppen")
        assert program.app._exit


async def test_what_can_be_done_on_another_screen_is_found_and_done(practice: Board) -> None:
    async with driving(practice) as program:
        assert (await ask(program, "nieuwe leer"))[0].startswith("Nieuwe leerling  ")
        await program.press("enter")
        assert program.line("Nieuwe leerling")
        await program.press("escape", "escape")
        assert any(
            line.startswith("Koppeling beëindigen: kies een koppeling  ") for line in await ask(program, "beëin")
        )
        await program.press("escape")
        assert (await ask(program, "wijzigingen"))[0].startswith("Wijzigingen: kies een leerling  ")


async def test_an_action_of_one_pupil_asks_which(practice: Board) -> None:
    async with driving(practice) as program:
        assert (await ask(program, "ouders/verzorgers"))[0].startswith("Verzorgers: kies een leerling  ")
        await program.press("escape")
        await program.find("wijzigingen")
        assert "Welke leerling?" in program.text
        await program.type("1101")
        await program.press("enter", "enter")
        assert "de Boer" in program.text
        assert program.app.screen._tab == "changes"  # type: ignore[attr-defined]


async def test_actions_and_pages_of_the_partners_are_found_from_esis(practice: Board) -> None:
    async with driving(practice) as program:
        assert any(line.startswith("Opnieuw verzenden  IEP LVS > ") for line in await ask(program, "opnieuw verz"))
        await program.press("escape")
        assert "Werelden  Gynzy" in await ask(program, "werelden")


async def test_what_is_about_a_row_only_opens_the_screen(practice: Board) -> None:
    async with driving(practice, "trainer") as program:
        await program.find("Storingen aan of uit")
        assert isinstance(program.app.screen, FaultsPage)
        assert not faults.active(practice.id, "iep-lvs")


async def test_every_action_of_every_screen_is_found_by_its_name(practice: Board) -> None:
    async with driving(practice) as program:
        found = {entry.title for entry in entries(program.app)}
        kinds = [place.kind for place in PLACES.values() if not place.window]
        told = {way.title for kind in kinds for way in ways_of(kind)}
        assert told <= found
        assert {"Ander leerlingnummer", "Wachtwoord", "2FA uit", "Leveringen", "Uitvoeren"} <= found


async def test_the_way_to_another_program_leaves_a_form_as_it_is(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("medewerkers")
        await program.press("n")
        await program.type("Jan")
        form = program.app.screen
        await program.find("Gynzy > Werelden")
        assert program.app.current_mode == "gynzy", program.text
        program.app.switch_mode("esis")
        await program.settle()
        assert program.app.screen is form
        assert "Jan" in program.line("Roepnaam")
        await program.find("Beheer > Koppelingen > Koppeling beëindigen")
        assert program.line("Wijzigingen weggooien?"), "that is a screen of this program"


async def test_a_letter_chooses_a_program(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f6", "m")
        await program.press("enter")
        assert program.app.current_mode == "mijnschoolinfo"


async def test_a_page_of_the_partner_is_found_over_the_window_of_the_clock(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f6", "m", "enter")
        await program.type("beheerder")
        await program.press("tab")
        await program.type("oefenen")
        await program.press("enter", "f9", "ctrl+p")
        await program.type("leerlingen")
        await program.press("enter")
        assert "School > Leerlingen" in program.text


@pytest.mark.parametrize("place", ["start", "leerlingenadministratie", "mijnschoolinfo"])
async def test_what_has_one_name_shows_where_it_leads(practice: Board, place: str) -> None:
    async with driving(practice) as program:
        if place == "mijnschoolinfo":
            await msi.sign_in(program)
            await program.find("Mijnschoolinfo > Twijfellijst")
        elif place != "start":
            await program.go_to(place)
        found = Counter((entry.shown, entry.path) for entry in entries(program.app))
        assert [both for both, number in found.items() if number > 1] == []
        assert sum(title == "Code" for title, _ in found) == 1
        led = [path for title, path in found if title == "Leveringen" and path.startswith("Mijnschoolinfo")]
        assert led == ["Mijnschoolinfo > Koppeling"]


async def test_every_title_with_other_words_is_there(practice: Board) -> None:
    async with driving(practice) as program:
        assert synonyms.SYNONYMS.keys() <= {entry.title for entry in entries(program.app)}


async def test_an_action_on_the_pupil_in_view_names_the_pupil_and_offers_another_next(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("ctrl+p")
        await program.type("beekhuis")
        await program.press("enter")
        name = program.app.screen.of_record  # type: ignore[attr-defined]
        assert "Beekhuis" in name
        first, second = (await ask(program, "uitschrijven"))[:2]
        assert first.startswith(f"Uitschrijven: {name}  Dit scherm")
        assert second.startswith("Uitschrijven: kies een leerling  ")
        await program.press("escape")
        await program.press("3", "up")
        assert program.app.screen._tab == "guardians", "up goes to the tab that is open"  # type: ignore[attr-defined]
        await program.go_to("leerlingenadministratie")
        await program.press("down")
        changing = next(line for line in await ask(program, "wijzigen") if "Dit scherm" in line)
        assert re.match(r"Wijzigen: .*\w, \w|Wijzigen: \w+ \w+", changing), changing


async def test_mijnschoolinfo_finds_its_own_pupils(practice: Board) -> None:
    msi.delivered(practice)
    async with driving(practice) as program:
        await msi.sign_in(program)
        assert any("Beekhuis" in line and "  Leerling " in line for line in await ask(program, "beekhuis"))
        await program.press("enter")
        assert isinstance(program.app.screen, RecordPage)
        assert "Beekhuis" in program.text
