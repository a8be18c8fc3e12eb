"""`esis fault ...`: the disturbances set by a trainer (role Trainer; ours)."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.output import show_records, tell
from app.commands.session import Session

app = typer.Typer(no_args_is_help=False)
Partner = Annotated[str, typer.Argument(metavar="TYPE", help="Voor welke koppeling, zoals iep-lvs.")]
Kind = Annotated[
    str, typer.Argument(metavar="STORING", help="unreachable, slow, half, wrong-code, unmatched of again (eenmalig).")
]


@app.command("list")
def list_faults(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False
) -> None:
    """De storingen die aan staan."""
    from app.training import disturbances

    session: Session = context.obj
    found = [row for row in disturbances.offered(session.board.id) if row.on]
    records = [{"partner": row.partner, "kind": row.kind} | ({} if json else {"text": row.text}) for row in found]
    show_records(records, json, (("partner", "KOPPELING"), ("kind", "STORING"), ("text", "WAT ER IS")))


@app.command("on")
def switch_on(context: typer.Context, partner: Partner, kind: Kind) -> None:
    """Zet een storing aan."""
    _switch(context.obj, partner, kind, True)


@app.command("off")
def switch_off(context: typer.Context, partner: Partner, kind: Kind) -> None:
    """Zet een storing uit."""
    _switch(context.obj, partner, kind, False)


def _switch(session: Session, partner: str, kind: str, on: bool) -> None:
    from app.training import disturbances

    tell(disturbances.switch(session.actor, partner, kind, on))
