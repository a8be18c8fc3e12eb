"""Questions: the safe button has the focus, only keys that work are told, and it is clear whose question it is."""

from __future__ import annotations

from models.board import Board
from screens.shared.answers import Answers
from screens.shared.controls import PushButton
from screens.shared.dialogs import Choose, Confirm, Dialog
from tests.screens.driving import SMALL, Driver, driving


async def ask(program: Driver, **options: bool | str) -> list[bool | None]:
    answers: list[bool | None] = []
    program.app.push_screen(Confirm("Weg?", "Dan is het weg.", "Weghalen", **options), answers.append)  # type: ignore[arg-type]
    await program.settle()
    return answers


async def test_enter_does_what_the_marks_point_at(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        answers = await ask(program, danger=True, gentler="Of verberg het.")
        assert "! Weghalen" in program.text
        assert "Of verberg het." in program.text
        assert "▶ Annuleren ◀" in program.text
        await program.press("enter")
        assert answers == [False]
        answers = await ask(program)
        await program.press("right")
        assert "▶ Weghalen ◀" in program.text
        assert "▶ Annuleren" not in program.text
        await program.press("enter")
        assert answers == [True]


async def test_the_last_line_names_only_keys_that_work_there(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await ask(program)
        last = program.text.splitlines()[-1]
        assert all(key in last for key in ("Enter Kiezen", "Esc Annuleren", "F1 Help"))
        assert "F6" not in last
        assert "F2" not in last


async def test_a_button_is_as_wide_with_the_focus_as_without(practice: Board) -> None:
    for size in (SMALL, (120, 36)):
        async with driving(practice, size=size) as program:
            for danger in (False, True):
                await ask(program, danger=danger)
                before = [button.region for button in program.app.screen.query(PushButton)]
                await program.press("right")
                assert [button.region for button in program.app.screen.query(PushButton)] == before
                await program.press("escape")


async def test_a_question_over_a_partners_program_has_its_colours(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f6", "enter")
        await ask(program)
        dialog = program.app.screen
        assert isinstance(dialog, Dialog)
        assert dialog.has_class("partner-screen", "iep-lvs")
        box = dialog.query_one(".dialog")
        focus = program.app.theme_variables["partner-iep-lvs-focus"]
        assert box.styles.border_top[1].hex.lower() == focus
        await program.press("escape", "f6", "enter")
        await ask(program)
        assert not program.app.screen.has_class("partner-screen")


async def test_a_list_of_answers_marks_where_one_is_and_what_holds_now(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        program.app.push_screen(Choose("Groep kiezen", [("3", "Groep 3"), ("4", "Groep 4")], now="4"))
        await program.settle()
        assert "▶ Groep 4" in program.text
        await program.press("up")
        assert "▶ Groep 3" in program.text
        assert "● Groep 4" in program.text
        answers = program.app.screen.query_one(Answers)
        assert answers.background_colors[1] == program.app.screen.query_one(".dialog").background_colors[1]


async def test_the_keys_at_the_right_stay_where_they_are_where_esc_does_nothing(practice: Board) -> None:
    lasts = []
    for user in ("rovict", None):
        async with driving(practice, user, SMALL) as program:
            if user:
                await program.open("Medewerkers")
            lasts.append(program.text.splitlines()[-1])
    inside, signing_in = lasts
    assert "Esc Terug" in inside
    assert "Esc" not in signing_in
    assert inside.index("Ctrl+P") == signing_in.index("Ctrl+P")
    assert "│ Ctrl+P" in signing_in, "no hole where Esc would stand"
    assert "…│" not in inside + signing_in
