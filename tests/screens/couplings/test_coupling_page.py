"""A live coupling's page by keyboard: change the code, pause, resume, end; and what another role sees."""

from __future__ import annotations

import pytest

from app.access import actor_for, find_user
from app.couplings import lifecycle
from models.board import Board
from screens.shared.forms import Form
from tests.screens.couplings.walking import CODE, activated, coupling, open_coupling
from tests.screens.driving import SMALL, driving

OTHER = "99QQ00nmlkjihgfedcba"


async def clear(program) -> None:  # type: ignore[no-untyped-def]
    program.app.screen.query_one("#field-code").focus()
    await program.press("end", *["backspace"] * len(CODE))


async def test_change_stop_and_resume(practice: Board) -> None:
    activated(practice)
    async with driving(practice, size=SMALL) as program:
        await open_coupling(program)
        await clear(program)
        await program.type(OTHER)
        await program.press("f2")
        assert coupling().code == OTHER
        assert program.said == ["De verificatiecode is opgeslagen."]

        await clear(program)
        await program.press("f2")
        assert "Tijdelijk stoppen?" in program.text
        await program.press("right", "right", "enter")
        assert program.said[-1] == f"Gekopieerd: {OTHER}. Plak hem in IEP LVS met Ctrl+V."
        assert "Tijdelijk stoppen?" in program.text
        await program.press("left", "left", "enter")
        assert (coupling().state, coupling().code) == ("paused", None)
        assert "Volgende stap: Hervatten: vul dezelfde code weer in." in program.text
        assert "Code kopiëren" not in program.text.splitlines()[-1], "there is none"
        assert "Tijdelijk gestopt" in program.line("Status")
        assert program.said[-1] == "De uitwisseling is tijdelijk gestopt."

        program.app.screen.query_one("#field-code").focus()
        await program.type(CODE)
        await program.press("ctrl+s")
        assert (coupling().state, coupling().code) == ("active", CODE)
        assert program.said[-1] == "De uitwisseling is hervat."
        assert "Andere helft ontbreekt" in program.line("Status"), "IEP LVS was not set up"


async def test_the_keys_that_it_names_work_as_it_opens(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        await open_coupling(program)
        form = program.app.screen.query_one(Form)
        assert program.app.focused is program.app.screen.query_one("#deliveries-link")
        await program.press("l", "escape")
        assert form.values == {"code": CODE}
        await program.press("w", "end", "x")
        assert form.values == {"code": f"{CODE}x"}


async def test_thinking_better_of_stopping_puts_the_code_back(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        await open_coupling(program)
        program.app.screen.query_one("#pause").focus()
        await program.press("enter", "escape")
        assert coupling().state == "active"
        await clear(program)
        await program.press("f2", "enter")
        assert program.app.screen.query_one(Form).values == {"code": CODE}
        assert coupling().code == CODE


async def test_a_wrong_code_is_told_beside_the_field_and_changes_nothing(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        await open_coupling(program)
        await program.press("f7", "backspace", "f2")
        assert "× De code is 19 tekens lang" in program.text
        assert coupling().code == CODE
        await program.press("escape")
        assert "Wijzigingen weggooien?" in program.text


async def test_ending_asks_for_the_name(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        await open_coupling(program)
        program.app.screen.query_one("#end").focus()
        await program.press("enter")
        assert "Typ ter bevestiging: IEP LVS" in program.text
        assert "Koppeling IEP LVS beëindigen?" in program.text
        assert "Kies dan Tijdelijk stoppen." in program.text
        assert "F2 Beëindigen" in program.text.splitlines()[-1]
        yes = program.app.screen.query_one("#yes")
        assert yes.disabled, "the name is not typed yet"
        await program.type("IEP")
        await program.press("f2")
        assert "× U typte 'IEP'; typ 'IEP LVS'." in program.text
        assert coupling().state == "active"
        await program.type(" lvs")
        assert not yes.disabled
        await program.press("enter")
        assert coupling().state == "ended"
        assert program.said == ["De koppeling IEP LVS is beëindigd."]
        assert "Nog geen koppeling geactiveerd." in program.text
        assert "Activeren" in program.text

        await program.open("Koppeling activeren: IEP LVS")
        assert not program.app.screen.query_one("#field-agree").value, "again needs consent again"  # type: ignore[attr-defined]


async def test_esc_ends_nothing(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        await open_coupling(program)
        program.app.screen.query_one("#end").focus()
        await program.press("enter", "escape")
        assert coupling().state == "active"


@pytest.mark.parametrize("keys", [["f8"], ["f7", "tab", "tab", "enter"]])
async def test_the_code_is_copied_by_its_key_and_by_its_button(practice: Board, keys: list[str]) -> None:
    activated(practice)
    async with driving(practice) as program:
        await open_coupling(program)
        await program.press(*keys)
        assert program.app.clipboard == CODE
        assert program.said == [f"Gekopieerd: {CODE}. Plak hem in IEP LVS met Ctrl+V."]


async def test_copying_is_not_offered_when_there_is_no_code(practice: Board) -> None:
    activated(practice, code="")
    async with driving(practice) as program:
        await open_coupling(program)
        for button in ("#copy", "#pause"):
            assert program.app.screen.query_one(button).disabled
        assert "Code kopiëren" not in program.text.splitlines()[-1]
        await program.press("f8")
        assert program.said == []
        assert program.app.clipboard == ""


@pytest.mark.parametrize("user", ["ib", "administratie"])
async def test_who_may_look_but_not_change_sees_the_code_masked_and_why(practice: Board, user: str) -> None:
    activated(practice)
    async with driving(practice, user) as program:
        await open_coupling(program)
        assert "99QQ00**************" in program.text
        assert CODE not in program.text
        assert not program.app.screen.query(Form)
        assert "laat dit niet toe: koppelingen activeren of beëindigen" in program.words
        await program.press("f8")
        assert "laat dit niet toe: koppelingen activeren" in program.said[0]
        assert program.app.clipboard == ""


async def test_a_code_that_somebody_else_changed_is_followed_unless_one_is_typing(practice: Board) -> None:
    activated(practice)
    other = actor_for(find_user(practice, "appbeheer"))
    async with driving(practice) as program:
        await open_coupling(program)
        form = program.app.screen.query_one(Form)
        lifecycle.change_code(other, "iep-lvs", OTHER)
        await program.data_changed()
        assert form.values["code"] == OTHER
        assert not form.changed
        await program.press("f7")
        await program.type("x")
        lifecycle.change_code(other, "iep-lvs", CODE)
        await program.data_changed()
        assert form.values["code"] == f"{OTHER}x"
        assert CODE in program.text, "the facts above it tell"


async def test_a_coupling_that_somebody_else_ended_can_no_longer_be_changed(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        await open_coupling(program)
        lifecycle.end(actor_for(find_user(practice, "appbeheer")), "iep-lvs")
        await program.press("f2")
        await program.data_changed()
        assert "Deze koppeling is hier niet (meer) geactiveerd." in program.text
        assert "Code opslaan" not in program.text
        await program.press("escape")
        assert "Beschikbare koppelingen" in program.text
