"""What Gynzy's screens share after sign-in."""

from __future__ import annotations

from app.partners.gynzy.connection import SUPPLIER
from app.partners.gynzy.partner import PARTNER
from screens.partners.gynzy.routes import ROUTES
from screens.partners.results_supplier.page import SupplierPage


class GynzyPage(SupplierPage):
    """A screen of Gynzy for its beheerder, who sees only their own school."""

    PARTNER = PARTNER
    SUPPLIER = SUPPLIER
    ROUTES = ROUTES
