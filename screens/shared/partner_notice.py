"""What a screen of ESIS says of the partners: that Mijnschoolinfo keeps its own data, and when a change is seen elsewhere."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult

from app import clock
from app.access import Actor
from app.partners import arrival
from app.partners.arrival import Change
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


def seen_elsewhere(actor: Actor, change: Change, effective: date | None = None) -> str:
    """When a change that holds from a date (today if none is given) reaches the other systems; empty for never."""
    now = clock.school_now(actor.board)
    return arrival.told(actor.location, change, effective or now.date(), now)
