"""Waarom komt het niet?, by keyboard: from the coupling to the cause, to the screen that fixes it, and back."""

from __future__ import annotations

from app.couplings import lifecycle
from app.partners.iep_lvs import account, connection
from models.board import Board
from tests.screens.couplings.walking import CODE, activated, coupling, open_coupling
from tests.screens.driving import SMALL, driving
from tests.screens.partners.iep import directie

OTHER = "99QQ00nmlkjihgfedcba"


async def test_another_code_is_found_and_mended_at_the_partner(practice: Board) -> None:
    activated(practice, OTHER)
    school = account.school_of(directie(practice).location)
    connection.connect(school, OTHER)
    lifecycle.change_code(directie(practice), "iep-lvs", CODE)
    async with driving(practice, size=SMALL) as program:
        await open_coupling(program)
        program.app.screen.query_one("#why-link").focus()
        await program.press("exclamation_mark")
        await program.until(lambda: "oorza" in program.text)
        assert "verschillend" in program.line("Verificatiecodes")
        assert "! " in program.line("gevonden")
        assert "De verificatiecode bij IEP LVS is een andere" in program.text
        assert "Kopieer de code in ESIS (F8 bij de koppeling)" in program.words
        assert not any(code[6:] in program.text for code in (CODE, OTHER))

        await program.press("enter")
        assert "Aanmelden bij IEP LVS" in program.text
        assert program.said[-1] == "Meld u aan bij IEP LVS; daarna opent het scherm dat u nodig heeft."
        await program.type("schoolbeheerder")
        await program.press("tab")
        await program.type("oefenen")
        await program.press("f2")
        await program.until(lambda: "> Resultaatkoppeling" in program.text)
        await program.press("f7")
        await program.press("ctrl+u")
        await program.type(CODE)
        await program.press("f2")
        assert coupling().code == CODE

        await program.press("f6", "enter")
        await program.until(lambda: "gelijk" in program.line("Verificatiecodes"))
        assert "De verificatiecode bij IEP LVS is een andere" not in program.text
        await program.press("escape")
        assert "Koppeling IEP LVS" in program.text


async def test_signed_in_already_the_screen_itself_opens_and_w_goes_back_to_why(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        await program.open("Naar IEP LVS")
        await program.type("schoolbeheerder")
        await program.press("tab")
        await program.type("oefenen")
        await program.press("f2")
        await program.open("Naar ESIS")
        await program.open("Waarom komt het niet? IEP LVS")
        await program.until(lambda: "nog niet ingesteld." in program.text)
        await program.press("enter")
        await program.until(lambda: "> Resultaatkoppeling" in program.text)
        await program.press("exclamation_mark")
        await program.until(lambda: "Waarom komt het niet? IEP LVS" in program.text)


async def test_from_the_overviews_one_chooses_and_what_is_mended_in_esis_opens_there(practice: Board) -> None:
    async with driving(practice, "administratie", size=SMALL) as program:
        await program.go_to("berichten-overzicht")
        await program.press("exclamation_mark", "down", "down", "down", "enter")
        await program.until(lambda: "Niets gevonden dat iemand moet herstellen." in program.words)
        assert "• De groepen Plusgroep rekenen" in program.text.replace("•  ", "• ")
        await program.press("enter")
        assert "Groepen en onderwijssoorten" in program.text
        await program.press("escape", "exclamation_mark")
        assert "ESIS naar Basispoort" in program.text
        await program.press("enter")
        await program.until(lambda: "is in ESIS niet geactiveerd." in program.text)
        await program.press("enter")
        assert "laat dit niet toe: koppelingen activeren" in program.said[-1]
