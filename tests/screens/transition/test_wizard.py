"""The Jaarovergang by keyboard: from the proposal to the report and back, in 80 columns; and read-only roles."""

from __future__ import annotations

import pytest

from app import clock
from app.access import actor_for, find_user
from app.school.people import enrolment, pupils
from app.school.transition import planning
from app.school.transition.situations import Stage, situation
from app.targets import TransitionStep
from app.workers.walker import walk
from models.board import Board
from models.school import Group, Placement
from models.transition import TransitionPupil
from screens.transition.confirming import ConfirmStep
from screens.transition.groups import GroupsStep
from screens.transition.overview import TransitionOverview
from screens.transition.pupils import PupilsStep
from screens.transition.teachers import TeachersStep
from tests.golden import Golden
from tests.screens.driving import SMALL, driving
from tests.screens.partners import msi


def move_to(board: Board, moment: str) -> None:
    Board.update(now=clock.parse_moment(moment)).where(Board.id == board.id).execute()


async def test_the_whole_way_by_keyboard(practice: Board) -> None:
    move_to(practice, "2020-08-03T09:00")
    async with driving(practice, size=SMALL) as user:
        await user.open("jaarovergang")
        assert "Er is nog geen voorstel" in user.words
        await user.press("f2")
        assert isinstance(user.app.screen, GroupsStep)
        await user.press("end", "enter", "space", "f2")
        assert "staat zo in het voorstel" in user.said[-1]
        await user.press("f2")
        assert isinstance(user.app.screen, PupilsStep)
        await user.press("space", "space", "w", "up", "enter", "enter")
        assert "De bestemming van 2 leerlingen is gewijzigd." in user.said
        assert TransitionPupil.select().where(TransitionPupil.what == "leaves").count() == 2
        await user.press("f3")
        await user.type("1101")
        await user.press("enter", "enter", "enter")
        await user.press("f2")
        assert isinstance(user.app.screen, TeachersStep)
        await user.press("enter")
        await user.press("escape", "f2")
        assert isinstance(user.app.screen, ConfirmStep)
        assert "gebeurt het meteen" in user.words
        await user.press("f2", "left", "enter")
        assert isinstance(user.app.screen, TransitionOverview)
        assert "De jaarovergang is bezig" in user.words
        walk(practice.id)
        user.app.screen.refresh_data()
        await user.settle()
        assert "De jaarovergang naar 2020-2021 is uitgevoerd" in user.words
        assert "2 van school" in user.words
        await user.press("t", "left", "enter")
        assert "Het is weer schooljaar 2019-2020." in user.said
        assert not Group.select().where(Group.school_year == "2020-2021").exists()
        assert "nog niet bevestigd" in user.words


async def test_the_line_of_steps_shows_where_one_is_and_goes_there(practice: Board) -> None:
    planning.propose(actor_for(find_user(practice, "rovict")))
    async with driving(practice, size=SMALL) as user:
        await user.go_to("jaarovergang")
        assert "● 1 Groepen ── ○ 2 Leerlingen ── ○ 3 Leerkrachten ── ○ 4 Bevestigen" in user.text
        await user.press("f2", "3")
        assert isinstance(user.app.screen, TeachersStep)
        assert "✓ 1 Groepen ── ✓ 2 Leerlingen ── ● 3 Leerkrachten ── ○ 4 Bevestigen" in user.text
        await user.press("2")
        assert isinstance(user.app.screen, PupilsStep)
        await user.press("4")
        assert isinstance(user.app.screen, ConfirmStep)
        await user.press("escape")
        assert isinstance(user.app.screen, TransitionOverview)


async def test_who_may_not_see_all_pupils_gets_no_steps_and_no_key_for_them(practice: Board) -> None:
    async with driving(practice, "leerkracht6") as user:
        user.app.push_screen(TransitionOverview())
        await user.settle()
        assert "Uw rol (Leerkracht) laat dit niet toe" in user.words
        assert "1 Groepen" not in user.text
        assert "F2" not in user.text.splitlines()[-1]


