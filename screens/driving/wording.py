"""The reverse of `finding`: the words that a draaiboek uses for what was acted upon.

Each answer is tried first: the finder must come to the very same widget and line, or it is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Checkbox

from app.refusals import Refused
from app.targets import MenuItem, PartnerPage, Target, TrainerPage
from app.training.scripts.errors import CannotDo
from fixtures import menu
from screens.driving import named
from screens.driving.finding import find_field, find_thing, find_tickable
from screens.driving.named import Thing
from screens.navigation import written
from screens.shared.ordered_ticks import OrderedTicks
from screens.shared.records import RecordList

SPELT_OUT = ("Beheer",)
"""Tabs of the menu whose items are written with their whole path: there are too many to know them by name."""
LONG = 60
"""Characters of a text above which its beginning is enough, if that names it too."""
WORDS = 5
"""Words of such a beginning at least."""
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_LETTER = re.compile(r"[^\W\d_]{3}")


def quoted(text: str) -> str:
    """As a text of the screen stands in a line; one that has several becomes one."""
    return '"' + " ".join(text.splitlines() or [""]).replace("\\", "\\\\").replace('"', '\\"') + '"'


def for_choosing(screen: Widget, widget: Widget, line: int | None = None) -> str | None:
    """`choose "LABEL"`, with `in "ROW"` where the label alone is not enough; None if no words come to it."""
    labels = list(_labels(screen, widget, line))
    for label in labels:
        if _found(screen, label, "", widget, line):
            return f"choose {quoted(label)}"
    for label in labels:
        for within in _around(screen, widget, line, label):
            if _found(screen, label, within, widget, line):
                return f"choose {quoted(label)} in {quoted(within)}"
    return None


def for_field(screen: Widget, widget: Widget) -> str | None:
    """The label of a field, without what is between brackets behind it if that means no other; None if it has none."""
    for label, one in named.fields(screen).items():
        if one is widget:
            return next((name for name in (_BRACKETS.sub("", label), label) if _is_field(screen, name, widget)), None)
    return None


def _is_field(screen: Widget, label: str, widget: Widget) -> bool:
    try:
        return bool(label) and find_field(screen, label) is widget
    except CannotDo:
        return False


def for_ticking(screen: Widget, widget: Widget, line: int | None = None) -> str | None:
    """The name of a tick box, or of a line that can be ticked; None if no words come to it."""
    if isinstance(widget, Checkbox):
        labels = [label for label, one in named.fields(screen).items() if one is widget]
    else:
        own = [widget.name_of(line)] if isinstance(widget, OrderedTicks) and line is not None else []
        labels = [*own, *_labels(screen, widget, line)]
    for label in labels:
        try:
            thing = find_tickable(screen, label)
        except CannotDo:
            continue
        if thing.widget is widget and thing.line == line:
            return label
    return None


def for_place(target: Target) -> str | None:
    """A place as `open` says it in ESIS: an item of the menu that is set up once with its path, everything else by the
    shortest end of it that means nothing else; None if it has no name.
    """
    place = next((one for one in written.everything() if one.target == target), None)
    if place is None:
        return None
    for number in range(1, len(place.steps) + 1):
        steps = place.steps[-number:]
        if number < len(place.steps) and _needs_all(place):
            continue
        try:
            if written.find(menu.SEPARATOR.join(steps)).target == target:
                return menu.SEPARATOR.join(steps)
        except Refused:
            continue
    return None


def _needs_all(place: written.Named) -> bool:
    spelt_out = isinstance(place.target, MenuItem) and place.steps[0] in SPELT_OUT
    return spelt_out or isinstance(place.target, TrainerPage | PartnerPage)


def texts_at(app: App[Any]) -> list[str]:
    """What is selected, or stands where the cursor is: the cells of the row, else the text of what has the focus."""
    selected = app.screen.get_selected_text()
    if selected and selected.strip():
        return [" ".join(selected.split())]
    focused = app.focused
    if focused is None:
        return []
    if isinstance(focused, RecordList):
        return [cell for cell in _cells(focused, focused.cursor) if cell]
    return [text for text in [_plain(named.text_of(focused))] if text]


# ---- which words might do


def _labels(screen: Widget, widget: Widget, line: int | None) -> Iterator[str]:
    """The texts that might name it, as one would write them: of a line first the cells with words."""
    if isinstance(widget, RecordList) and line is not None:
        cells = [cell for cell in _cells(widget, line) if cell and len(cell) <= LONG]
        yield from sorted(cells, key=lambda cell: not _LETTER.search(cell))
        return
    for thing in named.things(screen):
        if thing.widget is widget and thing.line == line:
            yield from _shortened(_plain(thing.says))


def _cells(listed: RecordList, line: int) -> list[str]:
    row = listed.row_at(line)
    return [] if row is None else [" ".join(column.text(row).split()) for column in listed.columns]


def _plain(text: str) -> str:
    """A label without its marks, and the key after it."""
    text = " ".join(text.strip().strip("▼›▲[]* ").split())
    return named._KEY.sub("", text).strip()


def _shortened(text: str) -> Iterator[str]:
    """The whole of it, or a beginning of a long one."""
    words = text.split()
    if len(text) > LONG and len(words) > WORDS:
        yield from (" ".join(words[:number]).rstrip(",.:;") for number in range(WORDS, len(words)))
    elif (name := text.partition(":")[0].strip()) and name != text and len(name.split()) > 1:
        yield name
    if text:
        yield text


def _around(screen: Widget, widget: Widget, line: int | None, label: str) -> Iterator[str]:
    """What stands beside it: in its row, else in the blocks that it is in, from the inside out."""
    if isinstance(widget, RecordList) and line is not None:
        yield from (cell for cell in _cells(widget, line) if cell and cell != label)
        return
    for node in widget.ancestors:
        if isinstance(node, Screen) or node is screen or node.id == "body":
            return
        if isinstance(node, Widget):
            beside = (_plain(text) for text in named.texts(node))
            yield from (text for text in beside if text and text != label and len(text) <= LONG)


def _found(screen: Widget, label: str, within: str, widget: Widget, line: int | None) -> bool:
    try:
        thing: Thing = find_thing(screen, label, within)
    except CannotDo:
        return False
    return thing.widget is widget and thing.line == line
