"""Beheer > School: the four tabs (seed 000 B4)."""

from __future__ import annotations

from screens.partners.iep_lvs.page import IepPage
from screens.partners.tabs import TABS_HELP, TabPage

__all__ = ["TABS_HELP", "SchoolPage"]


class SchoolPage(TabPage, IepPage):
    """One tab of School."""

    HERE = "management"
    ABOVE = ("Beheer", "School")
