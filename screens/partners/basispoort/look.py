"""The look of Basispoort: its own hue."""

from __future__ import annotations

from screens.shell.tokens import Look

LOOK = Look(190, "#008080", "#00ffff")
