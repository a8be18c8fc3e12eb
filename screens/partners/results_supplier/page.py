"""What the screens of a supplier of results share after signing in: the supplier and the account."""

from __future__ import annotations

from typing import Any

from app.partners.results_supplier.supplier import Supplier
from screens.partners.page import PartnerPage


class SupplierPage(PartnerPage):
    """A screen of a supplier for the one who sees the own school only.

    Say `SUPPLIER` (and `BRAND` and `ROUTES`) once in a base class of the program. The pages of this package go before that
    class in the bases.
    """

    SUPPLIER: Supplier

    @property
    def school(self) -> Any:
        """The account, read afresh."""
        return self.SUPPLIER.account_of(self.session.location)
