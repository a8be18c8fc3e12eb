"""How a line of what asks for attention is drawn, on the Startpagina and in Berichten overzicht."""

from __future__ import annotations

from app.diagnosis.attention import Notice
from app.partners.registry import by_id
from app.targets import PartnerPage

LONGEST_WAY = 16
"""Cells of the longest: the name of a partner, and its sign."""


def way_to(notice: Notice) -> str:
    """Where a notice leads, at the end of its line."""
    if isinstance(notice.target, PartnerPage):
        return f"{by_id(notice.target.partner).name} ›"
    return "Oplossen ›" if notice.urgent and notice.solves else "Bekijken ›"


def urgency(notice: Notice) -> str:
    """The colour of its sign."""
    return "bold warn" if notice.urgent else "hint"