async def test_an_odd_destination_is_taken_and_warned_about(practice: Board) -> None:
    async with driving(practice, size=SMALL) as user:
        await user.open("jaarovergang")
        await user.press("f2", "f2", "f3")
        await user.type("1101")
        await user.press("enter", "enter", "home", "enter")
        assert "1 (▲ zit in 6)" in user.line("[b] de")
        await user.press("f2", "f2")
        assert isinstance(user.app.screen, ConfirmStep)
        assert user.line("▲ Leerjaar terug").split()[-1] == "1"
        assert "Let op: bij 1 leerling gaat het leerjaar terug, of wordt er een overgeslagen" in user.words
        await user.press("f2", "left", "enter")
        assert "De jaarovergang naar 2020-2021 is bevestigd." in user.said


async def test_what_changed_meanwhile_is_told_and_nothing_is_confirmed_unseen(practice: Board) -> None:
    actor = actor_for(find_user(practice, "administratie"))
    async with driving(practice) as user:
        await user.go_to("jaarovergang")
        await user.press("f2", "f2", "f2", "f2")
        gone = pupils.get(actor, "1101")
        enrolment.unsubscribe(actor, gone, clock.school_today(practice), "Verhuizing")
        await user.press("f2", "left", "enter")
        assert "1 leerling gaat niet meer mee" in user.said[-1]
        assert situation(actor).stage == Stage.DRAFT
        await user.press("f2", "left", "enter")
        assert situation(actor).stage == Stage.PLANNED
        await user.press("f2", "f2")
        assert "u kunt hier alleen kijken" in user.words
        await user.press("escape", "delete", "left", "enter")
        assert situation(actor).stage == Stage.DRAFT


async def test_who_may_not_looks_at_the_proposal_and_changes_nothing(practice: Board) -> None:
    planning.propose(actor_for(find_user(practice, "rovict")))
    async with driving(practice, "ib", size=SMALL) as user:
        await user.go_to("jaarovergang")
        await user.press("f2", "f2")
        assert "227 leerlingen" in user.text
        await user.press("enter")
        assert isinstance(user.app.screen, PupilsStep)
        assert "Uw rol (Intern begeleider) laat dit niet toe" in user.said[-1]
        await user.press("f2", "f2", "f2")
        assert isinstance(user.app.screen, ConfirmStep)
        assert situation(user.actor).stage == Stage.DRAFT


@pytest.mark.parametrize("step", ["groups", "pupils", "teachers", "confirm"])
async def test_a_step_without_a_proposal_says_where_to_make_one(practice: Board, step: str) -> None:
    async with driving(practice, size=SMALL) as user:
        user.app.go(TransitionStep(step))
        await user.settle()
        assert "Er is nog geen voorstel. Maak het eerst bij Onderwijs > Leerlingen > Jaarovergang." in user.words
        before = user.app.screen
        await user.press("n", "w")
        assert user.app.screen is before
        assert situation(user.actor).stage == Stage.NONE


async def test_a_planned_one_happens_when_the_clock_passes_1_august(practice: Board) -> None:
    actor = actor_for(find_user(practice, "rovict"))
    planning.propose(actor)
    planning.confirm(actor)
    move_to(practice, "2020-07-31T23:30")
    async with driving(practice) as user:
        await user.press("f9")
        assert "00:00" in user.line("Jaarovergang")
        assert "za 1-8" in user.text
        await user.press("tab")
        await user.type("1-8-2020 00:30")
        await user.press("enter")
        walk(practice.id)
        await user.press("f9")
        await user.go_to("jaarovergang")
        assert "De jaarovergang naar 2020-2021 is uitgevoerd op za 1-8-2020 00:00" in user.words
        assert Placement.select().where(Placement.school_year == "2020-2021").exists()


async def test_the_confirm_step_looks_as_it_did(practice: Board, golden: Golden) -> None:
    async with driving(practice) as user:
        await user.go_to("jaarovergang")
        await user.press("f2", "f2", "f2", "f2")
        golden.check(user.app, "jaarovergang-bevestigen")


async def test_it_says_in_which_night_mijnschoolinfo_hears_of_it(practice: Board) -> None:
    msi.coupled(practice)
    async with driving(practice) as program:
        await program.go_to("jaarovergang")
        await program.press("f2")
        await program.open("Jaarovergang > Bevestigen")
        assert "Mijnschoolinfo hoort ervan in de nacht van zo 2-8-2020 03:30." in program.words
