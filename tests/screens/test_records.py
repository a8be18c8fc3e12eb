"""A list: what it reads and when, how it is drawn, keys and the mouse in it."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.color import Color
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Button

from app.training.pictures import text_of
from screens.shared.reads_beside import ReadsBeside
from screens.shared.records import Column, RecordList, Rows, Source
from screens.shared.sources import PAGE, in_pages, ready
from screens.shell.partner_style import style
from screens.shell.themes import looks
from screens.shell.tokens import TOKENS, Look

LOOK = Look(210)
NAME = Column("Naam", str, 12)
DARK = {name: Color.parse(values[0]).rich_color for name, values in TOKENS.items()}


def open_gate() -> threading.Event:
    gate = threading.Event()
    gate.set()
    return gate


@dataclass
class Numbers:
    """Rows that are numbers, read a page at a time; remembers what was asked, and can be held up."""

    total: int = 1_000
    keyed: bool = True
    asked: list[str] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    go: threading.Event = field(default_factory=open_gate)
    add: int = 0

    def ordered(self, column: Column, descending: bool) -> Numbers:  # noqa: ARG002
        return Numbers(self.total, self.keyed, self.asked, self.threads, self.go, 5_000)

    def count(self) -> int:
        self._ask("count")
        return self.total

    def page(self, offset: int, limit: int) -> Sequence[int]:
        self._ask(f"page {offset}")
        return range(self.add + offset, self.add + min(offset + limit, self.total))

    def beside(self, row: int | None, limit: int, *, back: bool = False) -> Sequence[int] | None:
        if not self.keyed:
            return None
        self._ask(f"{'before' if back else 'after'} {row}")
        last = self.add + self.total
        if not back:
            assert row is not None
            return range(row + 1, min(row + 1 + limit, last))
        end = last if row is None else row
        return range(max(self.add, end - limit), end)

    def _ask(self, what: str) -> None:
        assert self.go.wait(10)
        self.asked.append(what)
        self.threads.add(threading.get_ident())


class Shown(ReadsBeside[None]):
    """A button, a list, a button."""

    DEFAULT_CSS = "Shown RecordList { height: 8; width: 40; } Shown Button { height: 1; border: none; }"
    DEFAULT_CLASSES = "partner-screen toy"

    def __init__(self, listed: RecordList) -> None:
        super().__init__()
        self.listed = listed
        self.told: list[tuple[str, Any]] = []

    def compose(self) -> ComposeResult:
        yield Button("boven", id="above")
        yield self.listed
        yield Button("onder", id="below")

    def on_record_list_chosen(self, event: RecordList.Chosen) -> None:
        self.told.append(("chosen", event.row))

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        self.told.append(("at", event.row))


class Small(App[None]):
    """Only this list."""

    def __init__(self, screen: Shown) -> None:
        super().__init__()
        self.first = screen
        for theme in looks({"toy": LOOK}):
            self.register_theme(theme)
        self.theme = "esis-donker"
        self.stylesheet.add_source(style("toy"))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return looks({"toy": LOOK})[0].variables

    def on_mount(self) -> None:
        self.push_screen(self.first)

    def session_now(self) -> None:
        """Nobody is signed in."""

    def follows(self, _session: None) -> bool:
        return True


@dataclass
class Driven:
    """The list, on screen."""

    screen: Shown
    pilot: Pilot[None]

    @property
    def listed(self) -> RecordList:
        return self.screen.listed

    @property
    def text(self) -> list[str]:
        """The lines of the list."""
        region = self.listed.region
        lines = text_of(self.pilot.app).splitlines()[region.y : region.bottom]
        return [line[region.x : region.right].rstrip() for line in lines]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        await self.pilot.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object]) -> None:
        for _ in range(1_000):
            if condition():
                return
            await self.pilot.pause(0.002)
        raise AssertionError(f"it did not come: {self.text}")


@asynccontextmanager
async def shown(source: Source, *columns: Column, **options: Any) -> AsyncIterator[Driven]:
    screen = Shown(RecordList(columns or (NAME,), empty="Er is niets. Maak iets met F4.", **options))
    async with Small(screen).run_test(size=(60, 14)) as pilot:
        driven = Driven(screen, pilot)
        screen.listed.focus()
        screen.listed.show(source if isinstance(source, Rows) else ready(source))
        await driven.settle()
        yield driven


pytestmark = pytest.mark.usefixtures("sqlite")


async def test_pages_are_read_beside_and_go_on_from_the_row_before() -> None:
    numbers = Numbers()
    async with shown(numbers) as driven:
        numbers.asked.clear()
        numbers.threads.clear()
        await driven.press(*["pagedown"] * 20)
        assert (driven.listed.row, numbers.asked) == (120, [f"after {PAGE - 1}"])
        await driven.press("end")
        assert (driven.listed.row, numbers.asked[1:]) == (999, ["before None"])
        await driven.press(*["pageup"] * 20)
        assert (driven.listed.row, numbers.asked[2:]) == (879, ["before 900"])
        assert threading.get_ident() not in numbers.threads


async def test_without_a_key_pages_are_skipped_to() -> None:
    numbers = Numbers(keyed=False)
    async with shown(numbers) as driven:
        await driven.press("end")
        assert (driven.listed.row, numbers.asked[-1]) == (999, "page 900")


async def test_what_is_pressed_before_a_page_came_is_not_lost() -> None:
    numbers = Numbers()
    async with shown(numbers) as driven:
        numbers.go.clear()
        await driven.pilot.press("end", "enter")
        assert driven.listed.reading
        assert driven.text[-1] == "▶ …"
        assert ("at", None) not in driven.screen.told
        numbers.go.set()
        await driven.until(lambda: not driven.listed.reading)
        await driven.settle()
        assert driven.screen.told[-2:] == [("at", 999), ("chosen", 999)]


async def test_rows_stay_until_they_were_read_again() -> None:
    numbers = Numbers()
    async with shown(numbers) as driven:
        await driven.press("end")
        later = ready(Numbers(add=2_000))
        later.source.go.clear()  # type: ignore[attr-defined]
        driven.listed.show(later)
        await driven.pilot.pause()
        assert (driven.listed.row, driven.listed.reading) == (999, True)
        later.source.go.set()  # type: ignore[attr-defined]
        await driven.settle()
        assert (driven.listed.row, driven.listed.reading) == (2_999, False)
        assert driven.screen.told[-1] == ("at", 2_999)


@pytest.mark.parametrize(("there", "now"), [(range(-1, 9), 5), (range(5), 4), ((7, 5, 3), 5), ((8, 7, 6), 6)])
async def test_the_cursor_stays_on_its_row_or_else_on_its_line(there: Sequence[int], now: int) -> None:
    async with shown(Rows(range(9))) as driven:
        await driven.press(*["down"] * 5)
        driven.listed.show(Rows(there))
        assert driven.listed.row == now


async def test_the_cursor_goes_on_to_its_row_when_its_page_is_there() -> None:
    async with shown(Numbers()) as driven:
        await driven.press("end", "up", "up")
        driven.listed.show(ready(Numbers(total=1_001, add=-1)))
        await driven.settle()
        assert (driven.listed.row, driven.listed.cursor) == (997, 998)


async def test_another_order_is_read_beside_too() -> None:
    numbers = Numbers()
    async with shown(numbers) as driven:
        numbers.go.clear()
        driven.listed.sorted_by = (NAME, False)
        driven.listed.show(driven.listed._given, keep_cursor=False)
        await driven.pilot.pause()
        assert (driven.listed.row, driven.listed.row_count) == (0, 1_000)
        numbers.go.set()
        await driven.settle()
        assert driven.listed.row == 5_000


async def test_a_failed_page_is_asked_once() -> None:
    class Broken(Numbers):
        def beside(self, *_: Any, **__: Any) -> None:
            raise RuntimeError

    numbers, failed = Broken(), []
    async with shown(numbers) as driven:
        driven.screen._tell_mishap = lambda error, again, *_: failed.append((error, again))  # type: ignore[method-assign,assignment]
        await driven.press("end", "up", "down")
        assert (len(failed), driven.listed.reading, driven.listed.row) == (1, False, None)
        failed[0][1]()
        await driven.settle()
        assert len(failed) == 2


def test_a_whole_list_is_read_by_going_on() -> None:
    numbers = Numbers(total=2_500)
    assert [row for page in in_pages(numbers) for row in page] == list(range(2_500))
    assert numbers.asked == ["page 0", "after 999", "after 1999", "after 2499"]


@pytest.mark.parametrize(("total", "asked"), [(0, ["page 0"]), (7, ["page 0"]), (PAGE, ["page 0", "count"])])
def test_a_list_of_one_page_is_not_counted(total: int, asked: list[str]) -> None:
    numbers = Numbers(total)
    assert (ready(numbers).count(), numbers.asked) == (total, asked)


# ---- how it is drawn


def styles(strip: Strip) -> dict[str, Any]:
    return {segment.text.strip(): segment.style for segment in strip if segment.text.strip()}


async def test_a_panel_has_a_title_and_says_where_the_cursor_is() -> None:
    async with shown(Rows(range(9)), title="Leerlingen") as driven:
        assert driven.text[0].startswith("┏━ Leerlingen ━")
        assert driven.text[-1].strip("┗┛━ ") == "1 van 9"
        await driven.press("down")
        assert driven.text[-1].strip("┗┛━ ") == "2 van 9"
        driven.screen.query_one("#below").focus()
        await driven.settle()
        assert driven.text[0].startswith("┌─ Leerlingen ─")
        assert [line[1:5] for line in driven.text[1:4]] == ["  Na", "  0 ", "▌ 1 "]
        driven.listed.show(Rows(range(3)))
        await driven.settle()
        assert driven.text[-1].strip("└┘─ ") == "3"


async def test_the_row_of_the_cursor_is_filled_with_focus_and_tinted_without() -> None:
    async with shown(Rows("ab"), Column("Naam", str, 5, style=lambda _: "warn")) as driven:
        line = driven.listed.render_line(1)
        assert {segment.style.bgcolor for segment in line if segment.style} == {_partner("focus")}
        assert {segment.style.color for segment in line if segment.style} == {_partner("on-focus")}
        driven.screen.query_one("#below").focus()
        await driven.settle()
        line = driven.listed.render_line(1)
        assert {segment.style.bgcolor for segment in line if segment.style} == {_partner("here")}
        assert styles(line)["▌"].color == _partner("focus")
        assert styles(line)["a"].color == DARK["warn"]


def _partner(name: str) -> Any:
    """In a partner's program, which the screen of these tests is."""
    return Color.parse(looks({"toy": LOOK})[0].variables[f"partner-toy-{name}"]).rich_color


