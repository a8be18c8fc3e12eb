"""Does what is typed, and answers with what is new: a conversation with the program that is open."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, OptionList, Select, TextArea

from app import access, clock
from app.refusals import Refused
from app.training.pictures import check_keys, keys_of, settle
from app.training.scripts.errors import CannotDo, NotThere, nearest
from screens.driving import named
from screens.driving.named import Thing, fold
from screens.driving.reading import where
from screens.driving.screen_driver import ScreenDriver
from screens.plain.filling import Filling
from screens.plain.going import go
from screens.plain.page import Entry, beside, entries, only_text
from screens.plain.spoken import spoken
from screens.plain.told import Teller
from screens.plain.words import HELP, key_meant, typed_instead, understood
from screens.presenting.lesson import Lesson
from screens.shared.facts import Facts
from screens.shared.records import RecordList
from screens.shell.palette import Palette

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from screens.shell.esis import EsisApp

NO_MATCH = 3
"""Ranks of a name: that itself, a beginning of it, a beginning of a word in it, none of these."""
MOST = 20
"""Lines told of what a name may mean."""
LONGEST_SHOWING = 120.0
"""Seconds that a lesson may take to show how something is done."""
WELCOME = "ESIS in gewone regels. Typ een nummer, het begin van een naam, of ? voor uitleg."
NOTHING_NEW = "Er is niets veranderd."
STOPPED = "Het programma is gestopt."
MORNING = ("morgen", "morgenochtend")


class Talk(Filling):
    """A conversation."""

    def __init__(self, app: EsisApp, pilot: Pilot[Any]) -> None:
        self._app, self._pilot = app, pilot
        self._driver, self._teller = ScreenDriver(app, pilot), Teller(app)
        self._verbs: dict[str, Callable[[str], Awaitable[list[str]]]] = {
            "?": self._help,
            "vul": self._fill,
            "kruis": self._tick,
            "op": self._stand_on,
            "acties": self._actions,
            "terug": lambda _rest: self._press("escape"),
            "zoek": self._find,
            "naar": self._go,
            "tijd": self._time,
            "meer": self._more,
            "lees": self._read,
            "waar": self._where,
            "opdracht": self._task,
            "hint": self._hint,
            "uitleg": lambda _rest: self._press("f1"),
            "toets": self._key,
            "stop": lambda _rest: self._press("ctrl+q"),
        }

    @property
    def over(self) -> bool:
        """Whether the program has ended."""
        return self._app._exit or not self._app._running

    async def begin(self) -> list[str]:
        """What is told at first."""
        await self._settle()
        return [WELCOME, *map(typed_instead, self._teller.news())]

    async def answer(self, typed: str) -> list[str]:
        """Do what was typed, wait for what comes of it, and tell what is new. What cannot be done is told."""
        return [typed_instead(line) for line in await self._answer(typed)]

    async def _answer(self, typed: str) -> list[str]:
        asks, self._asks, self.secret = self._asks, None, False
        try:
            told = await (asks(typed) if asks is not None else self._do(typed.strip()))
        except (CannotDo, Refused) as wrong:
            told = [f"Dat kan niet: {spoken(wrong.sentence)}"]
        if self.over:
            return [*told, STOPPED]
        await self._settle()
        if self.over:
            return [STOPPED]
        return [*told, *([] if self._asks else self._teller.news())] or [NOTHING_NEW]

    async def _settle(self) -> None:
        """Until everything has had its effect, and the lesson has looked at it."""
        await settle(self._app, self._pilot)
        if isinstance(lesson := self._app.guest, Lesson) and not self.over:
            await lesson.look_now()
            await settle(self._app, self._pilot)

    # ---- what is typed

    async def _do(self, typed: str) -> list[str]:
        if not typed:
            return await self._nothing()
        if typed.isdecimal():
            thing = self._teller.thing(int(typed))
            if thing is None:
                raise NotThere(f"Er is hier geen nummer {typed}; `lees` leest het scherm nog eens.")
            return await self._take(thing)
        word, rest = understood(typed)
        if word and not (rest and self._exactly(typed)):
            return await self._verbs[word](rest)
        return await self._take_named(typed)

    async def _nothing(self) -> list[str]:
        """An empty line closes a window in which there is only something to read."""
        if only_text(self._app.screen):
            return await self._press("escape")
        return ["Typ een nummer of een naam, of ? voor uitleg."]

    def _exactly(self, typed: str) -> bool:
        """Whether something on the screen is called just that."""
        return any(fold(thing.says) == fold(typed) for thing in named.things(self._app.screen))

    async def _take_named(self, typed: str) -> list[str]:
        found = self._named(typed)
        if len(found) == 1:
            return await self._take(found[0].thing)  # type: ignore[arg-type]  # those found are things
        return ["Dat kan meer dan een ding zijn. Typ een nummer:", *map(self._teller.numbered, found)]

    def _named(self, typed: str) -> list[Entry]:
        """What is called that, the best matches only: exactly, then from the beginning, then from a word in it.

        Raises `NotThere`.
        """
        asked, screen = fold(typed), self._app.screen
        known: dict[tuple[int, int | None], Entry] = {}
        names: dict[tuple[int, int | None], set[str]] = {}
        for entry in (*entries(screen, {}), *beside(screen)):
            if (thing := entry.thing) is not None:
                known[id(thing.widget), thing.line] = entry
                names[id(thing.widget), thing.line] = {entry.text, spoken(thing.says)}
        for thing in named.things(screen):  # every row of a list, and each of its cells
            if (place := (id(thing.widget), thing.line)) in known or not named.is_bar(thing.widget):
                known.setdefault(place, Entry(spoken(thing.around or thing.says), thing))
                names.setdefault(place, set()).add(spoken(thing.says))
        ranked: dict[int, list[Entry]] = {}
        for place, entry in known.items():
            rank = min(_rank(fold(name), asked) for name in names[place])
            if rank < NO_MATCH:
                ranked.setdefault(rank, []).append(entry)
        if not ranked:
            raise NotThere(f"'{typed}' staat niet op het scherm.", nearest(typed, set().union(*names.values())))
        return ranked[min(ranked)][:MOST]

    def _one(self, given: str) -> Thing:
        """The one thing with this number or name. Raises `CannotDo`."""
        thing = self._teller.thing(int(given)) if given.isdecimal() else None
        if thing is not None:
            return thing
        found = self._named(given)
        if len(found) > 1 or found[0].thing is None:
            raise CannotDo(f"'{given}' staat er meer dan eens; typ het nummer.")
        return found[0].thing

    # ---- doing it

    async def _take(self, thing: Thing) -> list[str]:
        """Choose it; of a field ask the value."""
        widget: Any = thing.widget
        if not widget.is_attached:
            raise NotThere("Dat staat er niet meer; `lees` leest het scherm nog eens.")
        if isinstance(widget, Input | TextArea | Select | Checkbox):
            return self._ask(thing.says, widget)
        if isinstance(widget, RecordList) and widget.marking and not widget.opens:
            return await self._tick_line(thing)
        if isinstance(widget, OptionList) and not widget.focusable:  # one types above it, as in the palette
            widget.highlighted = thing.line
            return await self._press("enter")
        if isinstance(widget, Facts):
            self._app.screen.set_focus(widget)
            widget._cursor = thing.line or 0
            return await self._press("enter")
        await self._driver.pick(thing)
        return []

    async def _tick(self, given: str) -> list[str]:
        thing = self._one(given)
        if not isinstance(thing.widget, RecordList) or not thing.widget.marking:
            raise CannotDo(f"'{thing.says}' is niet aan te kruisen.")
        return await self._tick_line(thing)

    async def _tick_line(self, thing: Thing) -> list[str]:
        self._stand(thing)
        await self._driver.press("space")
        return []

    def _stand(self, thing: Thing) -> None:
        widget: Any = thing.widget
        if not widget.focusable:
            raise CannotDo(f"Op '{thing.says}' kan de cursor niet komen.")
        self._app.screen.set_focus(widget)
        if isinstance(widget, RecordList) and thing.line is not None:
            widget.cursor = thing.line

    async def _stand_on(self, given: str) -> list[str]:
        self._stand(self._one(given))
        return []

    async def _actions(self, _rest: str) -> list[str]:
        await self._app.screen.run_action("actions")
        return []

    async def _press(self, *keys: str) -> list[str]:
        await self._driver.press(*keys)
        return []

    async def _key(self, name: str) -> list[str]:
        if not name:
            return ["Typ erbij welke: toets F2, of toets ctrl+s."]
        name = key_meant(name)
        check_keys([name], "een tekst vult u in met `vul`.")
        return await self._press(*keys_of([name]))

    async def _find(self, text: str) -> list[str]:
        if not text:
            return ["Typ erbij wat u zoekt: zoek Koppelingen."]
        if not isinstance(self._app.screen, Palette):
            await self._driver.press("ctrl+p")
        asked = self._app.screen.query_one("#asked", Input)
        await self._driver.fill_in(asked, "", text)
        return []

    async def _go(self, to: str) -> list[str]:
        if not to:
            return ["Typ erbij waarheen: naar IEP LVS, of naar Beheer > Koppelingen."]
        self._no_window()
        await go(self._app, self._driver, to)
        return []

    def _no_window(self) -> None:
        if isinstance(self._app.screen, ModalScreen):
            raise CannotDo("Er staat een vraag of venster open. Beantwoord het eerst, of typ terug.")

    async def _time(self, to: str) -> list[str]:
        if to:
            self._no_window()
            await self._driver.advance("morning" if to.casefold() in MORNING else to)
        return [f"Schooltijd: {clock.dutch_moment(clock.school_now(access.board_now(self._app.board.id)))}"]

    async def _more(self, _rest: str) -> list[str]:
        return [] if self._teller.more() else ["Er is niet meer: alle regels zijn verteld."]

    async def _read(self, _rest: str) -> list[str]:
        self._teller.again()
        return []

    async def _where(self, _rest: str) -> list[str]:
        now = where(self._app)
        here = [now["program"], now["path"], now["window"] and f"venster {spoken(now['window'])}"]
        user = [f"Aangemeld: {now['user']}, vestiging {now['location']}"] if now["user"] else []
        return [
            ", ".join(filter(None, here)),
            *user,
            f"U staat op: {self._teller.focus() or 'niets'}",
            *await self._time(""),
        ]

    async def _task(self, _rest: str) -> list[str]:
        found = self._teller.lesson()
        return [*found, self._teller.progress()] if found else ["Er is geen les bezig."]

    async def _hint(self, _rest: str) -> list[str]:
        if not self._teller.lesson():
            return ["Er is geen les bezig."]
        await self._driver.press("ctrl+l")
        with suppress(TimeoutError):  # a long night: it goes on, and one can go on listening
            async with asyncio.timeout(LONGEST_SHOWING):
                while isinstance(lesson := self._app.guest, Lesson) and lesson.showing and not self.over:
                    await asyncio.sleep(0.05)
        return []

    async def _help(self, _rest: str) -> list[str]:
        return list(HELP)


def _rank(said: str, asked: str) -> int:
    return 0 if said == asked else 1 if said.startswith(asked) else 2 if f" {asked}" in said else NO_MATCH
