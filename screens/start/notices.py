"""How a line of what asks for attention is drawn, on the Startpagina and in Berichten overzicht."""

from __future__ import annotations

from app.diagnosis.attention import Notice
from app.partners.registry import by_id
from app.targets import Lessons, PartnerPage
from app.training.lessons import refreshing
from app.training.lessons.refreshing import Refresher

LONGEST_WAY = 16
"""Cells of the longest: the name of a partner, and its sign."""


def way_to(notice: Notice) -> str:
    """Where a notice leads, at the end of its line."""
    if isinstance(notice.target, PartnerPage):
        return f"{by_id(notice.target.partner).name} ›"
    if isinstance(notice.target, Lessons):
        return "Beginnen ›"
    return "Oplossen ›" if notice.urgent and notice.solves else "Bekijken ›"


def urgency(notice: Notice) -> str:
    """The colour of its sign."""
    return "bold warn" if notice.urgent else "hint"


def of_refresher(refresher: Refresher) -> Notice:
    """That something is to be refreshed; Enter begins."""
    return Notice(refreshing.sentence(refresher), Lessons("refresh"))
