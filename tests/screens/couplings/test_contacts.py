"""Mijnschoolinfo requires complete contact details: each line opens its field, and input is kept.

See sources.md#mijnschoolinfo, P.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from textual.widgets import Input

from app.couplings import requirements
from app.school.people import guardians
from app.targets import Contacts
from models.board import Board
from models.coupling import Coupling
from models.school import Guardian, PupilGuardian
from screens.shared.link import Link
from screens.shared.records import RecordList
from screens.shell import type_ahead
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
        assert not [line for line in program.text.splitlines()[:22] if not line.strip(" │┃")], "no blank line is lost"
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
            assert "Enter Bewaren" in program.text.splitlines()[-1]
            await program.type(wrong)
            await program.press("enter")
            assert why in program.text
            assert "laat het veld leeg" not in program.words, "an address is what is asked for"
            await program.press("ctrl+u")
        await program.press("up")
        assert isinstance(program.app.focused, RecordList)
        await program.press("tab")
        for number in range(len(missing)):
            await program.type(f"ouder{number}@example.invalid")
            await program.press("enter")
        assert "Alles is ingevuld." in program.text
        addresses = {row.email for row in Guardian.select().where(Guardian.id.in_([row.id for row in missing]))}
        assert addresses == {f"ouder{number}@example.invalid" for number in range(len(missing))}
        await program.press("escape", "f2")
        assert Coupling.get().type == "mijnschoolinfo"


def slowed(work: Callable[..., Any], seconds: float) -> Callable[..., Any]:
    def slow(*args: Any) -> Any:
        time.sleep(seconds)
        return work(*args)

    return slow


@pytest.mark.parametrize(("saving", "reading"), [(0.3, 0.0), (0.0, 0.3)])
async def test_addresses_typed_while_one_is_being_saved_lose_nothing(
    practice: Board, monkeypatch: pytest.MonkeyPatch, saving: float, reading: float
) -> None:
    """However long it takes: what was typed ahead is meant for the field of the next one."""
    monkeypatch.setattr(type_ahead, "LONGEST_WAIT", 0.2)
    async with driving(practice, size=SMALL) as program:
        program.app.go(Contacts("mijnschoolinfo"))
        await program.settle()
        missing = program.app.screen.query_one(RecordList).every_row(9)
        typed = {lack.link_id: f"lana{number}@example.invalid" for number, lack in enumerate(missing)}
        monkeypatch.setattr(guardians, "set_email", slowed(guardians.set_email, saving))
        monkeypatch.setattr(requirements, "lacking", slowed(requirements.lacking, reading))
        for address in typed.values():
            for key in (*address, "enter"):
                program.app.simulate_key(key)
                await asyncio.sleep(0.005)
        await program.until(lambda: "Alles is ingevuld." in program.text, "the empty list")
        kept = {link.id: link.guardian.email for link in PupilGuardian.select().where(PupilGuardian.id.in_([*typed]))}
        assert kept == typed