@pytest.mark.parametrize(
    ("token", "ink", "fill"), [("warn-bg", "warn", "warn-bg"), ("l4", "on-level", "l4"), ("bold bad", "bad", None)]
)
async def test_cells_have_badges_and_levels(token: str, ink: str, fill: str | None) -> None:
    async with shown(Rows("ab"), NAME, Column("Stand", str.upper, 9, style=lambda _: token)) as driven:
        drawn = styles(driven.listed.render_line(2))["B"]
        assert (drawn.color, drawn.bold) == (DARK[ink], True)
        assert fill is None or drawn.bgcolor == DARK[fill]
        filled = next(segment.text for segment in driven.listed.render_line(2) if "B" in segment.text)
        assert filled == (" B " if fill else "B        ")


async def test_an_empty_list_says_what_to_do_with_its_key() -> None:
    async with shown(Rows(()), title="Leerlingen") as driven:
        told, act = driven.listed.render_line(0), driven.listed.render_line(1)
        assert (told.text.strip(), act.text.strip()) == ("Er is niets.", "Maak iets met F4.")
        assert styles(told)["Er is niets."].bold
        assert styles(act)["F4"].bold
        assert driven.screen.told[-1] == ("at", None)


async def test_the_cursor_draws_two_lines_again() -> None:
    drawn: list[int] = []
    async with shown(Rows(range(9)), title="Getallen") as driven:
        render = driven.listed.render_line
        driven.listed.render_line = lambda y: drawn.append(y) or render(y)  # type: ignore[method-assign,func-returns-value]
        await driven.press("down")
        assert sorted(set(drawn)) == [1, 2]


