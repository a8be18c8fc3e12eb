"""The whole IEP instruction by keyboard: ESIS, then IEP LVS, a night, and the results as leerkracht6.

See sources.md#activation and sources.md#iep-lvs.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.settings import Settings
from app.workers import engine
from models.assessment import Result
from models.board import Board
from models.school import Group, Placement
from tests.golden import Golden
from tests.screens.driving import SMALL, WIDE, Driver, driving

CODE = "99QQ001234567890abcd"


@pytest.fixture
def worker() -> Iterator[None]:
    """What is planned is done at once, in this process."""
    engine.plan_with(lambda: engine.Engine(Settings(), immediate=True))
    yield
    engine.plan_with(None)


async def sign_in(program: Driver, user: str) -> None:
    await program.type(user)
    await program.press("tab")
    await program.type("oefenen")
    await program.press("f2")


async def activate(program: Driver) -> None:
    await program.type("R. Victor")
    await program.press("tab", "space", "tab")
    await program.type(CODE)


async def test_the_instruction_of_the_seed_from_sign_in_to_results(
    practice: Board, worker: None, golden: Golden
) -> None:
    async with driving(practice, user=None, size=WIDE) as program:
        golden.check(program.app, "aanmelden")
        await sign_in(program, "rovict")
        golden.check(program.app, "startpagina")

        # A1-A2: the menu, Import-Export-Koppelingen > Koppelingen
        await program.press("f10", "right", "enter")
        golden.check(program.app, "mijn-menu")
        await program.press("escape", "f10", "right", "right", "right", "right", "enter")
        await program.press("right", "down", "down", "down", "down")
        assert "Koppelingen" in str(program.app.focused.text)  # type: ignore[union-attr]
        await program.press("enter")
        golden.check(program.app, "koppelingenoverzicht")

        # A3-A7: Activeren, the code, the consent, save
        await program.press("enter")
        await activate(program)
        golden.check(program.app, "koppeling-activeren")
        await program.press("f2")
        assert "✓ De koppeling is geactiveerd." in program.text
        assert CODE in program.line("Verificatiecode ")
        golden.check(program.app, "koppeling-geactiveerd")
        await program.press("f8")
        assert program.app.clipboard == CODE

        # B1-B4: IEP LVS as schoolbeheerder, Beheer, School, Resultaatkoppeling
        await program.press("f6", "enter")
        await sign_in(program, "schoolbeheerder")
        await open_results_coupling(program)
        assert "De resultaatkoppeling is nog niet ingesteld." in program.text
        golden.check(program.app, "iep-resultaatkoppeling")

        # B5-B8: Koppeling instellen, LAS = ESIS, paste the code, the test message
        await program.press("enter")
        await program.press("ctrl+v")
        assert CODE in program.line("ESIS-verificatiecode")
        golden.check(program.app, "iep-koppeling-instellen")
        await program.press("f2")
        assert "vanaf dit moment worden de resultaten elke nacht doorgestuurd" in " ".join(program.text.split())
        golden.check(program.app, "iep-ingeschakeld")

        # the night
        await program.press("f6", "enter", "f9", "enter")
        assert "woensdag 15 april 2020" in program.text
        assert "08:00 ●━  nu" in program.text
        golden.check(program.app, "schooltijd-na-de-nacht")
        await program.press("escape")

        # the group's teacher, Dashboard Mijn Groep
        await program.open("Afmelden")
        await sign_in(program, "leerkracht6")
        await program.open("Mijn groep")
        assert "Dashboard Mijn Groep" in program.text
        golden.check(program.app, "dashboard-mijn-groep")

    pupils = (
        Placement.select(Placement.pupil).join(Group).where(Group.name == "6", Group.location == program.actor.location)
    )
    assert Result.select().where(Result.pupil.in_(pupils), Result.assessment == "lezen-6").count() > 0


async def open_results_coupling(program: Driver) -> None:
    """Walk to Beheer > School > Resultaatkoppeling with the keys of the program."""
    await program.press("f10", "right", "right", "right", "enter")
    await program.press("enter", "right", "right", "enter")


async def test_the_form_at_eighty_columns(practice: Board, golden: Golden) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.open("Koppeling activeren: IEP LVS")
        await activate(program)
        await program.press("backspace", "f2")
        assert "De code is 19 tekens lang" in program.text
        golden.check(program.app, "koppeling-activeren-80x24")
