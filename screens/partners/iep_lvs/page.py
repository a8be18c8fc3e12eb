"""What the screens of IEP LVS share after signing in, and what the school is called there."""

from __future__ import annotations

from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.iep_lvs.partner import PARTNER
from screens.partners.iep_lvs.routes import ROUTES
from screens.partners.results_supplier.page import SupplierPage
from screens.partners.tabs import TabPage


class IepPage(SupplierPage):
    """A screen of IEP LVS for its schoolbeheerder, who sees the own school only."""

    PARTNER = PARTNER
    SUPPLIER = SUPPLIER
    ROUTES = ROUTES

    def called(self) -> tuple[str, str]:
        """As in Details."""
        school = self.school
        return school.name, school.brin6


class SchoolPage(TabPage, IepPage):
    """One of the four tabs of Beheer > School (sources.md#iep-lvs)."""

    HERE = "management"
    ABOVE = ("Beheer", "School")
