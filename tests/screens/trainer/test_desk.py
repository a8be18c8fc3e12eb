"""Klas nu and Meekijken, by keyboard, with a hub in this process; and a learner's program at the other end of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.commands.serve import why_not_leading
from app.serving.desk import local
from app.serving.desk.hub import Hub
from app.serving.desk.line import Line
from app.serving.desk.messages import Here, Message
from app.targets import MenuItem, MenuTab
from models.board import Board
from screens.shared.mirror import Mirror
from screens.shared.program import LessonNow
from screens.shell import guide
from screens.shell.over import Bar, Chip, Held, Shown
from screens.start.home import StartPage
from screens.trainer.desk import SOON, DeskPage
from screens.trainer.looking import LookAlong
from tests.screens.driving import SMALL, WIDE, Driver, driving


@asynccontextmanager
async def joined(program: Driver, hub: Hub) -> AsyncIterator[None]:
    """The program talks with a hub, as one behind a page does."""

    async def write(message: Message) -> None:
        program.app.call_later(program.app.hear_class, message)

    line = Line(hub, program.app.board.id, write, page=True)
    program.app.classroom.channel = line.heard
    program.app.tell_class()
    try:
        yield
    finally:
        line.close()


@pytest.fixture
def hub() -> Hub:
    return Hub(why_not_leading)


class Other:
    """A learner somewhere else, of whom only the messages are there."""

    def __init__(self, hub: Hub, board: Board) -> None:
        self.hub, self.heard = hub, list[Message]()
        self.member = hub.enter(board.id, self.heard.append)

    async def sit(self, **more: object) -> None:
        await self.hub.hear(self.member, Here("rovict", **more).message())  # type: ignore[arg-type]


async def at_the_desk(program: Driver) -> DeskPage:
    await program.open("Trainer: Klas nu")
    page = program.app.screen
    assert isinstance(page, DeskPage)
    return page


async def test_who_asks_at_once_is_known_first(practice: Board) -> None:
    said: list[Message] = []
    async with driving(practice, "trainer") as program:
        program.app.classroom.channel = said.append
        await program.app.classroom.open()
    assert [(one["say"], one.get("user")) for one in said] == [("here", "trainer"), ("desk", None)]


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_the_class_appears_by_itself_and_is_acted_on(practice: Board, hub: Hub, size: tuple[int, int]) -> None:
    async with driving(practice, "trainer", size=size) as program, joined(program, hub):
        await at_the_desk(program)
        assert "Er is nog niemand" in program.words
        first, second = Other(hub, practice), Other(hub, practice)
        await first.sit(lesson="iep-lvs", title="IEP LVS", step=3, steps=9, task="3. Activeer", since=1.0)
        await second.sit(hand=5.0)
        await program.until(lambda: "▲1" in program.text and "3 van 9" in program.text, "both")
        assert program.text.index("▲1") < program.text.index("3 van 9"), "a raised hand comes first"
        assert program.line("3 van 9").strip("▶ ").split("]")[1].strip().startswith("!"), "stuck since long ago"
        await program.press("end", "full_stop")
        await program.press("delete")
        await program.until(lambda: [one["say"] for one in second.heard] == ["lower"], "the answer")
        await program.press("asterisk", "n")
        await program.type("Kom zo")
        await program.press("enter")
        await program.until(lambda: second.heard[1:] and first.heard, "the message")
        assert [one["text"] for one in (first.heard[0], second.heard[1])] == ["Kom zo", "Kom zo"]
        await program.act("Stilzetten of verder")
        await program.until(lambda: "De klas staat stil" in program.words, "the pause")
        assert program.line("Verder")
        await program.act("Stilzetten of verder")
        await program.until(lambda: "De klas staat stil" not in program.words, "its end")
        await program.act("Extra tijd")
        assert "doet nu geen examen" in program.said[-1]
        await program.act("Les geven")
        await program.press("enter", "enter")
        await program.until(lambda: first.heard[-1]["say"] == "begin", "the lesson")
        assert first.heard[-1]["exam"] is False
        hub.leave(first.member)
        hub.leave(second.member)
        await program.until(lambda: "Er is nog niemand" in program.words, "that they left")


async def test_looking_along_shows_what_is_drawn_and_the_keyboard_goes_there_and_back(
    practice: Board, hub: Hub
) -> None:
    async with driving(practice) as learner, joined(learner, hub):
        async with driving(practice, "trainer", size=SMALL) as trainer, joined(trainer, hub):
            await at_the_desk(trainer)
            await trainer.until(lambda: "rovict" in trainer.text, "the seat")
            await trainer.press("f2")
            look = trainer.app.screen
            assert isinstance(look, LookAlong)
            mirror = look.query_one(Mirror)
            await learner.until(lambda: learner.app.screen.query(Chip), "that one is told")
            await learner.settle()
            await trainer.until(lambda: mirror.text == learner.text, "the learner's screen")
            assert "Startpagina" in trainer.text
            await trainer.until(lambda: "kolommen 1-80 van 120" in trainer.text, "which part it is")
            await trainer.press("right")
            await trainer.until(lambda: "kolommen 5-84 van 120" in trainer.text, "the part beside it")
            await trainer.press("f2")
            await learner.until(lambda: learner.app.guide.withholds, "being taken over")
            await learner.until(lambda: learner.app.screen.query(Bar), "that one is told")
            await trainer.until(lambda: trainer.app.classroom.holds, "holding")
            trainer.app.simulate_key("ctrl+p")
            await learner.until(lambda: not isinstance(learner.app.screen, StartPage), "the palette there")
            assert trainer.app.screen is look
            trainer.app.simulate_key("escape")
            await learner.until(lambda: isinstance(learner.app.screen, StartPage), "its end")
            await learner.settle()
            await trainer.until(lambda: mirror.text == learner.text, "the same again")
            trainer.app.simulate_key("ctrl+q")
            await learner.until(lambda: not learner.app.guide.withholds, "handing back")
            await trainer.press("escape")
            await learner.until(lambda: not learner.app.screen.query(Chip), "that nobody looks")
            await trainer.press("f2", "f2")
            await learner.until(lambda: learner.app.guide.taken, "being taken over again")
        await learner.until(lambda: not learner.app.guide.withholds, "handing back by closing")


async def test_a_password_is_sent_as_it_is_drawn(practice: Board, hub: Hub) -> None:
    async with driving(practice, None) as learner, joined(learner, hub):
        watcher = Other(hub, practice)
        watcher.member.watches = next(one for one in hub.members.values() if one is not watcher.member)
        learner.app.guide.hear({"say": "watch", "on": True})
        await learner.press("tab")
        await learner.type("geheim")
        await learner.until(lambda: any("•" in str(one) for one in watcher.heard), "the frame")
        assert "geheim" not in str(watcher.heard)


async def test_what_the_trainer_does_leaves_the_learners_work_as_it_was(practice: Board, hub: Hub) -> None:
    async with driving(practice, size=SMALL) as program, joined(program, hub):
        await program.open("Koppeling activeren: IEP LVS")
        focused, screen, before = program.app.focused, program.app.screen, program.text
        hear = program.app.guide.hear
        hear({"say": "pause", "on": True, "by": "trainer"})
        await program.settle()
        assert guide.HELD in program.words or guide.HELD in program.text
        assert screen.query(Held)
        hear({"say": "shown", "on": True, "by": "trainer"})
        hear(
            {
                "say": "frame",
                "width": 80,
                "height": 24,
                "rows": [[2, [["HIER", "", "", ""]]]],
                "focus": [0, 0],
                "whole": True,
            }
        )
        await program.settle()
        assert "HIER" in program.text
        assert screen.query(Shown)
        await program.until(lambda: "rijen 1-23 van 24" in program.text.splitlines()[0], "which part it is")
        assert not screen.query(Held)
        assert program.app.guide.withholds
        hear({"say": "shown", "on": False, "by": ""})
        hear({"say": "pause", "on": False, "by": ""})
        await program.settle()
        assert (program.app.focused, program.app.screen, program.text) == (focused, screen, before)
        assert not program.app.guide.withholds
        assert program.app.paused_seconds > 0


async def test_a_hand_is_raised_by_a_key_and_lowered_by_who_came(practice: Board, hub: Hub) -> None:
    async with driving(practice) as program:
        await program.press("h")
        assert not program.said, "there is no trainer to see it"
        async with joined(program, hub):
            await program.press("h")
            assert str(next(iter(program.app.screen.query(Chip))).content) == guide.HAND
            [member] = hub.members.values()
            await program.until(lambda: member.here.hand, "the hand")
            program.app.guide.hear({"say": "lower", "by": "trainer"})
            await program.settle()
            assert not program.app.screen.query(Chip)
            await program.act("Hand opsteken")
            await program.until(lambda: member.here.hand, "the hand again")


async def test_the_key_bar_of_a_learner_names_the_hand_and_in_a_field_the_key_that_raises_it_there(
    practice: Board, hub: Hub
) -> None:
    async with driving(practice, size=WIDE) as program, joined(program, hub):
        await program.settle()
        assert "Hand opsteken" in program.text.splitlines()[-1]
        program.app.go(MenuItem("medewerkers"))
        await program.settle()
        await program.press("slash", "h")
        assert not program.app.screen.query(Chip), "a letter"
        assert "Alt+P Hand opsteken" in program.text.splitlines()[-1]
        await program.press("alt+p")
        assert str(next(iter(program.app.screen.query(Chip))).content) == guide.HAND
        program.app.go(MenuTab("Mijn Menu"))
        await program.settle()
        await program.press("alt+p")
        assert not program.app.screen.query(Chip), "also where H does something else"


async def test_who_comes_while_the_desk_is_busy_is_shown_as_soon_as_it_is_not(
    practice: Board, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.trainer.desk.CLOCK", 9999.0)  # the minutes that go by say nothing
    async with driving(practice, "trainer") as program, joined(program, hub):
        await at_the_desk(program)
        program.app.busy = True
        await Other(hub, practice).sit(place="Startpagina")
        await program.until(lambda: program.app.classroom.seats, "the message")
        await asyncio.sleep(2 * SOON)
        program.app.busy = False
        await program.until(lambda: f"{practice.name}, rovict" in program.text, "the seat")


async def test_the_time_that_a_trainer_held_a_learner_is_no_time_at_the_step(
    practice: Board, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = [0.0]
    monkeypatch.setattr(guide, "time", SimpleNamespace(monotonic=lambda: at[0], time=time.time))
    async with driving(practice) as program, joined(program, hub):
        now = LessonNow("iep-lvs", "IEP LVS", False, 3, 9, "3. Activeer", "ib")
        monkeypatch.setattr(type(program.app), "lesson_now", now)
        before = program.app.guide.here
        assert (before.user, before.step) == ("ib", 3), "who does it, whoever is signed in"
        for on in (True, False):
            program.app.guide.hear({"say": "pause", "on": on, "by": "trainer"})
            at[0] += 601.0
        assert program.app.guide.here.since == before.since + 600.0
        await program.settle()


async def test_in_a_terminal_a_server_that_begins_later_is_found(
    practice: Board, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "esis"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(local, "address_of", lambda _url: folder / "klas.sock")
    monkeypatch.setattr("screens.trainer.desk.CLOCK", 0.1)
    await Other(hub, practice).sit()
    async with driving(practice, "trainer") as program:
        await at_the_desk(program)
        assert "Er draait geen esis serve" in program.words
        async with local.listening(hub, folder / "klas.sock"):
            await program.until(lambda: f"{practice.name}, rovict" in program.text, "the class")
        await program.until(lambda: program.app.classroom.channel is None, "its end")


async def test_a_message_takes_no_key_and_a_lesson_waits_for_a_quiet_keyboard(
    practice: Board, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[str, bool]] = []

    def start_given(_app: object, lesson: str, *, exam: bool, then: Callable[[], object]) -> None:
        begun.append((lesson, exam))
        then()

    monkeypatch.setattr("screens.lessons.choosing.start_given", start_given)
    async with driving(practice) as program, joined(program, hub):
        screen = program.app.screen
        program.app.guide.hear({"say": "text", "text": "Kom [b]zo[/b]", "by": "trainer"})
        await program.settle()
        assert program.said[-1] == "Kom [b]zo[/b]"
        monkeypatch.setattr(guide, "QUIET", 9999.0)
        await program.press("down")
        program.app.guide.hear({"say": "begin", "lesson": "iep-lvs", "title": "IEP", "exam": True, "by": "trainer"})
        await program.settle()
        assert program.app.screen is screen
        monkeypatch.setattr(guide, "QUIET", 0.0)
        program.app.tell_class()
        await program.settle()
        assert "De trainer geeft u het examen 'IEP'" in program.words
        await program.press("enter")
        assert not begun, "Straks has the focus"
        program.app.tell_class()
        await program.settle()
        assert program.app.screen is screen, "it is asked once"
        await program.find("Les van de trainer beginnen")
        assert begun == [("iep-lvs", True)]
        await program.find("Berichten van de trainer")
        assert "Kom [b]zo[/b]" in program.text
