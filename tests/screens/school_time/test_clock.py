"""F9 by keyboard: the time, what is scheduled, moving it, stopping it, and the rest of the program meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.widgets import Button, Input

from app import clock
from app.access import actor_for, find_user
from app.partners.iep_lvs import account, connection
from app.settings import Settings
from app.workers import school_time
from app.workers.walker import walk
from models.board import Board
from models.run import Run
from screens.shell.esis import EsisApp
from tests.screens.couplings.walking import CODE, activated, fill_in
from tests.screens.driving import SMALL, WIDE, Driver, driving
from tests.screens.school_time.clocks import is_open, now, refreshed


async def test_it_shows_the_time_and_what_comes(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.press("f9")
        assert "di 14-4-2020 09:00" in program.words
        assert "01:00 ○ Basispoort → IEP LVS" in program.words
        assert "01:30 ○ ESIS → Basispoort" in program.words
        assert "niet actief" in program.line("ESIS → Mijnschoolinfo")
        await program.press("ctrl+y")
        assert not is_open(program)


@pytest.mark.parametrize("size", [(100, 24), (120, 30)])
async def test_what_it_says_is_whole_where_the_terminal_is_low(practice: Board, size: tuple[int, int]) -> None:
    """As with a row of keys below the page of a tablet."""
    async with driving(practice, size=size) as program:
        await program.press("f9")
        assert "verandert er niets." in program.text


async def test_an_active_coupling_stands_among_what_comes(practice: Board) -> None:
    activated(practice)
    connection.connect(account.school_of(actor_for(find_user(practice, "rovict")).location), CODE)
    async with driving(practice) as program:
        await program.press("ctrl+y")
        assert "04:00 ○" in program.line("IEP LVS → ESIS")


async def test_to_the_morning_to_five_and_to_a_date(practice: Board, worker: None) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.press("f9", "enter")
        assert now(practice) == "wo 15-4-2020 08:00"
        assert "wo 15-4-2020 08:00" in program.text
        assert "99QQ00 ESIS → Basispoort" in program.line("01:30 ✓")
        assert program.app.focused is program.app.screen.query_one("#to-morning"), "Enter goes on to the next morning"
        await program.press("shift+tab", "enter")
        assert now(practice) == "wo 15-4-2020 17:00"
        program.app.screen.query_one("#to-moment").focus()
        await program.type("18-4-2020 12:00")
        await program.press("enter")
        assert now(practice) == "za 18-4-2020 12:00"
        await program.press("escape")
        assert not is_open(program)
        assert "za 18-4-2020 12:00" in program.text.splitlines()[1], "the screen below follows"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("morgen", "× 'morgen' is geen moment. Schrijf dag-maand-jaar, en zo nodig de tijd als uu:mm."),
        ("13-4-2020", "× De schooltijd gaat alleen vooruit: het is nu di 14-4-2020 09:00"),
        ("1-1-2030", "× di 1-1-2030 00:00 is meer dan drie jaar na nu"),
        ("31-4-2020", "× '31-4-2020' is geen moment."),
    ],
)
async def test_a_wrong_moment_is_told_and_moves_nothing(
    practice: Board, worker: None, typed: str, sentence: str
) -> None:
    async with driving(practice) as program:
        await program.press("f9")
        field = program.app.screen.query_one("#to-moment", Input)
        field.focus()
        await program.type(typed)
        await program.press("enter")
        assert sentence in program.words
        assert field.value == typed
        assert now(practice) == "di 14-4-2020 09:00"


async def test_the_palette_moves_it_and_shows_it_happening(practice: Board, worker: None) -> None:
    async with driving(practice) as program:
        await program.open("Schooltijd: naar morgenochtend")
        assert is_open(program)
        assert now(practice) == "wo 15-4-2020 08:00"
        await program.press("escape")
        await program.open("Schooltijd: naar 17:00")
        assert now(practice) == "wo 15-4-2020 17:00"


# ---- while it moves: nobody works here, so it stands at the start of the way


async def test_esc_stops_a_moving_clock_and_then_closes(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f9", "enter")
        assert "Onderweg naar wo 15-4-2020 08:00, verzet door rovict. Esc stopt." in program.words
        assert all(button.disabled for button in program.app.screen.query("#time-buttons Button").results(Button))
        await program.press("escape")
        assert is_open(program)
        walk(practice.id)
        await refreshed(program)
        assert "Onderweg" not in program.text
        assert now(practice) == "di 14-4-2020 09:00"
        assert not any(button.disabled for button in program.app.screen.query("#time-buttons Button").results(Button))
        await program.press("escape")
        assert not is_open(program)


async def test_f9_closes_a_moving_clock_and_it_goes_on(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f9", "enter", "f9")
        assert not is_open(program)
        walk(practice.id)
        assert now(practice) == "wo 15-4-2020 08:00"
        await program.press("f9")
        assert "Onderweg" not in program.text
        assert Run.select().count() > 0


async def test_progress_and_what_happened_show_on_the_way(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f9")
        program.app.screen.query_one("#to-moment").focus()
        await program.type("24-4-2020 09:00")
        await program.press("enter")
        assert "0%" in program.text
        Board.update(now=clock.parse_moment("2020-04-19T09:00")).execute()
        await refreshed(program)
        assert "50%" in program.text
        assert "zondag 19 april 2020" in program.text
        assert "09:00 ●" in program.text


async def test_meanwhile_nothing_else_is_written_and_it_says_why(practice: Board) -> None:
    async with driving(practice) as program:
        await fill_in(program)
        school_time.advance(actor_for(find_user(practice, "appbeheer")), clock.parse_moment("2020-04-15T08:00"))
        await program.press("f2")
        assert program.said == ["De schooltijd loopt (verzet door appbeheer). Wacht tot dat klaar is."]
        assert CODE in program.text, "nothing typed is lost"
        walk(practice.id)
        await program.press("f2")
        assert "✓ De koppeling is geactiveerd." in program.text


async def test_a_second_mover_is_told_who_is_moving(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("f9")
        school_time.advance(actor_for(find_user(practice, "appbeheer")), clock.parse_moment("2020-04-15T08:00"))
        await program.press("enter")
        assert "verzet door appbeheer" in program.words


async def test_nobody_signed_in_is_asked_to_sign_in_first(practice: Board) -> None:
    async with driving(practice, None) as program:
        await program.press("f9", "enter")
        assert "× Meld u eerst aan bij ESIS." in program.text


async def test_a_board_on_the_real_clock_has_no_ways_to_go(practice: Board) -> None:
    Board.update(clock="real", now=clock.wall_now()).execute()
    async with driving(Board.get_by_id(practice.id)) as program:
        await program.press("f9")
        assert "Naar morgenochtend" not in program.words
        assert "volgt de echte tijd" in program.words


async def test_a_computer_whose_clock_jumped_asks_first(practice: Board) -> None:
    Board.update(clock="real", now=clock.wall_now() - timedelta(days=100)).execute()
    async with driving(Board.get_by_id(practice.id), size=SMALL) as program:
        await program.press("f9")
        assert "100 dagen verder dan dit bestuur" in program.words
        await program.press("enter")
        assert Board.get().target is not None
        Board.update(target=None, now=clock.wall_now() + timedelta(days=1)).execute()
        await refreshed(program)
        assert "verder dan de klok van deze computer" in program.words
        await program.press("enter", "tab", "enter")
        assert Board.get().now <= clock.wall_now()


# ---- screens refresh by themselves


async def test_a_screen_follows_what_another_program_does_by_itself(practice: Board) -> None:
    app = EsisApp(Settings(), practice, find_user(practice, "rovict"))
    async with app.run_test(size=WIDE) as pilot:
        program = Driver(app, pilot)
        await program.go_to("koppelingen")
        activated(practice)
        await program.until(lambda: "Actief" in program.text)
        school_time.advance(program.actor, clock.parse_moment("2020-04-15T08:00"))
        walk(practice.id)
        await program.until(lambda: "wo 15-4-2020 08:00" in program.text.splitlines()[1])
