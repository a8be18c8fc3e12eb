"""The actions of the whole program, declared once: footer, palette, F1 and the handleiding all read these bindings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.screen import Screen

from screens.shared import keys
from screens.shared.program import EsisProgram

GLOBAL: list[BindingType] = [
    keys.HELP("explain", "Help", id="app.help", tooltip="Legt dit scherm uit en noemt de toetsen."),
    keys.PROGRAM(
        "switch_program",
        "Programma",
        id="app.program",
        tooltip="Wisselt van programma: ESIS, IEP LVS, ... Zoals een ander tabblad in de browser.",
    ),
    keys.TIME(
        "school_time",
        "Schooltijd",
        id="app.time",
        tooltip="Toont de schooltijd en zet hem vooruit, bijvoorbeeld naar morgenochtend.",
    ),
    keys.TRAINER(
        "trainer",
        "Trainer",
        id="app.trainer",
        tooltip="Storingen, beginstanden en de klas, voor wie de rol Trainer heeft; staat ook bij F6.",
        show=False,
    ),
    keys.MENU("menu", "Menu", id="app.menu", tooltip="Gaat naar de tabbladen van het menu."),
    keys.FIND(
        "find",
        "Zoeken",
        id="app.find",
        tooltip="Zoekt een scherm of actie op een deel van de naam.",
        priority=True,
    ),
    keys.HINT(
        "hint",
        id="lesson.hint",
        tooltip="Bij een les: geeft een hint, eerst waar, dan wat, dan wordt het voorgedaan.",
        show=False,
        priority=True,
    ),
    keys.STOP(
        "stop",
        "Stoppen",
        id="app.stop",
        show=False,
        priority=True,
        tooltip="Stopt het programma; een gewijzigd formulier vraagt eerst.",
    ),
]

RECORDING: list[BindingType] = [
    keys.RECORD(
        "record",
        "Opnemen als draaiboek",
        id="recording.record",
        show=False,
        tooltip="Begint een opname: wat u doet, wordt een draaiboek. Tijdens een opname vraagt het wat erbij moet.",
    )
]
"""That of the program in which a draaiboek can be recorded."""


@dataclass(frozen=True)
class KeyHelp:
    """One line of help: the keys, their name and what they do."""

    keys: str
    title: str
    text: str


def describe(bindings: Iterable[Binding], *, browser: bool = False) -> Iterator[KeyHelp]:
    """Help lines for bindings, each action once, in order; of a `browser` with the keys that a page gets."""
    names: dict[str, list[str]] = {}
    first: dict[str, Binding] = {}
    for binding in bindings:
        name = binding.id or f"{binding.action}/{binding.key}"
        first.setdefault(name, binding)
        each = [key.strip() for key in binding.key.split(",")]
        shown = [key for key in each if keys.reaches_page(key)] or list(map(keys.instead, each)) if browser else each
        names.setdefault(name, []).extend(map(keys.key_name, shown))
    for name, binding in first.items():
        if binding.tooltip:
            yield KeyHelp(" of ".join(dict.fromkeys(names[name])), binding.description, binding.tooltip)


def of_screen(screen: Screen[object]) -> list[KeyHelp]:
    """The active keys of this screen: those in the bottom line first, from the focused widget outwards."""
    active = [entry.binding for entry in screen.active_bindings.values() if entry.enabled]
    browser = isinstance(screen.app, EsisProgram) and screen.app.in_browser
    return list(describe(sorted(active, key=lambda binding: not binding.show), browser=browser))
