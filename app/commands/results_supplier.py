"""The commands shared by all suppliers of results: connecting, resending, sitting, and merging two accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.output import tell
from app.commands.session import Session, settled

if TYPE_CHECKING:
    from app.partners.results_supplier.supplier import Merged, Supplier

Code = Annotated[str, typer.Option("--code", metavar="CODE", help="De verificatiecode uit ESIS.")]
SentOn = Annotated[str, typer.Option("--sent", metavar="DATUM", help="Alleen wat in deze nacht is verstuurd.")]
Since = Annotated[str, typer.Option("--since", metavar="DATUM", help="Alleen toetsen vanaf deze dag.")]
Until = Annotated[str, typer.Option("--until", metavar="DATUM", help="Alleen toetsen tot en met deze dag.")]
GROUP: Any = typer.Option(..., "--group", metavar="GROEP", help="De groep, zoals 6.")


@dataclass(frozen=True)
class SupplierCommands:
    """Adds the commands to those of a supplier, which is imported (slow) only when one of them runs."""

    app: typer.Typer
    supplier: Callable[[], Supplier]

    def account(self, session: Session) -> Any:
        """The account of the session's location. Raises `NotFound`."""
        return self.supplier().account_of(session.actor.location)

    def add_connect(self, help: str) -> None:
        """`connect`: send the test message and report the result; a refusal is raised."""

        @self.app.command("connect", help=help)
        def connect(context: typer.Context, code: Code) -> None:
            from app.partners.results_supplier import connecting
            from app.refusals import Refused

            found = connecting.connect(self.supplier(), self.account(settled(context)), code)
            if not found.ok:
                raise Refused(found.sentence)
            tell(found.sentence)

    def add_resend(self) -> None:
        """`resend`: mark results to be sent to ESIS again."""

        @self.app.command("resend", help="Verzend resultaten vannacht opnieuw naar ESIS.")
        def resend(context: typer.Context, sent: SentOn = "", since: Since = "", until: Until = "") -> None:
            from app import clock
            from app.counted import counted
            from app.partners.results_supplier import delivery_status

            account = self.account(settled(context))
            days = (clock.parse_date(text) if text else None for text in (sent, since, until))
            number = delivery_status.send_again(self.supplier(), account, *days)
            tell(f"{counted(number, 'resultaat gaat', 'resultaten gaan')} vannacht opnieuw naar ESIS.")

    def add_sit(self, help: str, what: Any, of_group: str = "van groep {}") -> None:
        """`sit`: let a group sit an assessment now; `what` is the argument that names it."""

        @self.app.command("sit", help=help)
        def sit(context: typer.Context, name: str = what, group: str = GROUP) -> None:
            from app.counted import counted, plural
            from app.partners.results_supplier import connecting, sitting

            supplier, account = self.supplier(), self.account(settled(context))
            number = sitting.sit(supplier, account, name, group)
            then = connecting.then(supplier, account, supplier.sittable(account, name).assessments)
            who, have = counted(number, "leerling", "leerlingen"), plural(number, "heeft", "hebben")
            tell(f"{who} {of_group.format(group)} {have} de toets gemaakt. {then}")

    def add_merge(self, help: str, sides: tuple[Any, Any], told: Callable[[str, str, Merged], str]) -> None:
        """`merge`: merge one account into another; `sides` are the parameters of source and target, `told` describes
        what moved.
        """

        @self.app.command("merge", help=help)
        def merge(context: typer.Context, source: str = sides[0], target: str = sides[1]) -> None:
            from app.partners.results_supplier import merging

            account = self.account(settled(context))
            tell(told(source, target, merging.merge(self.supplier(), account, source, target)))
