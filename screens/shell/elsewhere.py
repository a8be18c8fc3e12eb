"""What the palette finds on other screens: their actions, and the places below the menu."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from textual.binding import Binding

from app.targets import (
    Activation,
    ActivationList,
    EndingList,
    Lessons,
    Log,
    MenuItem,
    MenuTab,
    PartnerPage,
    SchoolTime,
    Target,
    Unmatched,
    Why,
)
from app.targets import TrainerPage as TrainerTarget
from fixtures import menu
from screens.navigation import written
from screens.navigation.going import Navigation
from screens.navigation.places import PLACES
from screens.shared import keys
from screens.shared.actions_menu import is_action
from screens.shared.reads_beside import ReadsBeside
from screens.shell.entry import Entry
from screens.shell.programs import ESIS

HARMLESS = {meaning.keys for meaning in (keys.NEW, keys.WHY, keys.GROUP, keys.FILTER)}
"""What may be done on a screen that was just opened: it changes nothing, and is about no row in particular."""
NAMELESS = {meaning.text for meaning in keys.TABS}
"""Tabs without a name of their own."""
FOUND_OTHERWISE = (
    MenuItem,
    MenuTab,
    SchoolTime,
    Activation,
    ActivationList,
    EndingList,
    Log,
    Why,
    Unmatched,
    Lessons,
    TrainerTarget,
)
"""Targets that have a title of their own in the palette."""


def actions(app: Navigation) -> list[Entry]:
    """What can be done on the other screens: ESIS' places, then the partners' pages."""
    found: list[Entry] = []
    for target, place in PLACES.items():
        if not place.window:
            found += _ways(app, target, place.kind, path_of(place.kind))
    pages: dict[Any, tuple[PartnerPage, str]] = {}
    for named in written.everything():
        if isinstance(named.target, PartnerPage) and named.target.page:
            pages[written.page_kind(named.target)] = named.target, named.path  # a menu entry and a tab: as the tab
    for kind, (page, path) in pages.items():
        found += _ways(app, page, kind, path)
    return found


def _ways(app: Navigation, target: Target | type[Target], kind: Any, path: str) -> list[Entry]:
    leaves = not isinstance(target, PartnerPage)
    record = f"kies een {kind.WHICH}" if getattr(kind, "WHICH", "") else ""
    return [
        Entry(
            way.title,
            path,
            partial(_open_and_do, app, target, kind, way),
            way.about,
            leaves=leaves,
            record=record,
            elsewhere=True,
        )
        for way in ways_of(kind)
        if way.title != path.rpartition(menu.SEPARATOR)[2]  # the screen itself is called so
    ]


@dataclass(frozen=True)
class Way:
    """An action of another screen; `harmless` if it can be done there without looking first."""

    action: str
    title: str
    about: str
    harmless: bool


@cache
def ways_of(kind: Any) -> tuple[Way, ...]:
    """What the screen itself declares, and the new one of its kind of list."""
    ways = [Way("add", kind.NEW, "", harmless=True)] if getattr(kind, "NEW", "") else []
    ways += [
        Way(one.action, one.description, one.tooltip, harmless=one.key in HARMLESS)
        for one in vars(kind).get("BINDINGS", ())
        if isinstance(one, Binding) and is_action(one) and one.description not in NAMELESS
    ]
    return tuple({way.title: way for way in ways}.values())


def path_of(kind: Any) -> str:
    """Where the screen is, with the menu heading that some breadcrumbs do not have."""
    steps = (*menu.item_by_id(kind.ITEM).steps, *kind.BELOW) if kind.ITEM else kind.PATH
    return menu.SEPARATOR.join(steps)


def _open_and_do(app: Navigation, target: Target | type[Target], kind: Any, way: Way) -> None:
    """Go there, asking which one it is about; then do it, unless it is about a row that is to be chosen first."""

    def go(to: Target) -> None:
        app.go(to)
        screen = app.screen
        if (way.harmless or to is not target) and type(screen) is kind and isinstance(screen, ReadsBeside):
            screen.once_settled(lambda: app.call_later(app.run_action, way.action, screen))

    if isinstance(target, Target):
        go(target)
    elif not kind.choose_which(app, go):
        app.go(MenuItem(kind.ITEM))


def places(app: Navigation) -> list[Entry]:
    """Places below the menu that are not found by another title, the pages of other programs among them."""
    found = []
    for named in written.everything():
        target = named.target
        if isinstance(target, FOUND_OTHERWISE) or (isinstance(target, PartnerPage) and not target.page):
            continue
        *above, title = named.steps
        there = target.partner if isinstance(target, PartnerPage) else ESIS
        way = menu.SEPARATOR.join(above)
        found.append(Entry(title, way, partial(app.go, target), leaves=there == app.current_mode, elsewhere=True))
    return found
