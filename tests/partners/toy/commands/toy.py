"""`esis partner toy ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from app.commands.results_supplier import SupplierCommands

if TYPE_CHECKING:
    from app.partners.results_supplier.supplier import Supplier

app = typer.Typer(no_args_is_help=False, help="Toy, als speler.")


def supplier() -> Supplier:
    from app.partners.toy.supplier import SUPPLIER

    return SUPPLIER


commands = SupplierCommands(app, supplier)
commands.add_connect("Bevestig de koppeling met ESIS.")
commands.add_resend()
commands.add_sit("Laat een groep puzzelen.", typer.Argument("puzzels", metavar="PUZZEL", help="Altijd puzzels."))
