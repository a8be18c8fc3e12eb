"""`esis fault ...`: the disturbances a trainer sets (role Trainer; ours)."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.output import show_records, tell
from app.commands.session import Session

app = typer.Typer(no_args_is_help=False)
Partner = Annotated[str, typer.Argument(metavar="TYPE", help="Voor welke koppeling, zoals iep-lvs.")]
PULLING = ("basispoort",)
"""Partners that no school activates in ESIS, but that call it all the same."""
Kind = Annotated[str, typer.Argument(metavar="STORING", help="unreachable, slow of half.")]


@app.command("list")
def list_faults(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False
) -> None:
    """De storingen die aan staan."""
    from app import faults
    from app.couplings.catalogue import all_types

    session: Session = context.obj
    records = [
        {"partner": name, "kind": kind}
        for name in (*(row.type for row in all_types()), *PULLING)
        for kind in sorted(faults.active(session.board.id, name))
    ]
    show_records(records, json, (("partner", "KOPPELING"), ("kind", "STORING")))


@app.command("on")
def switch_on(context: typer.Context, partner: Partner, kind: Kind) -> None:
    """Zet een storing aan."""
    _switch(context.obj, partner, kind, True)


@app.command("off")
def switch_off(context: typer.Context, partner: Partner, kind: Kind) -> None:
    """Zet een storing uit."""
    _switch(context.obj, partner, kind, False)


def _switch(session: Session, partner: str, kind: str, on: bool) -> None:
    from app import faults
    from app.couplings.catalogue import by_type, title

    name = partner if partner in PULLING else by_type(partner).type
    faults.set_fault(session.actor, name, kind, on)
    tell(f"Storing '{faults.KINDS[kind]}' voor {title(name)} staat {'aan' if on else 'uit'}.")
