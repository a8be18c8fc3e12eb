"""Filling in fields by words: at once, by a question, or one after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.widgets import Checkbox, Input, Select

from app.training.scripts.errors import CannotDo, NotThere, nearest
from screens.driving import named
from screens.driving.named import Thing, fold
from screens.plain.page import value_of
from screens.plain.spoken import spoken
from screens.plain.words import field_and_value
from screens.shared.records import RecordList

if TYPE_CHECKING:
    from screens.driving.screen_driver import ScreenDriver
    from screens.plain.told import Teller
    from screens.shell.esis import EsisApp

Answered = Callable[[str], Awaitable[list[str]]]
"""What is done with the answer to a question; returns what is to be told."""


class Filling:
    """Mix-in of a conversation: the questions about fields."""

    _app: EsisApp
    _driver: ScreenDriver
    _teller: Teller
    _asks: Answered | None = None
    """Who waits for the next line."""
    secret = False
    """Whether a password is asked: what is typed should not be shown."""

    def _ask(self, label: str, widget: Any, then: Answered | None = None) -> list[str]:
        """Ask the value of a field; an empty line leaves it as it is."""

        async def answered(typed: str) -> list[str]:
            if typed.strip():
                await self._put(label, widget, typed.strip())
            return await then(typed) if then is not None else []

        self._asks, self.secret = answered, isinstance(widget, Input) and widget.password
        if isinstance(widget, Checkbox):
            return [f"{label}, nu {value_of(widget)}. Typ ja of nee."]
        options = _options(widget)
        choose = " Typ er een van:" if options else ""
        if options and not any(map(str.isdecimal, options)):  # else a number would mean two things
            options = [f"{place}. {option}" for place, option in enumerate(options, 1)]
            choose = " Typ een nummer of een naam:"
        return [f"{label}, nu {value_of(widget)}.{choose or ' Typ de waarde; een lege regel laat het zo.'}", *options]

    async def _put(self, label: str, widget: Any, value: str) -> None:
        if widget.disabled:
            raise CannotDo(f"'{label}' is hier niet te wijzigen.")
        if isinstance(widget, Checkbox):
            await self._put_tick(label, widget, value)
        elif isinstance(widget, Select):
            options = _options(widget)
            number = int(value) if value.isdecimal() and value not in options else 0
            await self._driver.select_in(widget, label, options[number - 1] if 0 < number <= len(options) else value)
        else:
            await self._driver.fill_in(widget, label, value)

    async def _put_tick(self, label: str, widget: Checkbox, value: str) -> None:
        wanted = {"ja": True, "j": True, "nee": False, "n": False}.get(value.casefold())
        if wanted is None:
            raise CannotDo(f"'{label}' is een kruisje: typ ja of nee.")
        if widget.value != wanted:
            self._app.screen.set_focus(widget)
            await self._driver.press("space")

    async def _fill(self, given: str) -> list[str]:
        label, value = field_and_value(given)
        if not label:
            return await self._fill_each(list(named.fields(self._app.screen).items()))
        thing = self._field(label)
        if value is None:
            return self._ask(thing.says, thing.widget)
        await self._put(thing.says, thing.widget, value)
        return []

    async def _fill_each(self, fields: Sequence[tuple[str, Any]]) -> list[str]:
        """Ask one after the other; a line with only a dot stops."""
        wanted = [
            (label, widget) for label, widget in fields if not widget.disabled and not isinstance(widget, RecordList)
        ]
        if not wanted:
            return ["Er zijn hier geen velden meer." if fields else "Er zijn op dit scherm geen velden."]
        label, widget = wanted[0]

        async def on(typed: str) -> list[str]:
            rest = wanted[1:]
            return [] if typed.strip() == "." or not rest else await self._fill_each(rest)

        return self._ask(label, widget, on)

    def _field(self, label: str) -> Thing:
        """The field with this number or name. Raises `CannotDo`."""
        thing = self._teller.thing(int(label)) if label.isdecimal() else None
        if thing is not None and thing.says in named.fields(self._app.screen):
            return thing
        known = named.fields(self._app.screen)
        found = [name for name in known if fold(name) == fold(label)] or [
            name for name in known if fold(name).startswith(fold(label))
        ]
        if not found:
            raise NotThere(f"Er is geen veld '{label}'.", nearest(label, known))
        if len(found) > 1:
            raise CannotDo(f"'{label}' kan zijn: {', '.join(found)}. Typ meer van de naam.")
        return Thing(found[0], known[found[0]])


def _options(widget: Any) -> list[str]:
    """The texts that a choice has; none of another field."""
    return [spoken(str(prompt)) for prompt, _ in widget._options if str(prompt)] if isinstance(widget, Select) else []
