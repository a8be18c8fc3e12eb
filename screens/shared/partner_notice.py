"""What a form of ESIS says of Mijnschoolinfo: that it keeps its own data, or when somebody new comes there (issue 4)."""

from __future__ import annotations

from textual.app import ComposeResult

from app import clock
from app.access import Actor
from app.partners.mijnschoolinfo import esis_notes
from screens.shared.label import Label
from screens.shared.text import plain


def in_mijnschoolinfo(actor: Actor, kind: str, esis_id: int | None) -> ComposeResult:
    """A line above the form of a `pupil`, `guardian` or `staff`, where there is something to say; None: of a new one."""
    now = clock.school_now(actor.board)
    told = (
        esis_notes.coming(actor.location, now.date(), now)
        if esis_id is None
        else esis_notes.not_taken_over(actor.location, kind, esis_id)
    )
    if told:
        yield Label(plain(told), classes="note")
