"""Koppeling activeren by keyboard: the form of sources.md#activation, every violation of the code rule, and who may."""

from __future__ import annotations

import pytest
from textual.events import Paste
from textual.widgets import Input

from app.couplings import lifecycle
from models.board import Board, Location
from models.coupling import Coupling
from tests.screens.couplings.walking import CODE, activated, coupling, fill_in
from tests.screens.driving import SMALL, WIDE, driving


async def test_the_form_is_that_of_the_seed(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.open("Koppeling activeren: IEP LVS")
        shown = [program.text]
        await program.press("tab", "tab", "tab")
        words = " ".join(" ".join([*shown, program.text]).split())
        for part in (
            "Koppelinggegevens",
            "Naam Bureau ICE",
            "Omschrijving IEP resultaten koppeling",
            "Prijs Geen aanvullende kosten",
            "Gebruikersvoorwaarden downloaden",
            "Uw gegevens",
            "Uw naam",
            "Voor akkoord",
            "Startdatum 14-4-2020",
            "Verificatiecode",
            "▶ Gereed ◀",
            "Annuleren",
        ):
            assert part in words, part


async def test_tab_goes_name_consent_code_gereed(practice: Board) -> None:
    async with driving(practice) as program:
        await program.open("Koppeling activeren: IEP LVS")
        order = []
        for _ in range(4):
            order.append(program.app.focused.id if program.app.focused else None)
            await program.press("tab")
        assert order == ["field-name", "field-agree", "field-code", "submit"]


async def test_gereed_works_from_the_link_above_the_fields_too(practice: Board) -> None:
    async with driving(practice) as program:
        await program.open("Koppeling activeren: IEP LVS")
        await program.press("shift+tab")
        assert program.app.focused is program.app.screen.query_one(".terms")
        assert "F2 Gereed" in program.text.splitlines()[-1]
        assert "Esc Annuleren" in program.text.splitlines()[-1]
        await program.press("f2")
        assert "× " in program.text
        assert program.app.focused is program.app.screen.query_one("#field-name")


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["120x36", "80x24"])
async def test_what_mijnschoolinfo_asks_first_stands_on_its_form(practice: Board, size: tuple[int, int]) -> None:
    async with driving(practice, size=size) as program:
        await program.open("Koppeling activeren: Mijnschoolinfo")
        told = "Voorwaarde: alle verzorgers hebben in ESIS een e-mailadres (bereikbaarheid). Nu ontbreekt nog: 5 verzorgers"
        assert told in program.words
        assert "Gereed" in program.line("Annuleren"), "the buttons are in view"


async def test_a_space_before_a_pasted_code_is_left_out(practice: Board) -> None:
    async with driving(practice) as program:
        await fill_in(program, code="")
        program.app.screen.query_one("#field-code").post_message(Paste(f" {CODE} "))
        await program.settle()
        await program.press("f2")
        assert coupling().code == CODE


VIOLATIONS = (
    ("99QQ011234567890abcd", "De code begint met 99QQ01: vestigingsnummer 01. Deze vestiging heeft nummer 00"),
    ("99QQ001234567890abc", "De code is 19 tekens lang; het moeten er minimaal 20 en maximaal 50 zijn."),
    ("99QQ00" + "a" * 45, "De code is 51 tekens lang; het moeten er minimaal 20 en maximaal 50 zijn."),
    ("99QQ00 1234567890abcd", "Er staat een spatie op plaats 7. Gebruik alleen letters en cijfers."),
    ("99QQ001234567890abcd ", "Er staat een spatie aan het eind."),
    ("99QQ00-1234567890abcd", "Er staat een streepje (-) op plaats 7."),
    ("99QQO01234567890abcd", "Op plaats 5 staat de letter O; daar hoort het cijfer 0 (nul)."),
    ("99QQ00123456789٣abcd", "Op plaats 16 staat ٣: dat lijkt een cijfer"),
    ("99QQ00123456789éabcd", "Op plaats 16 staat de letter é."),
    ("12AB001234567890abcd", "De code begint met 12AB00; dat moet het brin- en vestigingsnummer van deze"),
    ("99QQ", "De code moet beginnen met 99QQ00 en minimaal 20 tekens lang zijn; u typte '99QQ'."),
)


async def test_each_violation_has_its_own_sentence_beside_the_field(practice: Board) -> None:
    async with driving(practice) as program:
        await fill_in(program, code="x")
        for code, sentence in VIOLATIONS:
            await program.press("home", "shift+end", "delete")
            await program.type(code)
            await program.press("f2")
            assert f"× {sentence}" in program.words
            focused = program.app.focused
            assert isinstance(focused, Input)
            assert (focused.id, focused.value) == ("field-code", code), "what was typed stays"
    assert Coupling.select().count() == 0


