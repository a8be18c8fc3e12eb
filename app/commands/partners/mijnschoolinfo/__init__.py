"""`esis partner mijnschoolinfo ...`: Mijnschoolinfo, as its beheerder or on behalf of a guardian."""

from __future__ import annotations

import typer

from app.commands.partners.mijnschoolinfo import adding, coupling, editing, layouts, showing

app = typer.Typer(no_args_is_help=False, help="Mijnschoolinfo, als beheerder.")
for part in (coupling, showing, editing, adding):
    app.add_typer(part.app)
app.add_typer(layouts.app, name="layout")
