"""Mijnschoolinfo requires complete contact details: each line opens its field, and input is kept.

See sources.md#mijnschoolinfo, P.
"""

from __future__ import annotations

from textual.widgets import Input

from models.board import Board
from models.coupling import Coupling
from models.school import Guardian
from screens.shared.link import Link
from tests.screens.driving import SMALL, driving


async def test_what_is_missing_is_listed_mended_and_then_it_is_activated(practice: Board) -> None:
    without = [row.id for row in Guardian.select().where(Guardian.email == "").order_by(Guardian.id)]
    Guardian.update(email="ouder@example.invalid").where(Guardian.id.in_(without)).execute()
    Guardian.update(email="").where(Guardian.name == "Froukje da Conceição").execute()
    async with driving(practice, size=SMALL) as program:
        await program.open("Koppeling activeren: Mijnschoolinfo")
        await program.type("Rovict")
        await program.press("tab", "space", "tab")
        await program.type("99QQ00mijnschoolinfo1")
        await program.press("f2")
        assert "Nog aan te vullen voor Mijnschoolinfo" in program.text
        assert "Froukje da" in program.text
        assert Coupling.select().count() == 0
        await program.press("shift+tab", "enter")
        focused = program.app.focused
        assert isinstance(focused, Input)
        assert focused.id == "field-email"
        await program.type("froukje@example.invalid")
        await program.press("f2")
        assert "Alles is ingevuld." in program.text
        await program.press("escape")
        await program.press("f2")
        assert Coupling.get().type == "mijnschoolinfo"


async def test_what_is_missing_leads_to_the_list_and_the_form_keeps_what_was_typed(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.open("Koppeling activeren: Mijnschoolinfo")
        await program.type("Rovict")
        link = program.app.screen.query_one("#lacking", Link)
        assert link.text == "Nu ontbreekt nog: 5 verzorgers zonder e-mailadres."
        link.focus()
        await program.press("enter")
        assert "Nog aan te vullen voor Mijnschoolinfo" in program.text
        await program.press("escape")
        assert "Rovict" in program.line("Uw naam")


async def test_addresses_are_typed_below_the_list_one_after_the_other(practice: Board) -> None:
    missing = list(Guardian.select().where(Guardian.email == "").order_by(Guardian.id))
    known = Guardian.select().where(Guardian.email != "").get()
    async with driving(practice, size=SMALL) as program:
        await program.open("Koppeling activeren: Mijnschoolinfo")
        await program.type("Rovict")
        await program.press("tab", "space", "tab")
        await program.type("99QQ00mijnschoolinfo1")
        await program.press("f2")
        for wrong, why in (("fout", "bevat geen @"), (known.email, "Er is al"), ("", "Vul een e-mailadres in")):
            await program.type(wrong)
            await program.press("enter")
            assert why in program.text
            await program.press("ctrl+u")
        for number in range(len(missing)):
            await program.type(f"ouder{number}@example.invalid")
            await program.press("enter")
        assert "Alles is ingevuld." in program.text
        addresses = {row.email for row in Guardian.select().where(Guardian.id.in_([row.id for row in missing]))}
        assert addresses == {f"ouder{number}@example.invalid" for number in range(len(missing))}
        await program.press("escape", "f2")
        assert Coupling.get().type == "mijnschoolinfo"
