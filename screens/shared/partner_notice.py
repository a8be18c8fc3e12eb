"""What ESIS screens say about the partners: that one keeps its own data (sources.md#mijnschoolinfo), and when a change
reaches them.
"""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult

from app import clock
from app.access import Actor
from app.partners.arrival import Change
from app.partners.registry import form_notes, news
from screens.shared.label import Label
from screens.shared.text import plain


def partner_notice(actor: Actor, kind: str, esis_id: int | None) -> ComposeResult:
    """A line above the form of a `pupil`, `guardian` or `staff`, if there is something to say; None: a new record."""
    if told := form_notes(actor.location, kind, esis_id, clock.school_now(actor.board)):
        yield Label(plain(told), classes="note")


def seen_elsewhere(actor: Actor, change: Change, effective: date | None = None) -> str:
    """When a change effective from a date (default: today) reaches the other systems; empty for never."""
    now = clock.school_now(actor.board)
    return news(actor.location, change, effective or now.date(), now)
