"""Keys while a field is typed in: Alt with a letter does what the letter does outside the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widget import Widget

if TYPE_CHECKING:
    from textual.app import App


def in_field(focused: Widget | None) -> bool:
    """Whether a letter would be typed."""
    return focused is not None and focused.check_consume_key("n", "n")


async def do_outside_field(app: App[Any], key: str) -> bool:
    """Do what a key means beside the field that has the focus; returns whether it means anything there."""
    if not key or not in_field(app.focused):
        return False
    for node in app.focused.ancestors_with_self if app.focused is not None else ():
        bindings = node._bindings.copy()
        bindings.apply_keymap(app._keymap)
        for binding in bindings.key_to_bindings.get(key, ()):
            if await app.run_action(binding.action, node):  # type: ignore[arg-type]
                return True
        if node.is_modal:
            return False
    return False
