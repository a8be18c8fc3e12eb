"""Drives the program for draaiboeken: does what a line says, in the words on screen, as a user would.

Nothing here bypasses the screens: a thing is chosen by going to it and pressing Enter, a field is filled by typing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.events import Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Checkbox, Input, OptionList, Select, TextArea

from app.refusals import Refused
from app.targets import MenuItem
from app.training.pictures import settle, still, svg_of, text_of
from app.training.scripts.errors import CannotDo, NotThere, nearest
from app.training.scripts.expecting import Expectation, Expected
from app.training.scripts.masking import Mask
from app.training.scripts.shots import Taken
from app.workers import school_time
from fixtures import menu
from screens.driving.expectations import until
from screens.driving.finding import find_field, find_option, find_thing, find_tickable
from screens.driving.masking import taken
from screens.driving.named import LONGEST_LIST, Thing, fold, visible
from screens.driving.seeing import sees
from screens.navigation import written
from screens.shared.label import WRONG, ErrorLine
from screens.shell.programs import ESIS, partner_names, partner_programs

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp

LONGEST_NIGHT = 600.0
"""Seconds of wall time that moving school time may take."""
LETTER, ACT, NIGHT = 0.1, 1.0, 5.0
"""How much of a pause: after a typed letter, after an act, and for what a night brought."""
_SEPARATOR = ">"


class ScreenDriver:
    """A running program. `pause` is called after each action, with how much of one (`LETTER`, `ACT`, `NIGHT`), to play at a
    human pace.
    """

    def __init__(
        self, app: EsisApp, pilot: Pilot[Any], pause: Callable[[float], Awaitable[None]] | None = None
    ) -> None:
        self.app, self.pilot, self.pause = app, pilot, pause

    # ---- what a line says

    async def open(self, path: str) -> None:
        """Use the menu of ESIS, or the palette for what is below it; or the pages of the partner program in front."""
        self._no_question()
        if self.app.current_mode != ESIS:
            await self._open_page(path)
            return
        try:
            place = written.find(path)
        except Refused as refusal:
            raise CannotDo(refusal.sentence) from refusal
        if self.app.actor is None:
            raise CannotDo("Er is niemand aangemeld; begin met 'sign in as'.")
        if isinstance(place.target, MenuItem):
            await self._open_item(menu.item_by_id(place.target.id))
        else:
            await self._find(place.path)

    async def _open_item(self, item: menu.Item) -> None:
        await self.press("f10")
        await self._choose(find_thing(self.app.screen, item.tab, bars=True))
        if item.title != item.tab:
            if self.app.screen.query("#heads").filter(".-narrow #heads"):  # items of one heading at a time
                await self.choose(item.heading)
            await self.choose(item.title, item.heading if item.heading != item.tab else "")

    async def _find(self, asked: str) -> None:
        """Find it in the palette."""
        await self.press("ctrl+p")
        await self._paste(asked)
        await self.press("enter")

    async def _open_page(self, path: str) -> None:
        program = next(row for row in partner_programs() if row.id == self.app.current_mode)
        pages = dict(program.pages(self.app.screen))
        wanted = fold(path.rpartition(_SEPARATOR)[2])
        title = next((title for title in pages if fold(title) == wanted), "")
        if not title:
            raise CannotDo(f"{program.title} heeft geen '{path}'.", nearest(path, pages))
        await self._find(title)

    async def choose(self, label: str, within: str = "") -> None:
        """Go to it and press Enter."""
        await self._choose(find_thing(self.app.screen, label, within))

    async def pick(self, thing: Thing) -> None:
        """The same, of what was found."""
        await self._choose(thing)

    async def fill(self, label: str, text: str) -> None:
        """Empty it and type."""
        await self.fill_in(find_field(self.app.screen, label), label, text)

    async def fill_in(self, field: Any, label: str, text: str) -> None:
        """The same, of a field that was found by this label."""
        if isinstance(field, Select):
            await self.select_in(field, label, text)
            return
        if not isinstance(field, Input | TextArea):
            raise CannotDo(f"In '{label}' is niets te typen.")
        self._go(field)
        if isinstance(field, TextArea):
            field.select_all()
        await self.press(*(("end", "ctrl+u") if isinstance(field, Input) else ("delete",)))
        await self.type(text)

    async def select(self, label: str, option: str) -> None:
        """Open it, go to the option, press Enter."""
        await self.select_in(find_field(self.app.screen, label), label, option)

    async def select_in(self, field: Any, label: str, option: str) -> None:
        """The same, of a field that was found by this label."""
        if not isinstance(field, Select):
            raise CannotDo(f"'{label}' is geen keuzelijst.")
        place = find_option(label, [str(prompt) for prompt, _ in field._options], option)
        self._go(field)
        await self.press("enter")
        overlay = field.query_one(OptionList)
        overlay.highlighted = place
        await self._settle()
        await self.press("enter")

    async def tick(self, label: str, on: bool) -> None:
        """A tick box in a form, an option among ticks, or a line of a list whose lines can be ticked."""
        thing = find_tickable(self.app.screen, label)
        if isinstance(thing.widget, Checkbox):
            self._go(thing.widget)
            if thing.widget.value != on:
                await self.press("space")
            return
        self._go_to_line(thing)
        await self._settle()
        row: Any = thing.widget.row  # type: ignore[attr-defined]
        if (row.id in thing.widget.marked) != on:  # type: ignore[attr-defined]
            await self.press("space")

    async def press(self, *keys: str) -> None:
        """Press each key, waiting for its effect; a sign may be written as itself, such as `!`."""
        for key in keys:
            self.app.simulate_key(key if key.isalnum() else _character_to_key(key) if len(key) == 1 else key)
            await self._settle()

    async def type(self, text: str) -> None:
        """As if typed, letter by letter where somebody looks on."""
        if self.pause is None:
            await self._paste(text)
            return
        for character in text:
            self.app.simulate_key(character)
            await self.pause(LETTER)
        await self._settle()

    async def go_to(self, program: str) -> None:
        """Use F6."""
        programs = {fold("ESIS"): ESIS, **{fold(name): partner for partner, name in partner_names().items()}}
        wanted = programs.get(fold(program))
        if wanted is None:
            raise CannotDo(f"'{program}' is geen programma.", nearest(program, ["ESIS", *partner_names().values()]))
        if wanted != self.app.current_mode:
            self._no_question()
            await self.press("f6")
            await self.choose(program)

    async def sign_in(self, user: str, password: str) -> None:
        """Name, password, Aanmelden."""
        await self.fill("Gebruiker", user)
        await self.fill("Wachtwoord", password)
        await self.choose("Aanmelden")

    async def sign_out(self) -> None:
        """Use the palette."""
        await self._find("Afmelden / andere gebruiker")

    async def advance(self, to: str) -> None:
        """Use F9, and wait until school time stands still. Raises `CannotDo` with what the window says if it does not move."""
        self._no_question()
        before = school_time.progress(self.app.board).now
        await self.press("f9")
        if to == "morning":
            await self.choose("Naar morgenochtend")
        elif to == "17:00":
            await self.choose("Naar 17:00")
        else:
            await self.fill("Naar datum", to)
            await self.press("enter")
        await self._arrived()
        if self.pause is not None:
            await self.pause(NIGHT)
        said = [str(one.content) for one in self.app.screen.query(ErrorLine) if one.display]
        await self.press("f9")
        if said and school_time.progress(self.app.board).now == before:
            raise CannotDo(said[0].removeprefix(WRONG).strip())

    async def expect(self, expected: Expectation) -> None:
        """Expect this of the screen or of a part of it, within some seconds."""
        await until(self.app, expected, self._settle)

    async def scroll_to(self, text: str) -> None:
        """Scroll there as with a mouse wheel, page by page."""
        wanted = Expected(text)
        if sees(self.app, wanted):
            return
        for widget in [row for row in visible(self.app.screen) if row.max_scroll_y > 0]:
            before, page = widget.scroll_y, max(1, widget.scrollable_content_region.height - 2)
            for y in range(0, min(widget.max_scroll_y, LONGEST_LIST) + page, page):
                widget.scroll_to(y=y, animate=False, force=True)
                await self._settle()
                if sees(self.app, wanted):
                    return
            widget.scroll_to(y=before, animate=False, force=True)
        await self._settle()
        raise NotThere(f"'{text}' staat nergens op dit scherm, ook niet na bladeren.")

    async def still(self) -> None:
        """Freeze the screen: no passing messages, no blinking cursor, and school time at its target."""
        await self._arrived()
        await still(self.app, self._settle)

    def take(self, masks: Sequence[Mask]) -> Taken:
        """The screen, with these hidden."""
        return taken(self.app, masks)

    def shown(self) -> str:
        """The characters on screen; nothing once the program has stopped."""
        return text_of(self.app) if self.app.screen_stack else ""

    def picture(self) -> str:
        """The screen as SVG."""
        return svg_of(self.app)

    def check_runs(self) -> None:
        """Nothing can be done once the program has stopped. Raises `CannotDo`."""
        if self.app._exit:
            raise CannotDo("Het programma is gestopt.")

    async def _settle(self) -> None:
        await settle(self.app, self.pilot)
        if self.pause is not None:
            await self.pause(ACT)

    def _no_question(self) -> None:
        if isinstance(self.app.screen, ModalScreen):
            raise CannotDo(
                "Er staat een vraag of venster open. Beantwoord het eerst, of sluit het met Esc (`press escape`)."
            )

    def _go(self, widget: Any) -> None:
        if not widget.focusable:
            raise CannotDo("Daar kan de cursor niet komen: het is uitgeschakeld.")
        self.app.screen.set_focus(widget)

    def _go_to_line(self, thing: Thing) -> None:
        self._go(thing.widget)
        assert thing.line is not None
        thing.widget.cursor = thing.line  # type: ignore[attr-defined]

    async def _choose(self, thing: Thing) -> None:
        if isinstance(thing.widget, OptionList) and thing.line is not None:
            self._go(thing.widget)
            thing.widget.highlighted = thing.line
        elif thing.line is not None:
            self._go_to_line(thing)
        else:
            self._go(thing.widget)
        await self._settle()
        await self.press("enter")

    async def _paste(self, text: str) -> None:
        self.app.post_message(Paste(text))
        await self._settle()

    async def _arrived(self) -> None:
        """Wait until school time stands still, and the screen says so."""
        end = time.monotonic() + LONGEST_NIGHT
        await self._settle()
        if school_time.progress(self.app.board).target is None:
            return
        while school_time.progress(self.app.board).target is not None:
            if time.monotonic() > end:
                raise CannotDo("De schooltijd kwam niet aan.")
            await asyncio.sleep(0.02)
        self.app.data_changed()
        await self._settle()
