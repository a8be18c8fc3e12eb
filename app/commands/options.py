"""Options and arguments that return in commands."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Als JSON.")]


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"

    @property
    def word(self) -> str:
        """In Dutch: `aan`, `uit`."""
        return "aan" if self is Switch.ON else "uit"


OnOff = Annotated[Switch, typer.Argument(metavar="on|off", help="Aan of uit.")]
