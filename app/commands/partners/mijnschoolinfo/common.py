"""What the commands of Mijnschoolinfo share: the account, and the options that return."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.session import Session, settled

if TYPE_CHECKING:
    from models.partners.mijnschoolinfo import MsiSchool

Pupils = Annotated[
    list[int] | None, typer.Option("--pupil", metavar="ID", help="Een leerling; mag vaker, in de gewenste volgorde.")
]


def school_of(session: Session) -> MsiSchool:
    """The account of the location."""
    from app.partners.mijnschoolinfo import account

    return account.school_of(session.actor.location)


def settled_school(context: typer.Context) -> MsiSchool:
    """The account, once everything that is due has been done."""
    return school_of(settled(context))
