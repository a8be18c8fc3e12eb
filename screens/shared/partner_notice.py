"""What a form of ESIS says of partners: that one keeps its own data, or when somebody new comes there
(sources.md#mijnschoolinfo).
"""

from __future__ import annotations

from textual.app import ComposeResult

from app import clock
from app.access import Actor
from app.partners.registry import form_notes
from screens.shared.label import Label
from screens.shared.text import plain


def partner_notice(actor: Actor, kind: str, esis_id: int | None) -> ComposeResult:
    """A line above the form of a `pupil`, `guardian` or `staff`, where there is something to say; None: of a new one."""
    if told := form_notes(actor.location, kind, esis_id, clock.school_now(actor.board)):
        yield Label(plain(told), classes="note")
