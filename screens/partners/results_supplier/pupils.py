"""The accounts of pupils at a supplier of results."""

from __future__ import annotations

from collections.abc import Sequence

from app.partners.results_supplier import overview
from app.partners.results_supplier.overview import PupilAccount
from screens.partners.pupil_list import PupilList
from screens.partners.results_supplier.page import SupplierPage


class SupplierPupils(PupilList, SupplierPage):
    """The pupils as the supplier has them; say `COLUMNS` of a `PupilAccount`, and `EMPTY`."""

    def count(self, asked: str) -> int:
        """With what was asked for in their name."""
        return overview.pupil_count(self.SUPPLIER, self.school, asked)

    def page(self, asked: str, offset: int, limit: int) -> Sequence[PupilAccount]:
        """By last name, who is not active at the end."""
        return overview.pupils(self.SUPPLIER, self.school, asked, offset, limit)
