"""The look of the toy: its own hue."""

from __future__ import annotations

from screens.shell.tokens import Look

LOOK = Look(18, "#800000", "#ff0000")
