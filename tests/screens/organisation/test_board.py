"""Bestuur-School-Vestiging by keyboard: a second school, and changing the BRIN of a coupled one."""

from __future__ import annotations

from models.board import Board, Location, School
from models.partners.basispoort import BasispoortSchool
from models.partners.iep_lvs import IepSchool
from tests.screens.couplings.walking import activated
from tests.screens.driving import SMALL, driving


async def test_a_second_school_comes_with_its_location_and_partner_accounts(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.open("Bestuur-School-Vestiging")
        await program.press("enter")
        assert "De naam van het bestuur ligt vast" in program.said[-1]
        await program.press("n", "end", "enter")
        await program.type("99ZZ")
        await program.press("tab")
        await program.type("De Nieuwe")
        await program.press("f2")
        assert program.line("99ZZ00")
        made = Location.get(Location.name == "De Nieuwe")
        assert BasispoortSchool.get(BasispoortSchool.location == made).brin6 == "99ZZ00"
        assert IepSchool.get(IepSchool.location == made).brin6 == "99ZZ00"


async def test_a_changed_brin_warns_before_and_tells_what_is_left_after(practice: Board) -> None:
    activated(practice)
    async with driving(practice, size=(100, 24)) as program:
        await program.go_to("bestuur-school-vestiging")
        await program.press("down", "enter", "backspace", "backspace")
        await program.type("ZZ")
        await program.press("f2")
        assert "de code begint met 99QQ00 en moet met 99ZZ00 beginnen" in program.words
        await program.press("enter")
        assert School.get().brin == "99QQ"
        await program.press("f2", "left", "enter")
        assert "Nog te doen: nieuwe verificatiecodes" in program.text
        assert "de code begint met 99QQ00 en moet met 99ZZ00 beginnen" in program.words
        assert School.get().brin == "99ZZ"
        await program.press("escape")
        assert program.line("99ZZ01")
        assert "99ZZ00" in program.text.splitlines()[1]
        assert program.actor.location.brin6 == "99ZZ00"
