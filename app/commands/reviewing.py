"""`esis play --review`: what differs, one screen after another in this terminal; what is accepted is stored at once."""

from __future__ import annotations

import os
from collections.abc import Sequence

from app.commands.opening import require_terminal
from app.commands.output import tell
from app.commands.results import Decide, accept
from app.counted import counted
from app.training.scripts.differences import Difference

_COLOURS = ("NO_COLOR", "COLORTERM")
"""Variables that playing takes away, and a terminal needs."""


def at_the_terminal(theme: str) -> Decide:
    """Somebody decides here. Raises `Refused` without a terminal, before anything is played."""
    require_terminal("--review heeft een terminal nodig. Zonder terminal kan het met --accept NAAM,NAAM.")
    colours = {name: os.environ[name] for name in _COLOURS if name in os.environ}

    def review(differing: Sequence[Difference]) -> Sequence[Difference]:
        from screens.reviewing.review import ReviewApp

        os.environ.update(colours)
        app = ReviewApp(differing, lambda one: accept([one]), theme)
        app.run()
        gone = sum(one.is_stale for one in app.accepted)
        if number := len(app.accepted) - gone:
            tell(f"{counted(number, 'gouden scherm', 'gouden schermen')} bewaard.")
        if gone:
            tell(f"{counted(gone, 'gouden scherm', 'gouden schermen')} opgeruimd.")
        return [one for one in differing if one not in app.accepted]

    return review