async def test_a_code_of_another_live_coupling_is_refused(practice: Board) -> None:
    coupling = activated(practice)
    elsewhere = Location.get(Location.number == "01")
    # The rule asks for the own location's number, so only a row made otherwise can hold this code elsewhere.
    Coupling.update(location=elsewhere).where(Coupling.id == coupling.id).execute()
    async with driving(practice) as program:
        await fill_in(program)
        await program.press("f2")
        assert "× Deze code is al in gebruik bij de koppeling IEP LVS van vestiging 99QQ01." in program.words


async def test_lower_case_in_the_brin_is_kept_as_upper_case_and_the_rest_as_typed(practice: Board) -> None:
    async with driving(practice) as program:
        await fill_in(program, code="99qq00abcdEFGHijklMN")
        await program.press("f2")
        assert coupling().code == "99QQ00abcdEFGHijklMN"
        assert "99QQ00abcdEFGHijklMN" in program.text


async def test_without_a_code_it_is_activated_but_stopped(practice: Board) -> None:
    async with driving(practice) as program:
        await fill_in(program, code="")
        await program.press("f2")
        assert "✓ De koppeling is geactiveerd, maar zonder verificatiecode staat de uitwisseling stil." in program.words
        assert "Nog geen code" in program.line("Status")
        assert "Volgende stap: Vul de verificatiecode in." in program.text
        assert program.app.focused is program.app.screen.query_one("#field-code")
        assert coupling().state == "paused"


async def test_after_gereed_the_code_in_full_the_next_step_and_the_consent(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await fill_in(program)
        await program.press("f2")
        assert CODE in program.line("Verificatiecode ")
        assert "Volgende stap: Ga naar IEP LVS (F6)" in program.words
        assert "R. Victor (rovict)" in program.words
        assert "di 14-4-2020 09:00" in program.line("R. Victor (rovict)")
        assert "oefenversie 1" in program.line("Voorwaarden")
        assert "✓ De koppeling is geactiveerd." in program.text
        await program.press("escape")
        assert "Annuleren" not in program.text, "Esc does not lead back to the form"


async def test_the_copied_code_is_pasted_at_the_partner(practice: Board) -> None:
    async with driving(practice) as program:
        await fill_in(program)
        await program.press("f2", "f8")
        assert program.app.clipboard == CODE
        assert program.said == [f"Gekopieerd: {CODE}. Plak hem in IEP LVS met Ctrl+V."]
        await program.press("f6", "enter")
        await program.type("schoolbeheerder")
        await program.press("tab", "ctrl+v")
        assert program.app.screen.query_one("#field-password", Input).value == CODE


async def test_activated_by_another_meanwhile_is_refused_and_nothing_typed_is_lost(practice: Board) -> None:
    async with driving(practice) as program:
        await fill_in(program, code="99QQ00zzzzzzzzzzzzzz")
        activated(practice)
        await program.press("f2")
        assert "is al geactiveerd" in program.said[0]
        assert "99QQ00zzzzzzzzzzzzzz" in program.text


async def test_an_activated_coupling_opens_its_page_instead(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        await program.open("Koppeling activeren: IEP LVS")
        assert "Koppeling IEP LVS" in program.text
        assert CODE in program.line("Verificatiecode ")


@pytest.mark.parametrize("user", ["ib", "administratie"])
async def test_who_may_not_activate_sees_it_dimmed_with_the_reason(practice: Board, user: str) -> None:
    async with driving(practice, user) as program:
        await program.go_to("koppelingen")
        link = program.app.screen.query_one("#activate-iep-lvs")
        assert link.has_class("-blocked")
        assert "laat dit niet toe: koppelingen activeren of beëindigen" in program.words
        link.focus()
        await program.press("enter")
        assert "laat dit niet toe: koppelingen activeren of beëindigen" in program.said[0]
        assert program.app.screen.query_one("#activate-iep-lvs")


async def test_the_start_date_is_today_in_school_time(practice: Board) -> None:
    from app import clock

    Board.update(now=clock.parse_moment("2020-05-01T10:00")).execute()
    async with driving(practice) as program:
        await fill_in(program)
        assert "1-5-2020" in program.line("Startdatum")
        await program.press("f2")
        assert "1-5-2020" in program.line("Startdatum")
        assert lifecycle.live(program.actor.location, "iep-lvs").start_date.isoformat() == "2020-05-01"  # type: ignore[union-attr]
