"""Says which board a command looked at where another one is meant: the web service's own is seldom the first."""

from __future__ import annotations

import shlex

from app.commands.output import tell
from app.commands.session import Session


def hint(session: Session, command: str, suppliers: bool = False) -> None:
    """Name another board when none was asked for, the usual one has no calls and another has.

    `command`: what to type for that one; `suppliers`: an added supplier counts as a call.
    """
    from app.uwlr import elsewhere

    names = elsewhere.used_instead(session.board.id, suppliers) if session.board_name is None else []
    if names:
        tell(
            f"Bestuur {session.board.name} heeft geen berichten{' of leveranciers' if suppliers else ''} van de webservice; "
            f"{', '.join(names[:5])} wel: esis --board {shlex.quote(names[0])} {command}."
        )
