"""The blocks of the Startpagina: what does not fit is told, and badges and names are never cut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from app import clock
from app.training.lessons import refreshing
from app.workers.nights import Mark, Moment
from models.board import Board
from models.training import LessonProgress
from screens.shared.label import Label
from screens.shared.timeline import metro_line
from screens.start.blocks import last_night
from tests.screens.couplings.walking import activated
from tests.screens.driving import WIDE, driving

REASON = "In IEP LVS is de resultaatkoppeling nog niet ingesteld."


def _moment(time: str, mark: Mark, what: str, told: str = "") -> Moment:
    return Moment(datetime.fromisoformat(f"2020-04-15T{time}"), mark, what, told)


RUNS = [
    _moment("01:00", Mark.DONE, "Basispoort → IEP LVS", "221 ontvangen: 221 ongewijzigd"),
    _moment("04:00", Mark.SKIPPED, "IEP LVS → ESIS", REASON),
    _moment("04:00", Mark.DONE, "Gynzy → ESIS", "25 ontvangen: 25 nieuw"),
]


def test_a_long_reason_hides_no_other_run() -> None:
    full = last_night(RUNS, 70, None)
    assert last_night(RUNS, 70, len(full)) == full
    assert [line.plain[0] for line in last_night(RUNS, 70, len(full) - 1)] == ["✓", "–", "✓"]
    assert [line.plain[0] for line in last_night(RUNS, 70, 2)] == ["✓", "n"], "nog 2, L logboek"
    assert [line.plain for line in last_night(RUNS, 70, 1)] == ["3 uitwisselingen, L logboek"]


TONIGHT = [
    _moment("00:00", Mark.NOW, "nu"),
    _moment("01:00", Mark.PLANNED, "Basispoort → IEP LVS", "groepen en leerlingen"),
    _moment("01:30", Mark.PLANNED, "ESIS → Basispoort", "groepen en leerlingen"),
    _moment("03:30", Mark.PLANNED, "ESIS → Mijnschoolinfo", "leerlingen"),
    _moment("04:00", Mark.PLANNED, "Gynzy → ESIS", "resultaten"),
    _moment("04:00", Mark.PLANNED, "IEP LVS → ESIS", "resultaten"),
    _moment("08:00", Mark.MORNING, "morgenochtend"),
]


@pytest.mark.parametrize("width", range(30, 160, 7))
def test_no_name_of_a_night_is_cut_or_runs_into_the_next(width: int) -> None:
    drawn = [line.plain for line in metro_line(TONIGHT, width)]
    assert not [line for line in drawn if len(line) > width]
    words = " ".join(drawn).split()
    assert {"Basispoort", "Mijnschoolinfo", "Gynzy", "LVS"} <= set(words)
    assert ("Gynzy + IEP LVS" in " ".join(drawn)) == (drawn[1][0] == Mark.NOW.value)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (110, 34), (120, 31), (120, 36)], ids=str)
async def test_the_startpagina_fits_and_no_badge_name_or_link_is_cut(practice: Board, size: tuple[int, int]) -> None:
    activated(practice)
    async with driving(practice, size=size) as program:
        assert program.app.screen.query_one("#body").max_scroll_y == 0
        assert "  IEP LVS ›" in program.line("IEP LVS: de andere helft")
        assert "◐ Andere helft ontbreekt" in program.text
        assert "Gynzy resultatenkoppeling" in program.line("○ Niet geactiveerd")
        assert ("Afmelden / andere gebruiker" in program.text) == (size != (80, 24)), "Mijn Menu and Ctrl+P have it too"


async def test_beside_a_panel_the_last_night_is_whole_or_not_there(practice: Board) -> None:
    activated(practice)
    async with driving(practice, size=WIDE) as program:
        screen = program.app.screen
        panel = Label("")
        panel.styles.dock = "bottom"
        await screen.mount(panel)
        night, row = screen.query_one("#block-last-night"), screen.query_one("#start-row")
        shown = []
        for height in range(2, 16):
            panel.styles.height = height
            await program.settle()
            shown.append(bool(night.display))
            assert not night.display or (night.content_size.height and night.region.bottom <= row.region.bottom), height
        assert shown == sorted(shown, reverse=True)
        assert {True, False} == set(shown)
        panel.remove()
        await program.settle()
        assert night.display


class Asked:
    """A host that only remembers what it was asked to begin."""

    begin: Callable[[], LessonProgress]

    def get_ready(self, *_who: object) -> None:
        """Nothing."""

    def start(self, _app: object, begin: Callable[[], LessonProgress]) -> None:
        self.begin = begin


def done_weeks_ago(board: Board) -> None:
    """Three lessons, so long ago that they are to be refreshed."""
    then = clock.wall_now() - refreshing.WEEKS
    for name in ("brin-verschilt", "rol-ontbreekt", "toets-staat-uit"):
        LessonProgress.create(
            board=board, learner="rovict", lesson=name, started_at=then, seen_at=then, finished_at=then, steps=4
        )


async def test_what_is_to_be_refreshed_asks_for_attention_and_enter_begins_it(practice: Board) -> None:
    done_weeks_ago(practice)
    async with driving(practice) as program:
        line = program.line("Tijd om op te frissen")
        assert "3 oefeningen, 10 minuten." in line
        assert "Beginnen ›" in line
        program.app.host = asked = Asked()
        await program.press("end", "enter")
        await program.until(lambda: hasattr(asked, "begin"))
    run = asked.begin()
    assert (run.lesson, run.mode, run.level, run.seed) == ("brin-verschilt", "refresher", 3, 2)


async def test_what_is_refreshed_does_not_give_up_a_lesson_that_was_begun_without_a_question(practice: Board) -> None:
    done_weeks_ago(practice)
    now = clock.wall_now()
    LessonProgress.create(
        board=practice,
        own_board=practice,
        learner="rovict",
        lesson="brin-verschilt",
        started_at=now,
        seen_at=now,
        steps=4,
    )
    async with driving(practice) as program:
        program.app.host = asked = Asked()
        await program.press("end", "enter")
        await program.until(lambda: "U was bij stap 1 van 4." in program.words)
        assert not hasattr(asked, "begin")
        await program.press("escape")
        assert not hasattr(asked, "begin")
