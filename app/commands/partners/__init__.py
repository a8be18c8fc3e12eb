"""`esis partner ...`: what is done in the partners' own systems, a module each that declares `app`, a Typer with its own help."""

from __future__ import annotations

import sys

import typer

from app.partners.registry import declared

app = typer.Typer(no_args_is_help=False)
for partner, group in declared(sys.modules[__name__], "app").items():
    app.add_typer(group, name=partner)
