"""`esis partner ...`: what is done in the partners' own systems, a module each.

A module exports `app`, a Typer with its own help; the file's name is the command's (`iep_lvs`: `iep-lvs`).
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

import typer

app = typer.Typer(no_args_is_help=False)
for found in pkgutil.iter_modules(__path__):
    app.add_typer(import_module(f"{__name__}.{found.name}").app, name=found.name.replace("_", "-"))
