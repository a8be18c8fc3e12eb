"""Lists of things a school keeps, and the form for one of them: shared by all maintenance screens of ESIS."""

from __future__ import annotations

from screens.shared.frame import EsisScreen
from screens.shared.listing import Listing
from screens.shared.recording import Recording


class ListScreen(Listing, EsisScreen):
    """A list in ESIS, for users with permission to change it."""

    def reason(self) -> str:
        """Why the user's roles do not allow it."""
        return self.actor.reason(self.PERMISSION)


class RecordForm(Recording, EsisScreen):
    """The form of one record in ESIS."""

    def __init__(self, seen: int | None = None) -> None:
        """`seen` is the `history.version` of the record being changed; None for a new one."""
        super().__init__()
        self.seen = seen
