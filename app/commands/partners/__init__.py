"""`esis partner ...`: actions in the partners' own systems; each module declares `app`, a Typer with its own help."""

from __future__ import annotations

import sys

import typer

from app.partners.registry import declared


def group() -> typer.Typer:
    """The commands of every partner, by id."""
    every = typer.Typer(no_args_is_help=False)
    for partner, commands in declared(sys.modules[__name__], "app").items():
        every.add_typer(commands, name=partner)
    return every
