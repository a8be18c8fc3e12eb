"""A tour of every screen: the menu and what opens from it, tabs, windows, couplings, trainer and partners.

For pictures of the whole program (`esis screenshot --all`). Nothing is filled in or sent.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.pilot import Pilot

from app.partners import accounts
from app.permissions import Permission
from app.targets import Lessons, MenuItem, MenuTab, SchoolTime
from app.training.pictures import settle
from fixtures import menu
from screens.partners.page import PartnerPage
from screens.partners.page import Session as PartnerSession
from screens.partners.routes import SIGN_OUT
from screens.partners.sign_in import PartnerSignIn
from screens.pupils.page import PupilPage
from screens.pupils.tabs import TABS
from screens.shared.records import RecordList
from screens.shell import entries
from screens.shell.programs import PartnerProgram, partner_programs
from screens.trainer.page import TrainerPage

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp

BEGIN, SHEETS, WINDOWS, COUPLINGS, TRAINER = "Begin", "Tabs van het menu", "Vensters", "Koppelingen", "Trainer"
OPENING = {"enter": "regel", "n": "nieuw"}
"""Keys that open something from a list, and its title if it has none of its own."""


@dataclass(frozen=True)
class Stop:
    """A screen now in front: its group and its title."""

    group: str
    title: str


Way = tuple[Stop, Callable[[], object]]
"""A stop, and how to get there."""


class ScreenCrawler:
    """The tour of one user. `seen` has what was visited, in this tour or an earlier one: each is visited once."""

    def __init__(self, app: EsisApp, pilot: Pilot[Any], seen: set[object]) -> None:
        self._app, self._pilot, self._seen = app, pilot, seen

    async def stops(self) -> AsyncIterator[Stop]:
        """Every screen this user may see; without a user only the sign-in."""
        if self._app.actor is None:
            yield Stop(BEGIN, "Aanmelden")
            return
        for way in self._ways():
            async for stop in self._visit(*way):
                yield stop
        for program in partner_programs():
            async for stop in self._partner(program):
                yield stop

    def _ways(self) -> list[Way]:
        return [*self._items(), *self._sheets(), *self._windows(), *self._couplings(), *self._trainer()]

    def _items(self) -> list[Way]:
        actor = self._app.actor
        assert actor is not None
        refused = actor.reasons(Permission)
        allowed = [item for item in menu.items() if item.built and item.permission not in refused]
        ways: list[Way] = [
            (
                Stop(item.path.rpartition(menu.SEPARATOR)[0] or BEGIN, item.title),
                partial(self._app.go, MenuItem(item.id)),
            )
            for item in allowed
        ]
        return [*ways, (Stop(BEGIN, Lessons.TITLE), partial(self._app.go, Lessons()))]

    def _sheets(self) -> list[Way]:
        return [(Stop(SHEETS, tab.title), partial(self._app.go, MenuTab(tab.title))) for tab in menu.menu().tabs[1:]]

    def _windows(self) -> list[Way]:
        app = self._app
        shown = {
            "Schooltijd": app.action_school_time,
            "Help bij dit scherm": app.action_explain,
            "Zoeken": app.action_find,
            "Programma kiezen": app.action_switch_program,
            "Vestiging kiezen": app.choose_location,
        }
        return [(Stop(WINDOWS, title), show) for title, show in shown.items()]

    def _couplings(self) -> list[Way]:
        """The couplings as listed in the palette."""
        return [
            (Stop(COUPLINGS, entry.title), entry.run) for entry in entries.entries(self._app) if entry.path == COUPLINGS
        ]

    def _trainer(self) -> list[Way]:
        if not self._app.may(Permission.SET_FAULTS):
            return []
        return [
            (Stop(TRAINER, title), partial(self._app.go, target))
            for target, title, _ in TrainerPage.LEFT_ENTRIES
            if target != SchoolTime()
        ]

    async def _partner(self, program: PartnerProgram) -> AsyncIterator[Stop]:
        """The sign-in, and every page for the practice account of the ESIS user's location."""
        app, first = self._app, Stop(program.title, "Aanmelden")
        assert app.actor is not None
        if first in self._seen:
            return
        await self._do(lambda: app.switch_mode(program.id))
        self._seen.add(first)
        yield first
        sign_in = app.screen
        assert isinstance(sign_in, PartnerSignIn)
        if app.actor.location not in accounts.locations_with(app.board.id, sign_in.PARTNER.id):
            return
        home = sign_in.HOME(PartnerSession(sign_in.USER, app.actor.location))
        await self._do(lambda: app.push_screen(home))
        routes = home.ROUTES
        for key, title in (*routes.menu, *routes.tabs, *routes.more):
            if key != SIGN_OUT:
                async for stop in self._visit(Stop(program.title, title), partial(routes.open_entry, home, key)):
                    yield stop

    async def _visit(self, stop: Stop, show: Callable[[], object]) -> AsyncIterator[Stop]:
        """Go there and to what opens from it, then back."""
        if stop in self._seen:
            return
        self._seen.add(stop)
        floor = len(self._app.screen_stack)
        await self._do(show)
        kind = type(self._app.screen)
        if not (issubclass(kind, PartnerPage) and kind in self._seen):  # a menu entry is often a tab too
            self._seen.add(kind)
            yield stop
            async for inside in self._inside(stop):
                yield inside
        await self._back_to(floor)

    async def _inside(self, stop: Stop) -> AsyncIterator[Stop]:
        """What a list's keys open, and what is in that."""
        app, floor = self._app, len(self._app.screen_stack)
        for key, name in OPENING.items():
            listed = next((widget for widget in app.screen.query(RecordList) if widget.focusable), None)
            if listed is None or not _offers(listed, key):
                continue
            listed.focus()
            await self._do(partial(app.simulate_key, key))
            kind = type(app.screen)
            if len(app.screen_stack) > floor and kind not in self._seen:
                self._seen.add(kind)
                opened = Stop(stop.group, f"{stop.title}: {_name(app.screen) or name}")
                yield opened
                async for further in self._further(opened):
                    yield further
            await self._back_to(floor)

    async def _further(self, stop: Stop) -> AsyncIterator[Stop]:
        if isinstance(self._app.screen, PupilPage):
            for number, (_, title) in list(enumerate(TABS, 1))[1:]:
                await self._do(partial(self._app.simulate_key, str(number)))
                yield Stop(stop.group, f"{stop.title}, {title}")
        async for inside in self._inside(stop):
            yield inside

    async def _back_to(self, floor: int) -> None:
        while len(self._app.screen_stack) > floor:
            await self._app.pop_screen()
        await settle(self._app, self._pilot)

    async def _do(self, what: Callable[[], object]) -> None:
        what()
        await settle(self._app, self._pilot)


def _offers(listed: RecordList, key: str) -> bool:
    """Whether a key opens something in a list and does nothing else: Enter if it chooses a line."""
    return key != "enter" or (listed.row is not None and bool(listed.check_action("choose", ())))


def _name(screen: Any) -> str:
    return (getattr(screen, "PATH", None) or ("",))[-1]
