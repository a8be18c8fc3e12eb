"""Shared by the commands of Mijnschoolinfo: the account, and common options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.output import tell
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
    """The account, after everything that is due has been done."""
    return school_of(settled(context))


def warn(sentences: Iterable[str]) -> None:
    """Print warnings about what was done."""
    for sentence in sentences:
        tell(f"Let op: {sentence}")