# ---- arrows and the mouse


async def test_arrows_go_on_from_the_first_and_last_row() -> None:
    async with shown(Rows("abc")) as driven:
        await driven.press("up")
        assert driven.screen.focused is driven.screen.query_one("#above")
        driven.listed.focus()
        await driven.press("down", "down")
        assert (driven.listed.row, driven.screen.focused) == ("c", driven.listed)
        await driven.press("down")
        assert driven.screen.focused is driven.screen.query_one("#below")
        driven.listed.focus()
        await driven.press("pagedown", "end", "left", "right")
        assert driven.screen.focused is driven.listed


async def test_a_click_chooses_a_row_and_another_opens_it() -> None:
    async with shown(Rows("abc"), title="Letters") as driven:
        driven.screen.told.clear()
        await driven.pilot.hover(RecordList, offset=(5, 4))
        await driven.pilot.click(RecordList, offset=(5, 4))
        await driven.settle()
        assert driven.screen.told == [("at", "c")]
        await driven.pilot.click(RecordList, offset=(5, 4))
        await driven.settle()
        assert driven.screen.told == [("at", "c"), ("chosen", "c")]
        await driven.pilot.click(RecordList, offset=(5, 1))
        await driven.pilot.click(RecordList, offset=(5, 6))
        assert driven.listed.row == "c"
