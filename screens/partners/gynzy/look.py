"""The look of Gynzy: its own hue."""

from __future__ import annotations

from screens.shell.tokens import Look

LOOK = Look(28, "#800000", "#ffff00")
