"""What every supplier of results tells of its half of the coupling, when somebody asks why nothing comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app import clock
from app.partners.causes import PartnerSide
from app.partners.results_supplier.supplier import Supplier
from models.shared import SupplierAccount


def half_of(
    supplier: Supplier, until: Callable[[SupplierAccount], datetime | None] = lambda _account: None
) -> Callable[[int], PartnerSide | None]:
    """The half of this supplier at a location; `until` where it pulls pupils too."""

    def half(location_id: int) -> PartnerSide | None:
        account = supplier.account.get_or_none(supplier.account.location == location_id)
        if account is None:
            return None
        since = account.connected_at
        standing = f"ingeschakeld, {clock.dutch_moment(since)}" if since else "nog niet ingesteld"
        return PartnerSide(standing, since is not None, account.brin6, account.code, until(account))

    return half
