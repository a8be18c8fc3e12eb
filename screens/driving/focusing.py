"""What has the focus, in words of the screen."""

from __future__ import annotations

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList

from screens.driving import named
from screens.driving.named import Thing


def has_focus(screen: Screen[object], thing: Thing) -> bool:
    """Whether it has the focus; of a line in a list, whether the list has it and its cursor is on that line."""
    focused = screen.focused
    if focused is None or thing.widget not in focused.ancestors_with_self:
        return False
    return thing.line in (None, _cursor(thing.widget))


def focused_name(screen: Screen[object]) -> str:
    """What it is called; empty if nothing has the focus, or what has it is not called anything."""
    known = [*(Thing(label, widget) for label, widget in named.fields(screen).items()), *named.things(screen)]
    name = next((thing.says for thing in known if has_focus(screen, thing)), "")
    if not name and screen.focused is not None:
        around = (named.text_of(node) for node in screen.focused.ancestors_with_self if isinstance(node, Widget))
        name = next((text for text in around if text), "")
    return " ".join(name.split())


def _cursor(widget: Widget) -> object:
    return widget.highlighted if isinstance(widget, OptionList) else getattr(widget, "cursor", None)
