"""What the palette can find: screens, the pages and actions of the screen in front, and what works everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from textual.binding import Binding
from textual.screen import ModalScreen, Screen

from app.couplings.catalogue import all_types
from app.diagnosis.findings import all_kinds
from app.permissions import Permission
from app.refusals import Refused
from app.targets import (
    Activation,
    Lessons,
    Log,
    MenuItem,
    MenuTab,
    PartnerPage,
    SchoolTime,
    Unmatched,
    Why,
)
from app.training import disturbances
from app.training.disturbances import Disturbance
from fixtures import menu
from screens.couplings.page import CouplingsPage
from screens.navigation.going import Navigation
from screens.shared import keys, own_name
from screens.shared.actions_menu import acts_of
from screens.shared.base import BaseScreen
from screens.shared.frame import EsisScreen
from screens.shell import elsewhere
from screens.shell.entry import Entry
from screens.shell.programs import ESIS, partner_names, partner_programs
from screens.trainer.page import TrainerPage

HERE = "Dit scherm"
"""Where what can be done on the screen in front is."""


def entries(app: Navigation) -> list[Entry]:
    """Everything that can be found now."""
    return together(here(app, app.screen), everywhere(app), app.screen)


def here(app: Navigation, screen: Screen[Any]) -> list[Entry]:
    """The pages of the program in front, and what can be done on the screen in front."""
    return [*_of_program(app), *_own_pages(app, screen), *_screen_actions(app, screen)]


def together(near: Sequence[Entry], far: Sequence[Entry], screen: Screen[Any]) -> list[Entry]:
    """Each once: what is found on the screen in front, or in the program in front, is also known as what is elsewhere."""
    places = {_place(entry): entry.path for entry in far if entry.elsewhere}
    own = [replace(entry, path=places.get((entry.path, entry.title), entry.path)) for entry in near]
    known = {(entry.path, entry.title) for entry in near}
    path = elsewhere.path_of(type(screen)) if isinstance(screen, EsisScreen) else ""
    on_it = {entry.title for entry in near if entry.path == HERE}
    return own + [
        entry
        for entry in far
        if not entry.elsewhere
        or (_place(entry) not in known and (entry.path != path or entry.record or entry.title not in on_it))
    ]


def _place(entry: Entry) -> tuple[str, str]:
    return entry.path.partition(menu.SEPARATOR)[0], entry.title


def everywhere(app: Navigation) -> list[Entry]:
    """What can be found wherever one is; touches no widget."""
    found = _actions(app)
    if app.actor is not None:
        found.append(Entry(menu.EVERYTHING, "Alle onderdelen", partial(app.go, MenuTab(menu.EVERYTHING))))
        found += [
            Entry(item.title, item.path, partial(app.go, MenuItem(item.id)), item.what, leaves=True)
            for item in menu.items()
        ]
        found += elsewhere.actions(app)
        found += _coupling_actions(app)
        found += elsewhere.places(app)
    return found


def _actions(app: Navigation) -> list[Entry]:
    found = [
        Entry(
            "Help bij dit scherm",
            "Programma",
            app.action_explain,
            minor=True,
            key=_key(app, "app.help", keys.HELP.keys),
        ),
        Entry(
            "Programma stoppen",
            "Programma",
            lambda: app.call_later(app.action_stop),
            minor=True,
            key=_key(app, "app.stop", keys.STOP.keys),
        ),
        Entry("Naar ESIS", "Programma", partial(app.switch_mode, ESIS)),
        *(Entry(f"Naar {name}", "Programma", partial(app.go, PartnerPage(id))) for id, name in partner_names().items()),
    ]
    if app.actor is not None:
        found += [
            Entry("Afmelden / andere gebruiker", "ESIS", app.sign_out),
            *([Entry(Lessons.TITLE, "Startpagina", partial(app.go, Lessons()))] if app.has_lessons else []),
            Entry("Vestiging kiezen", "Gebruiker", app.choose_location),
            *([Entry(own_name.TITLE, "Gebruiker", partial(_ask_name, app))] if app.board.practice else []),
            Entry("Schooltijd", "Programma", app.action_school_time, key=_key(app, "app.time", keys.TIME.keys)),
            Entry("Schooltijd: naar morgenochtend", "Schooltijd", partial(app.go, SchoolTime("morning"))),
            Entry("Schooltijd: naar 17:00", "Schooltijd", partial(app.go, SchoolTime("cut-off"))),
        ]
    return found


def _ask_name(app: Navigation) -> None:
    if isinstance(screen := app.screen, BaseScreen):
        own_name.ask(screen, app.board)


def _key(app: Navigation, action: str, default: str) -> str:
    """The key of an action as it is shown: that of the settings file, if it gives one."""
    return app.get_key_display(Binding(app.settings.keymap.get(action, default), ""))


def _of_program(app: Navigation) -> list[Entry]:
    """What only this kind of program has, such as the hint of a lesson."""
    return [
        Entry(
            binding.description,
            "Programma",
            partial(app.call_later, app.run_action, binding.action),
            key=_key(app, binding.id or "", binding.key),
        )
        for _, binding in app._bindings
        if binding.tooltip and not (binding.id or "").startswith("app.") and app.check_action(binding.action, ())
    ]


def _screen_actions(app: Navigation, screen: Screen[Any]) -> list[Entry]:
    """Everything that A has on the screen in front, and what cannot be done now with the reason."""
    found: list[Entry] = []
    for act in acts_of(screen):
        key = app.get_key_display(Binding(act.keys[0], "")) if act.keys else ""
        run = partial(app.notify, act.why, severity="warning", markup=False) if act.why else act.run
        found.append(Entry(act.title, HERE, run, act.about, minor=act.minor, key=key, record=act.record))
    return found


def _own_pages(app: Navigation, screen: Screen[Any]) -> list[Entry]:
    """The pages of the partner program in front, which a window there does not hide."""
    screen = next((one for one in reversed(app.screen_stack) if not isinstance(one, ModalScreen)), screen)
    program = next((row for row in partner_programs() if row.id == app.current_mode), None)
    if program is None:
        return []
    return [Entry(title, program.title, run, leaves=True) for title, run in program.pages(screen)]


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
            Entry(f"Trainer: {title}", "Trainer", partial(app.go, target), leaves=True)
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
