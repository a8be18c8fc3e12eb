"""What a results supplier's screens share after sign-in: the account, and the list of its pupils."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.partners.results_supplier import overview
from app.partners.results_supplier.overview import PupilAccount
from app.partners.results_supplier.supplier import Supplier
from screens.partners.page import PartnerPage
from screens.partners.pupil_list import PupilList


class SupplierPage(PartnerPage):
    """A screen of a supplier for a user who sees only their own school.

    Set `SUPPLIER` (and `PARTNER` and `ROUTES`) once in a base class of the program. The pages of this package go before
    that class in the bases.
    """

    SUPPLIER: Supplier

    @property
    def school(self) -> Any:
        """The account, freshly read."""
        return self.SUPPLIER.account_of(self.session.location)


class SupplierPupils(PupilList, SupplierPage):
    """The pupils as the supplier has them; set `COLUMNS` (of a `PupilAccount`) and `EMPTY`."""

    def count(self, asked: str) -> int:
        """How many have the search text in their name."""
        return overview.pupil_count(self.SUPPLIER, self.school, asked)

    def page(self, asked: str, offset: int, limit: int) -> Sequence[PupilAccount]:
        """By last name, inactive pupils last."""
        return overview.pupils(self.SUPPLIER, self.school, asked, offset, limit)
