"""What the commands of every supplier of results share: connecting, and sending again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.output import tell
from app.commands.session import Session, settled

if TYPE_CHECKING:
    from app.partners.connecting import Connection
    from app.partners.results_supplier.supplier import Supplier
    from models.shared import SupplierAccount

Code = Annotated[str, typer.Option("--code", metavar="CODE", help="De verificatiecode uit ESIS.")]
SentOn = Annotated[str, typer.Option("--sent", metavar="DATUM", help="Alleen wat in deze nacht is verstuurd.")]
Since = Annotated[str, typer.Option("--since", metavar="DATUM", help="Alleen toetsen vanaf deze dag.")]
Until = Annotated[str, typer.Option("--until", metavar="DATUM", help="Alleen toetsen tot en met deze dag.")]


def connect(context: typer.Context, attempt: Callable[[Session], Connection]) -> None:
    """Send the test message and say what it found; a refusal is one."""
    from app.refusals import Refused

    session = settled(context)
    outcome = attempt(session)
    if not outcome.ok:
        raise Refused(outcome.sentence)
    tell(outcome.sentence)


def send_again(
    context: typer.Context,
    supplier: Supplier,
    account: Callable[[Session], SupplierAccount],
    days: tuple[str, str, str],
) -> None:
    """Mark results to go to ESIS again; `days` are those of `--sent`, `--since` and `--until`, empty for any."""
    from app import clock
    from app.partners.results_supplier import delivery_status

    session = settled(context)
    sent_on, since, until = (clock.parse_date(text) if text else None for text in days)
    number = delivery_status.send_again(supplier, account(session), sent_on, since, until)
    tell(f"{number} {'resultaat gaat' if number == 1 else 'resultaten gaan'} vannacht opnieuw naar ESIS.")
