"""Options and arguments shared by commands."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

LARGEST = 2**31 - 1
"""The largest possible id, on either database."""

Json = Annotated[bool, typer.Option("--json", help="Als JSON.")]


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"

    @property
    def word(self) -> str:
        """The Dutch word: `aan`, `uit`."""
        return "aan" if self is Switch.ON else "uit"


class When(StrEnum):
    """Of which draaiboeken a trace is written."""

    FAIL = "fail"
    ON = "on"


To = Annotated[str | None, typer.Option("--to", metavar="MOMENT", help="Zoals 2020-04-15T08:00.")]
Until = Annotated[str | None, typer.Option("--until", metavar="morning", help="morning: de volgende ochtend, 08:00.")]
"""How to move school time: to a moment, or until the morning."""
OnOff = Annotated[Switch, typer.Argument(metavar="on|off", help="Aan of uit.")]
