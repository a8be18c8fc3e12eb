"""A list on a screen of its own, with a source that tells what it was asked."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Button

from app.training.pictures import text_of
from screens.shared.reads_beside import ReadsBeside
from screens.shared.records import Column, RecordList, Rows, Source
from screens.shared.sources import ready
from screens.shell.partner_style import style
from screens.shell.themes import looks
from screens.shell.tokens import Look

LOOK = Look(210)


NAME = Column("Naam", str, 12)


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
