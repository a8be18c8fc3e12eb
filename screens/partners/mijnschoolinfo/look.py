"""The look of Mijnschoolinfo: its own hue."""

from __future__ import annotations

from screens.shell.tokens import Look

LOOK = Look(145, "#008000", "#00ff00")
