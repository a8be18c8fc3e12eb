"""Ctrl+P: find any menu item or action by part of its Dutch name, best title first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from app.couplings.catalogue import all_types
from app.diagnosis.findings import all_kinds
from app.exchange.names import folded
from app.permissions import Permission
from app.refusals import Refused
from app.targets import Activation, Lessons, Log, MenuItem, MenuTab, PartnerPage, SchoolTime, Target, Unmatched, Why
from app.training import disturbances
from app.training.disturbances import Disturbance
from fixtures import menu
from screens.couplings.page import CouplingsPage
from screens.navigation import written
from screens.navigation.going import Navigation
from screens.navigation.places import place_of
from screens.shared.controls import TextLine
from screens.shared.dialogs import Box, Dialog
from screens.shared.label import Label
from screens.shared.text import plain
from screens.shell.programs import ESIS, partner_programs
from screens.trainer.page import TrainerPage

_folded = lru_cache(maxsize=4096)(folded)


@dataclass(frozen=True)
class Entry:
    """Something to find: its title, where it is, and what choosing it does."""

    title: str
    path: str
    run: Callable[[], object]
    about: str = ""
    """What it is for; words in it also match, ranked after everything else."""
    leaves: bool = False
    """Whether it goes to another screen of the same program, away from a possibly changed form."""
    elsewhere: bool = False
    """Whether it happens on another screen: a match on only the path there ranks last."""


def entries(app: Navigation) -> list[Entry]:
    """Everything that can be found now."""
    found = [*_own_pages(app), *_actions(app)]
    if app.actor is not None:
        found.append(Entry(menu.EVERYTHING, "Alle onderdelen", partial(app.go, MenuTab(menu.EVERYTHING))))
        found += [
            Entry(item.title, item.path, partial(app.go, MenuItem(item.id)), item.what, leaves=True)
            for item in menu.items()
        ]
        found += [entry for item in menu.items() if item.built for entry in _actions_of(app, item)]
        found += _coupling_actions(app)
    return found


def best(found: list[Entry], asked: str) -> list[Entry]:
    """The entries that match what was typed, best first: the whole title, its start, a word in it, a part, its path."""
    words = _folded(asked).split()
    ranked = [(rank, place, entry) for place, entry in enumerate(found) if (rank := _rank(entry, words)) is not None]
    return [entry for _, _, entry in sorted(ranked, key=lambda row: row[:2])]


def _rank(entry: Entry, words: list[str]) -> tuple[int, int] | None:
    title, path = _folded(entry.title), _folded(f"{entry.path} {entry.title}")
    if not all(word in path for word in words):
        about = f"{path} {_folded(entry.about)}"
        return (6, len(title)) if all(word in about for word in words) else None
    asked = " ".join(words)
    starts = f" {title}"
    if asked == title:
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


def _actions(app: Navigation) -> list[Entry]:
    found = [
        Entry("Help bij dit scherm", "F1", app.action_explain),
        Entry("Programma stoppen", "Ctrl+Q", lambda: app.call_later(app.action_stop)),
        Entry("Naar ESIS", "Programma", partial(app.switch_mode, ESIS)),
        *(Entry(f"Naar {row.title}", "Programma", partial(app.go, PartnerPage(row.id))) for row in partner_programs()),
    ]
    if app.actor is not None:
        found += [
            Entry("Afmelden / andere gebruiker", "ESIS", app.sign_out),
            *([Entry(Lessons.TITLE, "Startpagina", partial(app.go, Lessons()))] if app.has_lessons else []),
            Entry("Vestiging kiezen", "Gebruiker", app.choose_location),
            Entry("Schooltijd", "F9", app.action_school_time),
            Entry("Schooltijd: naar morgenochtend", "Schooltijd", partial(app.go, SchoolTime("morning"))),
            Entry("Schooltijd: naar 17:00", "Schooltijd", partial(app.go, SchoolTime("cut-off"))),
        ]
    found += _screen_actions(app)
    return found


def _screen_actions(app: Navigation) -> list[Entry]:
    below = _below(app)
    found: list[Entry] = []
    for active in below.active_bindings.values():
        binding = active.binding
        if binding.show and binding.tooltip and not (binding.id or "").startswith("app.") and active.enabled:
            run = lambda node=active.node, action=binding.action: app.call_later(app.run_action, action, node)  # noqa: E731
            if not any(entry.title == binding.description for entry in found):
                found.append(Entry(binding.description, f"Dit scherm, {app.get_key_display(binding)}", run))
    return found


def _actions_of(app: Navigation, item: menu.Item) -> list[Entry]:
    """What can be done on an item's screen: open it, then do it if that is possible there."""
    found = []
    for action, title, about in _ways_of(MenuItem(item.id)):
        run = partial(_open_and_do, app, item, action)
        found.append(Entry(title, item.path, run, about, leaves=True, elsewhere=True))
    return found


@cache
def _ways_of(target: Target) -> list[tuple[str, str, str]]:
    """Action, title and purpose of each key of the screen itself or of its kind of list."""
    place = place_of(target)
    assert place is not None
    screen = place.kind
    ways = [("add", screen.NEW, "")] if getattr(screen, "NEW", "") else []
    own = [one for one in screen.__dict__.get("BINDINGS", ()) if isinstance(one, Binding) and one.show and one.tooltip]
    return [*ways, *((one.action, one.description, one.tooltip) for one in own)]


