"""What the screens of Gynzy share after signing in."""

from __future__ import annotations

from app.partners.gynzy.connection import SUPPLIER
from app.partners.gynzy.partner import PARTNER
from screens.partners.gynzy.routes import ROUTES
from screens.partners.results_supplier.page import SupplierPage


class GynzyPage(SupplierPage):
    """A screen of Gynzy for its beheerder, who sees the own school only."""

    PARTNER = PARTNER
    SUPPLIER = SUPPLIER
    ROUTES = ROUTES
