"""The screen in front as data, for a program that drives this one: its cells, its focus, its names, where it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.color import Color, ColorType
from rich.style import Style
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, OptionList, Select, TextArea

from app import access, clock
from app.training.pictures import strips_of, text_of
from screens.driving import named
from screens.shared.dialogs import Box
from screens.shared.fields import FieldRow
from screens.shared.link import Link
from screens.shared.records import RecordList
from screens.shared.tabs import Tabs
from screens.shell.programs import ESIS, partner_programs

if TYPE_CHECKING:
    from screens.shell.esis import EsisApp

Data = Mapping[str, Any]
MARKS = ("bold", "dim", "italic", "underline", "reverse", "strike")
_KINDS: tuple[tuple[type[Widget], str], ...] = (
    (Checkbox, "tick"),
    (Select, "choice"),
    (TextArea, "area"),
    (Input, "text"),
    (Button, "button"),
    (Link, "link"),
    (Tabs, "tabs"),
    (RecordList, "list"),
    (OptionList, "options"),
)


def place(app: EsisApp) -> Data:
    """The characters, and where in the program they are."""
    return {"text": text_of(app), "columns": app.size.width, "rows": app.size.height, **where(app)}


def where(app: EsisApp) -> Data:
    """Where in the program one is; `path` and `title` are those of the screen under a window."""
    screens = [screen for screen in app.screen_stack if not isinstance(screen, ModalScreen)]
    path = tuple(getattr(screens[-1], "PATH", ())) if screens else ()
    partner = next((one.title for one in partner_programs() if one.id == app.current_mode), "")
    actor = app.actor
    return {
        "program": "ESIS" if app.current_mode == ESIS else partner,
        "path": " > ".join(path),
        "title": path[-1] if path else "",
        "window": _window(app.screen),
        "user": actor.user.name if actor else "",
        "location": actor.location.brin6 if actor else "",
        "now": clock.school_now(access.board_now(app.board.id)).isoformat(),
        "messages": [str(one.message) for one in app._notifications],
    }


def _window(screen: Widget) -> str:
    """The title of the window in front; empty if there is none."""
    if not isinstance(screen, ModalScreen):
        return ""
    titles = [named.border(box.border_title) for box in screen.query(Box)]
    titles += [named.text_of(label) for label in screen.query(".dialog-title")]
    return next((title for title in titles if title), type(screen).__name__)


def cells(app: EsisApp) -> Data:
    """The rows as runs of one style, `[text, style]`; the styles, of which only what is set is told.

    A sign that takes no single cell is a run of its own, with the number of its cells third.
    """
    styles: dict[tuple[tuple[str, Any], ...], int] = {}
    rows = []
    for strip in strips_of(app):
        row: list[list[Any]] = []
        for segment in strip:
            style = styles.setdefault(tuple(_style(segment.style).items()), len(styles))
            for text, width in _clusters(segment.text):
                before = row[-1] if row else None
                if before is not None and before[1] == style and len(before) == 2 and width == len(text) == 1:
                    before[0] += text
                else:
                    row.append([text, style] if width == len(text) == 1 else [text, style, width])
        rows.append(row)
    return {"rows": rows, "styles": [dict(style) for style in styles]}


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """Each sign with the number of its cells, and with what is written on it."""
    sign, width = "", 0
    for character in text:
        wide = cell_len(character)
        if sign and wide:
            yield sign, width
            sign, width = "", 0
        sign, width = sign + character, width + wide
    if sign:
        yield sign, width


def _style(style: Style | None) -> Data:
    """What is set of a style: colours as `#rrggbb`, the sixteen of a terminal by number, and its own as `default`."""
    if style is None:
        return {}
    colours = {"fg": _colour(style.color), "bg": _colour(style.bgcolor)}
    marks = {name: True for name in MARKS if getattr(style, name)}
    return {**{name: colour for name, colour in colours.items() if colour}, **marks}


def _colour(colour: Color | None) -> str:
    if colour is None:
        return ""
    if colour.type is ColorType.DEFAULT:
        return "default"
    return f"ansi-{colour.number}" if colour.triplet is None else colour.triplet.hex


def focus(app: EsisApp) -> Data | None:
    """What has the focus; None if nothing has."""
    widget = app.focused
    if widget is None:
        return None
    region, found = widget.region, {label: one for label, one in named.fields(app.screen).items() if one is widget}
    label = next(iter(found), "" if isinstance(widget, Input | TextArea) else named.text_of(widget))
    return {
        "kind": _kind(widget),
        "label": label.strip(),
        "value": _value(widget),
        "line": _line(widget),
        "column": region.x,
        "row": region.y,
        "width": region.width,
        "height": region.height,
    }


def names(app: EsisApp) -> Data:
    """What can be chosen, each with the whole line of a list that it is on; and the fields."""
    choices = {(thing.says.strip(), thing.around): None for thing in named.things(app.screen)}
    return {
        "choose": [{"label": says, "line": around} for says, around in choices if says],
        "fields": [_field(label, widget) for label, widget in named.fields(app.screen).items()],
    }


def _field(label: str, widget: Any) -> Data:
    row = next((node for node in widget.ancestors if isinstance(node, FieldRow)), None)
    options = [str(prompt) for prompt, _ in widget._options] if isinstance(widget, Select) else []
    return {
        "label": label,
        "kind": _kind(widget),
        "value": _value(widget),
        "options": options,
        "disabled": bool(widget.disabled),
        "required": bool(row and row.field.required),
    }


def _kind(widget: Widget) -> str:
    return next((name for kind, name in _KINDS if isinstance(widget, kind)), type(widget).__name__.casefold())


def _value(widget: Any) -> str | bool | None:
    """What is in it: a text, whether it is ticked, the option that is chosen; None of a password and of no field."""
    if isinstance(widget, Checkbox):
        return bool(widget.value)
    if isinstance(widget, Select):
        return next((str(prompt) for prompt, value in widget._options if value == widget.value), "")
    if isinstance(widget, TextArea):
        return str(widget.text)
    return str(widget.value) if isinstance(widget, Input) and not widget.password else None


def _line(widget: Any) -> str | None:
    """The line of a list that the cursor is on."""
    if isinstance(widget, RecordList) and widget.row_count:
        return " ".join(" ".join(column.text(widget.row).split()) for column in widget.columns)
    if isinstance(widget, OptionList) and widget.highlighted is not None:
        return str(widget.get_option_at_index(widget.highlighted).prompt)
    return None
