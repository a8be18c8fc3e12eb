"""What can be named on the screen in front: buttons, links, list lines, answers and fields, each by its text.

For driving the program in words (draaiboeken). Labels are read as a user says them: without brackets, marks and the key
shown after them; capitals make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Select, TextArea
from textual.widgets import Label as TextualLabel

from screens.shared.fields import FieldRow
from screens.shared.key_bar import KeyBar
from screens.shared.link import Link
from screens.shared.records import RecordList
from screens.shared.tabs import Tabs

PRESENTATION = "presentation"
"""The class of what is on a screen but not part of it: the panel of a demo or a lesson."""
LONGEST_LIST = 5_000
"""List lines searched at most."""
_KEY = re.compile(r"\((?:F\d+|[A-Z]|Ctrl\+[A-Z]|Del)\)$")


@dataclass(frozen=True)
class Thing:
    """Something to choose: its text, its widget, and in a list its line."""

    says: str
    widget: Widget
    line: int | None = None
    around: str = ""
    """For a list line: its full text."""

    def distance(self, within: str) -> int | None:
        """How far out the block with this text is; None if it is in no such block, the screen itself aside."""
        if self.around:
            return 0 if within in fold(self.around) else None
        for number, node in enumerate(self.widget.ancestors):
            if isinstance(node, Screen) or node.id == "body":
                return None
            if isinstance(node, Widget) and within in fold(" ".join(texts(node))):
                return number
        return None


def fold(text: str) -> str:
    """Normalise a label for comparison."""
    plain = _KEY.sub("", text.strip().strip("▼›▲[]* ").strip())
    return " ".join(plain.casefold().split())


def visible(screen: Widget) -> Iterator[Widget]:
    """What is shown on a screen, even if scrolled out of sight."""
    for widget in screen.query("*"):
        if not widget.has_class(PRESENTATION) and all(
            node.display and node.visible for node in widget.ancestors_with_self if isinstance(node, Widget)
        ):
            yield widget


def text_of(widget: Widget) -> str:
    """The widget's own text."""
    if isinstance(widget, Link):
        return widget.text
    if isinstance(widget, Button):
        return str(widget.label)
    if isinstance(widget, TextualLabel):
        return str(widget.content)
    if isinstance(widget, Input | TextArea):
        return widget.value if isinstance(widget, Input) else widget.text
    return border(widget.border_title)


def border(title: object) -> str:
    """What stands in the border of a block, which the block has as markup."""
    return Content.from_markup(str(title or "")).plain


def texts(widget: Widget) -> Iterator[str]:
    """The texts of a widget and everything in it."""
    for part in (widget, *visible(widget)):
        if text := text_of(part):
            yield text
        if isinstance(part, RecordList):
            yield from (" ".join(cells) for _, cells in _lines(part))


def things(screen: Widget) -> list[Thing]:
    """Everything that can be chosen."""
    found: list[Thing] = []
    for widget in visible(screen):
        if isinstance(widget, Link | Button):
            if not widget.disabled:
                found.append(Thing(text_of(widget), widget))
            if isinstance(widget, Link) and widget.full not in ("", widget.text):
                found.append(Thing(widget.full, widget))
        elif isinstance(widget, OptionList):
            found += [
                Thing(str(option.prompt), widget, place)
                for place, option in enumerate(widget.options)
                if not option.disabled
            ]
        elif isinstance(widget, Tabs):
            found += [Thing(title, widget, place) for place, title in enumerate(widget.titles)]
        elif isinstance(widget, RecordList):
            found += [
                Thing(cell, widget, place, " ".join(cells)) for place, cells in _lines(widget) for cell in cells if cell
            ]
    return found


def _lines(listed: RecordList) -> Iterator[tuple[int, list[str]]]:
    for place, row in enumerate(listed.every_row(LONGEST_LIST)):
        yield place, [" ".join(column.text(row).split()) for column in listed.columns]


def fields(screen: Widget) -> dict[str, Widget]:
    """The fields by their labels: in forms, and text lines with a label before them."""
    found: dict[str, Widget] = {}
    for widget in visible(screen):
        if isinstance(widget, FieldRow) and widget.field.typed:
            found.setdefault(widget.field.label, widget.query_one(f"#field-{widget.field.name}"))
        elif isinstance(widget, Input | TextArea | Select) and not any(
            isinstance(node, FieldRow) for node in widget.ancestors
        ):
            found.setdefault(_label_before(widget), widget)
    return {label.strip(): widget for label, widget in found.items() if label.strip()}


def _label_before(widget: Widget) -> str:
    """The label before a field, else its placeholder."""
    before: Any = None
    for node in widget.parent.children if widget.parent else ():
        if node is widget:
            break
        before = node
    if isinstance(before, TextualLabel) and str(before.content).strip():
        return str(before.content)
    return str(getattr(widget, "placeholder", "") or "")


def is_bar(widget: Widget) -> bool:
    """Whether it is in the frame around the screen: if both match, the one in the screen is meant."""
    return any(
        isinstance(node, KeyBar)
        or node.id in ("top-bar", "left-block", "partner-tabs")
        or node.has_class("partner-bar")
        for node in widget.ancestors_with_self
    )
