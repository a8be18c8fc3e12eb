"""The look of IEP LVS: its own hue."""

from __future__ import annotations

from screens.shell.tokens import Look

LOOK = Look(322)
