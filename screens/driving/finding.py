"""Find the one thing on a screen that a label means, or report that there is none or more than one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.widget import Widget
from textual.widgets import Checkbox

from app.training.pictures import text_of
from app.training.scripts.errors import CannotDo, NotThere, nearest
from screens.driving import named
from screens.driving.named import Thing, fold
from screens.shared.ordered_ticks import OrderedTicks
from screens.shared.records import RecordList


def find_thing(screen: Widget, label: str, within: str = "", bars: bool = False) -> Thing:
    """The thing to choose with this text: an exact match before a prefix, a prefix before a prefix of a word in it.

    `within`: in the smallest block with this text; `bars`: prefer the frame over the screen. Raises `CannotDo`.
    """
    asked, around = fold(label), fold(within)
    known = named.things(screen)
    ranked: dict[tuple[int, ...], list[Thing]] = {}
    for thing in known:
        said = fold(thing.says)
        kind = 0 if said == asked else 1 if said.startswith(asked) else 2 if f" {asked}" in said else None
        if kind is None or not asked:
            continue
        far = thing.distance(around) if within else 0
        if far is not None:
            ranked.setdefault((kind, named.is_bar(thing.widget) != bars, far), []).append(thing)
    if not ranked:
        where = f" in '{within}'" if within else ""
        meant = nearest(label, [thing.says.strip("[] ") for thing in known])
        raise NotThere(f"'{label}'{where} staat niet op het scherm.", meant)
    best = ranked[min(ranked)]
    if len({(id(thing.widget), thing.line) for thing in best}) > 1:
        raise CannotDo(f'\'{label}\' staat er meer dan eens. Zeg erbij waar: choose "{label}" in "...".')
    return best[0]


def find_field(screen: Widget, label: str) -> Any:
    """The field with this label, or whose label starts with it. Raises `CannotDo`."""
    known = named.fields(screen)
    found = [widget for name, widget in known.items() if fold(name) == fold(label)] or [
        widget for name, widget in known.items() if fold(name).startswith(fold(label))
    ]
    if not found:
        raise NotThere(f"Er is geen veld '{label}'.", nearest(label, known))
    if len(found) > 1:
        raise CannotDo(f"'{label}' is het begin van meer dan een veld. Schrijf de naam van het veld voluit.")
    return found[0]


def find_named(screen: Widget, label: str, within: str = "") -> list[Thing]:
    """What `fill` and `choose` find with this label: a field, something to choose, or both. Raises `CannotDo`."""
    found = []
    if not within:
        with suppress(CannotDo):
            found.append(Thing(label, find_field(screen, label)))
    try:
        found.append(find_thing(screen, label, within))
    except CannotDo:
        if not found:
            raise
    return found


def find_option(label: str, options: Sequence[str], option: str) -> int:
    """The index of an option in a drop-down list. Raises `CannotDo`."""
    found = [place for place, text in enumerate(options) if fold(text) == fold(option)] or [
        place for place, text in enumerate(options) if fold(option) in fold(text)
    ]
    if not found:
        raise NotThere(f"'{option}' staat niet in '{label}'.", nearest(option, options))
    return found[0]


def find_tickable(screen: Widget, label: str) -> Thing:
    """A tick box in a form with this label, or the line of a list whose lines can be ticked. Raises `CannotDo`."""
    known = named.fields(screen)
    for name, widget in known.items():
        if fold(name) == fold(label) and isinstance(widget, Checkbox):
            return Thing(name, widget)
    for thing in named.things(screen):
        if isinstance(thing.widget, RecordList) and thing.widget.marking and _ticks(thing, fold(label)):
            return thing
    raise NotThere(f"Er is niets aan te kruisen dat '{label}' heet.", nearest(label, known))


def _ticks(thing: Thing, asked: str) -> bool:
    """Whether a line that can be ticked is called that; the number that ticking gave it is no part of its name."""
    plain = (
        thing.widget.name_of(thing.line) if isinstance(thing.widget, OrderedTicks) and thing.line is not None else ""
    )
    return asked in (fold(thing.says), fold(plain))


def without_panel(app: App[Any]) -> str:
    """What is on the screen, except the panel of a demo or lesson."""
    panels = {row for widget in app.screen.query(f".{named.PRESENTATION}") for row in widget.region.line_range}
    return "\n".join(line for row, line in enumerate(text_of(app).splitlines()) if row not in panels)
