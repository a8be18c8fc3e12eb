"""All keys of the program as text, read from the bindings themselves: for the Help screen and for docs/toetsen.md.

`uv run python -m screens.driving.documentation` writes docs/toetsen.md again; a test fails while it is out of date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TypeVar

from textual.binding import Binding
from textual.widget import Widget

import screens
from fixtures import menu
from screens.shared.frame import EsisScreen
from screens.shell import actions
from screens.shell.actions import KeyHelp

Kind = TypeVar("Kind", bound=Widget)
FILE = Path(__file__).resolve().parents[2] / "docs" / "toetsen.md"
EVERYWHERE = "Overal"
SHARED = {
    "screens.shared.base": "Op elk scherm",
    "screens.shared.frame": "In de bovenste balk",
    "screens.shared.forms": "In een formulier",
    "screens.shared.records": "In een lijst",
    "screens.shared.list_actions": "In een lijst",
    "screens.shared.listing": "In een lijst",
    "screens.shared.link": "Op een regel om te kiezen",
    "screens.shared.previewing": "In het voorbeeld van een bestand",
    "screens.shared.dialogs": "In een vraag over het scherm",
    "screens.shell.palette": "Zoeken",
    "screens.start.sign_in": "Aanmelden",
    "screens.school_time.clock": "Schooltijd",
    "screens.presenting.lesson": "In een les",
    "screens.partners.frame": "Bij elke partner",
    "screens.partners.sign_in": "Bij elke partner",
    "screens.partners.tabs": "Bij elke partner",
}
"""Module -> heading, for keys that belong to no single screen; a screen is named by its place in the menu."""
OTHER = "Overige vensters"


@dataclass(frozen=True)
class Action:
    """A line of help and the name by which a settings file can rebind the action."""

    name: str
    help: KeyHelp


@dataclass(frozen=True)
class Section:
    """The actions of one place."""

    title: str
    actions: tuple[Action, ...]


@cache
def sections(*, browser: bool = False) -> tuple[Section, ...]:
    """Every action with a tooltip: first those that work everywhere, then those of each screen, in menu order.

    `browser`: with the keys that a page of a browser gets.
    """
    found: dict[str, list[Binding]] = {EVERYWHERE: [*_own(actions.GLOBAL), *_own(actions.RECORDING)]}
    for title in SHARED.values():
        found[title] = []
    places = sorted(((_title(kind), kind) for kind in widgets_with_keys()), key=lambda place: _rank(place[0]))
    for title, kind in places:
        found.setdefault(title, []).extend(_own(vars(kind)["BINDINGS"]))
    made = (Section(title, tuple(_actions(bindings, browser))) for title, bindings in found.items())
    return tuple(section for section in made if section.actions)


def widgets_with_keys() -> list[type[Widget]]:
    """Every class under `screens` that declares its own keys: screens, and their building blocks."""
    return [kind for kind in _classes(Widget) if "BINDINGS" in vars(kind)]


def _classes(of: type[Kind]) -> list[type[Kind]]:
    names = sorted(module.name for module in walk_packages(screens.__path__, "screens."))
    return [
        kind
        for module in map(import_module, names)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, of) and kind.__module__ == module.__name__
    ]


def _own(bindings: object) -> list[Binding]:
    assert isinstance(bindings, list)
    return [binding for binding in bindings if isinstance(binding, Binding)]


def _title(kind: type[Widget]) -> str:
    """Where a user finds it: its place in the menu or its breadcrumb, else the title of its module or package."""
    if kind.__module__ in SHARED:
        return SHARED[kind.__module__]
    family = [
        kind,
        *(
            other
            for other in vars(import_module(kind.__module__)).values()
            if isinstance(other, type) and issubclass(other, Widget) and other.__module__ == kind.__module__
        ),
    ]
    found = (_menu_path(other) or _crumbs(other) for other in family)
    return next((title for title in found if title), _package_path(kind))


def _package_path(kind: type[Widget]) -> str:
    package = kind.__module__.rpartition(".")[0]
    return next((path for screen, path in _menu_paths().items() if screen.startswith(f"{package}.")), OTHER)


@cache
def _menu_paths() -> dict[str, str]:
    """Menu path by the screen of the item, `module:Class`; in menu order."""
    order = [item.id for item in menu.items()]
    found = [kind for kind in _classes(EsisScreen) if kind.ITEM and not kind.BELOW]
    found.sort(key=lambda kind: order.index(kind.ITEM))
    return {f"{kind.__module__}:{kind.__name__}": menu.item_by_id(kind.ITEM).path for kind in found}


def _menu_path(kind: type[Widget]) -> str:
    return _menu_paths().get(f"{kind.__module__}:{kind.__name__}", "")


def _crumbs(kind: type[Widget]) -> str:
    partner = getattr(kind, "PARTNER", None)
    return menu.SEPARATOR.join([*([partner.name] if partner else []), *getattr(kind, "PATH", ())])


def _rank(title: str) -> tuple[int, str]:
    """By the menu item that is a step of the title; titles without one come last."""
    steps = title.split(menu.SEPARATOR)
    built = [item.title for item in menu.items() if item.built]
    named = [built.index(step) for step in steps if step in built[1:]]
    return (named[-1] if named else len(built) + (title == OTHER), title)


def _actions(bindings: list[Binding], browser: bool) -> Iterator[Action]:
    by_name: dict[str, list[Binding]] = {}
    for binding in bindings:
        by_name.setdefault(binding.id or binding.action, []).append(binding)
    for name, group in by_name.items():
        for line in actions.describe(group, browser=browser):
            yield Action(name, line)


def keys_page() -> str:
    """The whole of docs/toetsen.md."""
    lines = [
        "<!-- Gemaakt met: uv run python -m screens.driving.documentation -->",
        "# Sneltoetsen",
        "",
        "Elke actie van elk scherm, met haar toetsen. De naam in de laatste kolom gebruikt u onder `[keymap]` in het",
        "instellingenbestand om een actie andere toetsen te geven (Mijn Menu > Mijn ESIS > Mijn instellingen). Wat "
        "geen eigen toets heeft, staat bij A.",
        "`Tab` en `Shift+Tab` gaan overal naar het volgende en het vorige veld.",
    ]
    for section in sections():
        lines += ["", f"## {section.title}", "", "| toets | actie | wat het doet | naam |", "|---|---|---|---|"]
        lines += [_row(action) for action in section.actions]
    return "\n".join(lines) + "\n"


def _row(action: Action) -> str:
    cells = (action.help.keys, action.help.title, action.help.text, f"`{action.name}`")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Write docs/toetsen.md and say so."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(keys_page(), encoding="utf-8")
    print(f"{FILE.parent.name}/{FILE.name} is bijgewerkt.")


if __name__ == "__main__":
    main()
