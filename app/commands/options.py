"""Options and arguments that return in commands."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

LARGEST = 2**31 - 1
"""The largest number that an id can be, on either database."""

Json = Annotated[bool, typer.Option("--json", help="Als JSON.")]


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"

    @property
    def word(self) -> str:
        """In Dutch: `aan`, `uit`."""
        return "aan" if self is Switch.ON else "uit"


To = Annotated[str | None, typer.Option("--to", metavar="MOMENT", help="Zoals 2020-04-15T08:00.")]
Until = Annotated[str | None, typer.Option("--until", metavar="morning", help="morning: de volgende ochtend, 08:00.")]
"""Where school time goes: to a moment, or until the morning."""
OnOff = Annotated[Switch, typer.Argument(metavar="on|off", help="Aan of uit.")]
