"""What the screen in front says and offers, in the order in which it is read: one line for each thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from textual.containers import Horizontal
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Digits, Input, OptionList, Select, Static, TextArea
from textual.widgets import Label as TextualLabel

from app.counted import counted
from screens.driving import named
from screens.driving.named import Thing
from screens.driving.seeing import UNWRAPPED
from screens.plain.spoken import spoken, with_keys
from screens.shared import keys
from screens.shared.block import Block, Drawing
from screens.shared.dialogs import Box
from screens.shared.facts import Fact, Facts
from screens.shared.fields import FieldRow
from screens.shared.filter_line import FilterLine
from screens.shared.label import Label
from screens.shared.lined import Lined
from screens.shared.link import Link
from screens.shared.panel import Panel
from screens.shared.records import RecordList
from screens.shared.tabs import Tabs
from screens.shared.top_bar import Crumbs, KeyName
from screens.shared.under import Under

ROWS = 10
"""Rows of a list that are told at once."""
DRAWN = 76
"""Columns for what draws its own lines: figures then stand below one another, and a name is not cut off."""
OTHERS = "Nog {}: typ `meer`."
_TYPED = (Input, TextArea, Select, Checkbox)


@dataclass(frozen=True)
class Entry:
    """A line; with a thing it has a number, and can be chosen or filled in."""

    text: str
    thing: Thing | None = None


def entries(screen: Screen[Any], shown: Mapping[int, int]) -> Iterator[Entry]:
    """Everything on the screen, without the frame around it; `shown` is from which row a list is told, by widget."""
    told: set[Widget] = set()
    for widget in named.visible(screen):
        if told.intersection(widget.ancestors_with_self) or _passing(widget):
            continue
        if named.is_bar(widget) and not isinstance(widget, Tabs):  # the tabs of a page are part of it
            continue
        if _is_pair(widget) or isinstance(
            widget, FieldRow | RecordList | OptionList | Select | Link | Button | Facts | Digits
        ):
            told.add(widget)
        yield from _entries(widget, shown)


def only_text(screen: Screen[Any]) -> bool:
    """Whether it is a window in which there is something to read and nothing to choose."""
    return isinstance(screen, ModalScreen) and not any(entry.thing for entry in entries(screen, {}))


def beside(screen: Screen[Any]) -> Iterator[Entry]:
    """What can be chosen around the screen: its left block."""
    for widget in named.visible(screen):
        around = any(node.id == "left-block" for node in widget.ancestors)
        if around and isinstance(widget, Link) and not widget.has_class("-current"):
            yield _link(widget)


def _passing(widget: Widget) -> bool:
    """What is on every screen: where one is and the time, passing messages, and the names of keys."""
    return (
        isinstance(widget, KeyName | Crumbs)
        or isinstance(widget.parent, Crumbs)
        or any(type(node).__name__.startswith("Toast") for node in widget.ancestors_with_self)
    )


def _is_pair(widget: Widget) -> bool:
    """Whether it is a label with its value beside it."""
    return isinstance(widget, Horizontal) and [type(one) for one in widget.children] == [Label, Label]


def _entries(widget: Any, shown: Mapping[int, int]) -> Iterator[Entry]:
    if _is_pair(widget):
        yield Entry(": ".join(spoken(str(one.content)) for one in widget.children))
    elif isinstance(widget, FieldRow):
        yield from _field_row(widget, shown)
    elif isinstance(widget, RecordList):
        yield from _list(widget, shown)
    elif isinstance(widget, OptionList):
        for place, option in enumerate(widget.options):
            text = spoken(str(option.prompt))
            yield Entry(text, None if option.disabled else Thing(str(option.prompt), widget, place))
    elif isinstance(widget, Tabs):
        for place, title in enumerate(widget.titles):
            here = " (hier bent u)" if place == widget._here else ""
            yield Entry(f"Tabblad {title}{here}", Thing(title, widget, place))
    elif isinstance(widget, Link):
        yield _link(widget)
    elif isinstance(widget, Button):
        text = spoken(str(widget.label))
        yield Entry(f"{text}: kan nu niet" if widget.disabled else f"Knop {text}", Thing(text, widget))
    elif isinstance(widget, _TYPED):
        label = named._label_before(widget)
        yield Entry(f"Veld {label.strip() or 'zonder naam'}: {value_of(widget)}", Thing(label.strip(), widget))
    elif isinstance(widget, Facts):
        yield from _facts(widget)
    elif isinstance(widget, Lined):
        yield from _lined(widget)
    elif isinstance(widget, Digits):
        yield Entry(spoken(widget.value))
    elif isinstance(widget, Panel | Box):
        yield from _heading(widget)
    elif isinstance(widget, TextualLabel | Static):
        yield from _label(widget)
    elif widget.can_focus and not widget.children and widget.region:
        yield Entry(spoken(named.text_of(widget)) or "Naar wat hier staat", Thing(named.text_of(widget), widget))


def _heading(widget: Widget) -> Iterator[Entry]:
    """The title of a block, and what its lower edge says in words."""
    title, below = spoken(named.border(widget.border_title)), spoken(named.border(widget.border_subtitle))
    if title:
        more = f" ({below})" if any(map(str.isalpha, below)) and not below.startswith("*") else ""
        yield Entry(f"{title}{more}:")


def _label(widget: Static) -> Iterator[Entry]:
    """A text, unless it is the name of the field behind it or of the row that links stand in."""
    parent = widget.parent
    after: Any = None
    if isinstance(parent, Widget):
        place = list(parent.children).index(widget)
        after = next(iter(parent.children[place + 1 :]), None)
        in_row = isinstance(parent, Horizontal) and any(isinstance(one, Link) for one in parent.children[place + 1 :])
        if isinstance(after, _TYPED) or in_row:
            return
    for line in str(widget.content if isinstance(widget, TextualLabel) else widget.render()).splitlines():
        if text := spoken(line):
            yield Entry(text)


def _link(link: Link) -> Entry:
    says = link.full or link.text
    text, row = spoken(says), ""
    if isinstance(link.parent, Horizontal) and not isinstance(link.parent, FilterLine):
        before = list(link.parent.children)[: list(link.parent.children).index(link)]
        row = ", ".join(spoken(str(one.content)) for one in before if isinstance(one, TextualLabel))
    text = f"{text} ({row})" if row.strip() else text
    text = f"{text} (hier bent u)" if link.has_class("-here") else text
    return Entry(f"{text}: kan nu niet. {link.reason}" if link.reason else text, Thing(says, link))


def _lined(widget: Lined) -> Iterator[Entry]:
    title, thing = spoken(named.border(widget.border_title)), None
    said = widget.said if isinstance(widget, Drawing) else None
    if said is not None and not said:
        return
    if isinstance(widget, Block) and widget.focusable:
        thing = Thing(title, widget)
    if title:
        yield Entry(f"{title}:" if thing is None else f"{title} (openen):", thing)
    width = UNWRAPPED if isinstance(widget, Under) else DRAWN
    for line in map(with_keys, widget.lines(width)) if said is None else said:
        if text := spoken(line):
            yield Entry(text)


def _facts(widget: Facts) -> Iterator[Entry]:
    for row in widget._rows:
        if isinstance(row, Fact):
            value = spoken(row.value if isinstance(row.value, str) else row.value.plain)
            label = " of ".join(map(keys.aloud, row.label.split(" of "))) if row.is_key else spoken(row.label)
            text = f"{label}: {value}" if label.strip() else value
            yield Entry(text, Thing(row.link, widget, widget._links.index(row.link)) if row.link else None)
        elif text := spoken(_plain_row(row)):
            yield Entry(text)


def _plain_row(row: Any) -> str:
    if hasattr(row, "about"):
        key = keys.aloud(row.key)
        return f"{key}: {row.title}, {row.about}" if row.about else f"{key}: {row.title}"
    return f"{row.title}:" if hasattr(row, "title") else str(row)


# ---- fields


def _field_row(row: FieldRow, shown: Mapping[int, int]) -> Iterator[Entry]:
    field, inner = row.field, next(iter(row.query(f"#field-{row.field.name}")), None)
    if not field.typed or inner is None:
        value = spoken(str(field.value))
        if value:
            yield Entry(f"{spoken(field.label)}: {value}" if field.label else value)
        return
    needed = ", verplicht" if field.required else ""
    below = spoken("\n".join(line.plain for line in row.query_one(f"#under-{field.name}", Under).lines(UNWRAPPED)))
    if isinstance(inner, RecordList):
        yield Entry(f"{spoken(field.label)}{needed}:")
        yield from _list(inner, shown)
    else:
        yield Entry(f"Veld {spoken(field.label)}{needed}: {value_of(inner)}", Thing(field.label, inner))
    if below:
        yield Entry(f"  {below}")


def value_of(widget: Any) -> str:
    """What is in a field, in words; of a password only whether there is anything."""
    if isinstance(widget, Checkbox):
        return "aangekruist" if widget.value else "niet aangekruist"
    if isinstance(widget, Select):
        chosen = next((str(prompt) for prompt, value in widget._options if value == widget.value), "")
        return f"{spoken(chosen) or 'niets gekozen'} (keuzelijst)"
    if isinstance(widget, TextArea):
        return spoken(widget.text) or "leeg"
    if isinstance(widget, Input) and widget.password:
        return "ingevuld" if widget.value else "leeg"
    return spoken(widget.value) or "leeg"


# ---- lists


def _list(listed: RecordList, shown: Mapping[int, int]) -> Iterator[Entry]:
    title = spoken(named.border(listed.border_title)) or "Lijst"
    total, first = listed.row_count, shown.get(id(listed), 0)
    if not total:
        yield Entry(f"{title}: leeg. {spoken(listed.empty)}".strip())
        return
    last = min(total, first + ROWS)
    part = "" if total <= ROWS else f", hier {first + 1} tot en met {last}"
    yield Entry(f"{title}: {counted(total, 'regel', 'regels')}{part}")
    for place, row in enumerate(listed.every_row(last)):
        if place >= first:
            yield Entry(row_text(listed, row), Thing(row_text(listed, row), listed, place))
    if last < total:
        yield Entry(OTHERS.format(counted(total - last, "regel", "regels")))


def row_text(listed: RecordList, row: Any) -> str:
    """A row: each column with its name; the first without, for that is what the row is called."""
    parts: list[str] = []
    for column in listed.columns:
        text, title = spoken(" ".join((column.aloud or column.text)(row).split())), spoken(column.title)
        if text:
            parts.append(f"{title} {text}" if title and parts else text)
    ticked = listed.marking and (", aangekruist" if row.id in listed.marked else ", niet aangekruist")
    return ", ".join(parts) + (ticked or "")
