"""How a key is written in a draaiboek, and which keys only move."""

from __future__ import annotations

from textual.dom import DOMNode

from screens.shared import keys
from screens.shared.top_bar import MenuBar

MOVES = frozenset(
    key for meaning in keys.MEANINGS.values() if meaning.keys in keys.MOVING for key in meaning.each
) | frozenset(("tab", "shift+tab"))
MOVING_ACTIONS = frozenset(("focus_next", "focus_previous", "cross", "move", "to_search", "to_list", "step"))
SIGNS = {key: sign for key, sign in keys.KEY_NAMES.items() if sign in "?!*+-."}
OUT = frozenset(("back", "cancel", "stop_or_close", "close", "dismiss"))
"""Actions that close a window."""


def written_key(key: str) -> str:
    """A sign as itself, other keys by their name."""
    return SIGNS.get(key, key)


def is_move(key: str, action: str, node: DOMNode) -> bool:
    """Whether it only moves the cursor or the focus."""
    return key in MOVES or action in MOVING_ACTIONS or (action == "leave" and isinstance(node, MenuBar))


def leaves(action: str) -> bool:
    """Whether it closes the window in front."""
    return action in OUT
