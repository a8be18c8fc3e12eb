"""`esis partner mijnschoolinfo layout ...`: the klassenindeling."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.options import LARGEST
from app.commands.output import tell
from app.commands.partners.mijnschoolinfo.common import Pupils, settled_school

app = typer.Typer(no_args_is_help=False, help="De klassenindeling.")


@app.command("set")
def set_layout(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="KLAS", help="De naam van de klas.")],
    pupil: Pupils = None,
    teacher: Annotated[
        int | None, typer.Option("--teacher", min=1, max=LARGEST, metavar="ID", help="De leerkracht.")
    ] = None,
) -> None:
    """Maak een klas, of geef haar deze leerlingen in deze volgorde."""
    from app.partners.mijnschoolinfo import layout

    tell(f"Klas {layout.arrange(settled_school(context), name, pupil or (), teacher).name} is opgeslagen.")


@app.command("delete")
def delete_layout(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="KLAS", help="De naam van de klas.")]
) -> None:
    """Verwijder een klas uit de indeling."""
    from app.partners.mijnschoolinfo import layout

    layout.remove(settled_school(context), name)
    tell(f"Klas {name} is verwijderd.")


@app.command("confirm")
def confirm_layout(context: typer.Context) -> None:
    """Zeg dat de indeling goed is na de jaarovergang."""
    from app.partners.mijnschoolinfo import layout

    layout.confirm(settled_school(context))
    tell("De klassenindeling is bevestigd.")
