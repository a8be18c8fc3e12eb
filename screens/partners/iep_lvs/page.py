"""What IEP LVS's screens share after sign-in, and the school's name there."""

from __future__ import annotations

from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.iep_lvs.partner import PARTNER
from screens.partners.iep_lvs.routes import ROUTES
from screens.partners.results_supplier.page import SupplierPage
from screens.partners.tabs import TabPage


class IepPage(SupplierPage):
    """A screen of IEP LVS for its schoolbeheerder, who sees only their own school."""

    PARTNER = PARTNER
    SUPPLIER = SUPPLIER
    ROUTES = ROUTES

    def called(self) -> tuple[str, str]:
        """The school's name and BRIN6 as in Details."""
        school = self.school
        return school.name, school.brin6


class SchoolPage(TabPage, IepPage):
    """One of the four tabs of Beheer > School (sources.md#iep-lvs)."""

    HERE = "management"
    ABOVE = ("Beheer", "School")