def _open_and_do(app: Navigation, item: menu.Item, action: str) -> None:
    target = MenuItem(item.id)
    app.go(target)
    screen, place = app.screen, place_of(target)
    if place is not None and type(screen) is place.kind:
        screen.call_after_refresh(app.run_action, action, screen)


def _own_pages(app: Navigation) -> list[Entry]:
    """The pages of the partner program in front."""
    program = next((row for row in partner_programs() if row.id == app.current_mode), None)
    if program is None:
        return []
    return [Entry(title, program.title, run, leaves=True) for title, run in program.pages(_below(app))]


def _below(app: Navigation) -> Screen[Any]:
    """The screen in front, ignoring the palette."""
    covered = isinstance(app.screen, Palette) and len(app.screen_stack) > 1
    return app.screen_stack[-2] if covered else app.screen


def _coupling_actions(app: Navigation) -> list[Entry]:
    found = [
        Entry(title, "Beheer > Koppelingen", partial(app.go, target), leaves=True)
        for target, title, _ in CouplingsPage.LEFT_ENTRIES
    ]
    for row in all_types():
        found.append(Entry(f"Koppeling activeren: {row.row}", "Koppelingen", partial(app.go, Activation(row.type))))
        found.append(Entry(f"{Log.TITLE}: {row.row}", "Koppelingen", partial(app.go, Log(row.type))))
    if app.may(Permission.VIEW_COUPLINGS):
        found += [
            Entry(f"{Why.TITLE} {title}", "Koppelingen", partial(app.go, Why(kind)), leaves=True)
            for kind, title in all_kinds()
        ]
        found.append(Entry(Unmatched.TITLE, "Koppelingen", partial(app.go, Unmatched()), leaves=True))
    if app.may(Permission.SET_FAULTS):
        found += [
            Entry(f"Trainer: {title}", "F8", partial(app.go, target), leaves=True)
            for target, title, _ in TrainerPage.LEFT_ENTRIES
        ]
        found += _fault_actions(app)
    return found


def _fault_actions(app: Navigation) -> list[Entry]:
    assert app.actor is not None
    actor, found = app.actor, []
    for row in disturbances.offered(actor.board.id):

        def run(row: Disturbance = row) -> None:
            try:
                told = disturbances.switch(actor, row.partner, row.kind, not row.on)
                now = f"Storing '{row.text}' bij {row.system} staat nu {'uit' if row.on else 'aan'}."
                app.notify(told if row.once else now, markup=False)
            except Refused as refusal:
                app.report_refusal(refusal)

        state = "laten gebeuren" if row.once else "uitzetten" if row.on else "aanzetten"
        found.append(Entry(f"Storing {state}: {row.system}, {row.text}", "Storingen", run))
    return found


class Palette(Dialog[Entry]):
    """Type, choose, go."""

    DEFAULT_CSS = """
    #palette { width: 84; height: 24; }
    #palette OptionList { height: 1fr; max-height: 100%; }
    """

    BINDINGS = [
        Binding("down", "step(1)", "Omlaag", id="palette.down", show=False, tooltip="Volgende gevonden regel."),
        Binding("up", "step(-1)", "Omhoog", id="palette.up", show=False, tooltip="Vorige gevonden regel."),
    ]

    def compose(self) -> ComposeResult:
        """A field and the matches."""
        with Box("Zoek een scherm of actie", id="palette"):
            yield TextLine(placeholder="Typ een deel van de naam", id="asked")
            yield OptionList(id="found", compact=True)
            yield Label("↑ ↓ kiezen   Enter openen   Esc sluiten", classes="help")

    def on_mount(self) -> None:
        """Show everything before anything is typed."""
        self._all = entries(cast("Navigation", self.app))
        self._shown: list[Entry] = []
        self.query_one("#asked").focus()
        self._find("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._find(event.value)

    def _find(self, asked: str) -> None:
        self._shown = [*self._written(asked), *best(self._all, asked)][:60] if asked.strip() else self._all[:60]
        found = self.query_one(OptionList)
        found.clear_options()
        if not self._shown:
            found.add_option(Option(plain(f"Niets gevonden voor '{asked}'. Probeer een kortere naam."), disabled=True))
            return
        found.add_options([Option(self._line(entry)) for entry in self._shown])
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

    @staticmethod
    def _line(entry: Entry):  # type: ignore[no-untyped-def]
        return plain(entry.title) + plain("  ") + plain(entry.path).stylize("dim")

    def action_step(self, rows: int) -> None:
        """Move through the matches while typing goes on."""
        found = self.query_one(OptionList)
        found.action_cursor_down() if rows > 0 else found.action_cursor_up()

    @on(Input.Submitted)
    def _entered(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        if self._shown and highlighted is not None:
            self._go(self._shown[highlighted])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if self._shown:
            self._go(self._shown[event.option_index])

    def _go(self, entry: Entry) -> None:
        self.dismiss(entry)
