"""Ctrl+P: find any menu item, action or pupil by part of the name, best title first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.style import Style
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from app.access import Actor
from app.exchange.names import folded
from app.refusals import Refused
from app.school.people import pupils
from app.targets import (
    MenuItem,
    PartnerPage,
    PupilPage,
)
from fixtures import menu
from screens.navigation import written
from screens.navigation.going import Navigation
from screens.shared import keys
from screens.shared.answers import GUTTER, Answers
from screens.shared.controls import TextLine
from screens.shared.dialogs import CLOSES, Box, Dialog
from screens.shared.text import fitted, plain
from screens.shell import synonyms
from screens.shell.entries import everywhere, here, together
from screens.shell.entry import Entry
from screens.shell.programs import ESIS, program_of

_folded = lru_cache(maxsize=4096)(folded)


def best(found: list[Entry], asked: str) -> list[Entry]:
    """The entries that match what was typed, best first: the whole title, its start, a word in it, a part, its path."""
    words = _folded(asked).split()
    ranked = [(rank, place, entry) for place, entry in enumerate(found) if (rank := _rank(entry, words)) is not None]
    return [entry for _, _, entry in sorted(ranked, key=lambda row: row[:2])]


def _rank(entry: Entry, words: list[str]) -> tuple[int, int] | None:
    if entry.is_found:
        return BY_TITLE + 1, 0
    also = " ".join(synonyms.of(entry.title))
    title, path = _folded(entry.title), _folded(f"{entry.path} {entry.key} {entry.shown} {also}")
    if not all(word in path for word in words):
        about = f"{path} {_folded(entry.about)}"
        return (6, len(title)) if all(word in about for word in words) else None
    asked = " ".join(words)
    starts = f" {title}"
    if asked == title or asked in synonyms.of(entry.title):
        kind = 0
    elif title.startswith(asked):
        kind = 1
    elif f" {asked}" in starts or f"-{asked}" in starts:
        kind = 2
    elif asked in title:
        kind = 3
    else:
        kind = 4 if all(word in title for word in words) else 7 if entry.elsewhere else 5
    return kind, len(title)


BY_TITLE = 3
"""The last rank at which the title has what was typed."""
GAP = "  "
"""Between columns."""
LEAST, FEW = 3, 5
"""Characters from which pupils are looked up, and how many of them are shown."""
MOST = 60
"""How many it shows."""


class Asked(TextLine):
    """What to find; Enter opens what was found."""

    BINDINGS = [
        keys.OPEN("submit", id="palette.open", tooltip="Opent de regel met het teken."),
        keys.DOWN("screen.step(1)", "Omlaag", id="palette.down", tooltip="Volgende gevonden regel."),
        keys.UP("screen.step(-1)", "Omhoog", id="palette.up", tooltip="Vorige gevonden regel."),
    ]


class Palette(Dialog[Entry]):
    """Type, choose, go."""

    DEFAULT_CSS = """
    #palette { width: 84; height: 24; }
    #palette OptionList { height: 1fr; max-height: 100%; margin: 1 0 0 0; scrollbar-gutter: stable; }
    """

    BINDINGS = [CLOSES]
    _pupils: Sequence[Entry] = ()
    """Those that what was typed names."""
    _looks = False
    """Whether they are being looked up."""
    _entering = False
    """Whether Enter was pressed meanwhile."""

    @property
    def searching(self) -> bool:
        """Whether Enter waits for who is being looked up; keys after it are for what it opens."""
        return self._entering

    def compose(self) -> ComposeResult:
        """A field and the matches."""
        with Box("Zoek een scherm of actie", id="palette"):
            yield Asked(placeholder="Typ een deel van de naam, ook van een leerling", id="asked")
            found = Answers(id="found")
            found.can_focus = False  # what is typed and pressed goes to the line above it
            yield found

    def on_mount(self) -> None:
        """Type at once."""
        self._all: list[Entry] = []
        self._at_first: list[Entry] = []
        self._shown: list[Entry] = []
        self.query_one("#asked").focus()

    def read(self) -> list[Entry]:
        """What can be found wherever one is."""
        return everywhere(cast("Navigation", self.app))

    def show(self, found: list[Entry]) -> None:
        """Everything, or what was asked meanwhile; one stays on what one was on."""
        screen = self.app.screen_stack[-2]
        self._all = together(here(cast("Navigation", self.app), screen), found, screen)
        self._at_first = sorted(self._all, key=lambda entry: entry.minor)
        self._find_again()

    def _find_again(self) -> None:
        """More is known; one stays on what one was on."""
        before = self._chosen_now() if self.query_one(OptionList).highlighted else None
        self._find(self.query_one("#asked", Input).value)
        if before is not None:
            here_now = ((row.title, row.path) for row in self._shown)
            place = next((n for n, known_by in enumerate(here_now) if known_by == (before.title, before.path)), 0)
            self.query_one(OptionList).highlighted = place if self._shown else None

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        app, asked = cast("Navigation", self.app), event.value.strip()
        self._entering = False
        looking = self._looking_up(app, asked) if len(asked) >= LEAST else None
        self._looks = looking is not None
        if looking is not None:
            self.look_up(looking, self._found)
        else:
            self.forget_look_up()
            self._pupils = ()
        self._find(event.value)

    def _looking_up(self, app: Navigation, asked: str) -> Callable[[], Sequence[Entry]] | None:
        """What looks up the people of the program in front; None if it has none, or nobody is signed in."""
        if app.current_mode == ESIS:
            return partial(_pupils_named, app, app.actor, asked) if app.actor is not None else None
        people = program_of(app.current_mode).people
        page = next((one for one in reversed(app.screen_stack) if not isinstance(one, ModalScreen)), None)
        return partial(_people_there, people, page, asked) if people is not None and page is not None else None

    def _found(self, named: Sequence[Entry]) -> None:
        self._pupils, self._looks = named, False
        self._find_again()
        if self._entering:
            self._entered()

    def _find(self, asked: str) -> None:
        self._shown = (
            [*self._written(asked), *best([*self._all, *self._pupils], asked)][:MOST]
            if asked.strip()
            else self._at_first[:MOST]
        )
        found = self.query_one(OptionList)
        found.clear_options()
        if not self._shown:
            found.add_option(Option(plain(f"Niets gevonden voor '{asked}'. Probeer een kortere naam."), disabled=True))
            return
        keys = max(cell_len(entry.key) for entry in self._shown)
        width = max(0, found.scrollable_content_region.width - len(GUTTER) - 1)  # it does not touch the scroll bar
        style = found.get_visual_style("answers--key", partial=True)
        found.add_options([Option(_line(entry, width, keys, style)) for entry in self._shown])
        found.highlighted = 0

    def _written(self, asked: str) -> list[Entry]:
        """A place written as its path, if the menu does not have it."""
        app = cast("Navigation", self.app)
        if ">" not in asked or app.actor is None:
            return []
        try:
            place = written.find(asked)
        except Refused:
            return []
        *above, title = place.steps
        there = place.target.partner if isinstance(place.target, PartnerPage) else ESIS
        way = Entry(title, menu.SEPARATOR.join(above), partial(app.go, place.target), leaves=there == app.current_mode)
        return [] if isinstance(place.target, MenuItem) else [way]

    def on_resize(self) -> None:
        """The columns follow the width."""
        self.call_after_refresh(lambda: self._find(self.query_one("#asked", Input).value))

    def action_step(self, rows: int) -> None:
        """Move through the matches while typing goes on."""
        found = self.query_one(OptionList)
        found.action_cursor_down() if rows > 0 else found.action_cursor_up()

    @on(Input.Submitted)
    def _entered(self) -> None:
        words = _folded(self.query_one("#asked", Input).value).split()
        rank = _rank(self._shown[0], words) if self._shown else None
        self._entering = self._looks and (rank is None or rank[0] > BY_TITLE)
        if self._entering:
            return
        if (entry := self._chosen_now()) is not None:
            self._go(entry)

    def _chosen_now(self) -> Entry | None:
        highlighted = self.query_one(OptionList).highlighted
        return None if highlighted is None or not self._shown else self._shown[highlighted]

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if self._shown:
            self._go(self._shown[event.option_index])

    def _go(self, entry: Entry) -> None:
        self.dismiss(entry)


def _pupils_named(app: Navigation, actor: Actor, asked: str) -> list[Entry]:
    """The pupils that this names, whatever their status."""
    return [
        Entry(
            row.list_name,
            menu.SEPARATOR.join(("Leerling", *filter(None, (row.group and f"groep {row.group}", row.key)))),
            partial(app.go, PupilPage(row.key)),
            leaves=True,
            is_found=True,
        )
        for row in pupils.page(actor, search=asked, status="all", limit=FEW)
    ]


def _people_there(people: Any, page: Screen[Any], asked: str) -> list[Entry]:
    """The people of a partner's program that this names."""
    return [Entry(name, what, run, leaves=True, is_found=True) for name, what, run in people(page, asked, FEW)]


def _line(entry: Entry, width: int, keys: int, style: Style) -> Content:
    """The title at the left; where it is and its key at the right, in columns."""
    title = fitted(entry.shown, min(width, cell_len(entry.shown)))
    room = max(0, width - cell_len(title) - keys - 2 * len(GAP))
    key = plain(f"{GAP}{entry.key:>{keys}}" if keys else "").stylize(style)
    return Content.assemble(plain(title), plain(f"{GAP}{fitted(entry.path, room, right=True)}").stylize("$label"), key)
