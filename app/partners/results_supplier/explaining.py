"""How every supplier of results explains its side of the coupling, when somebody asks why nothing arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from app import clock
from app.partners.causes import Cause, Explanation, PartnerSide
from app.partners.results_supplier.supplier import Supplier


def explanation(
    supplier: Supplier,
    causes: Callable[[Any], Iterable[Cause]],
    page: str,
    until: Callable[[Any], datetime | None] = lambda _account: None,
    **more: Any,
) -> Explanation:
    """The explanation of a supplier's results: the causes it sees (for an account) and the page of its side.

    `until` is given if it also pulls pupils; `more` as in `Explanation`.
    """

    def side(location_id: int) -> PartnerSide | None:
        account = supplier.account_at(location_id)
        if account is None:
            return None
        since = account.connected_at
        standing = f"ingeschakeld, {clock.dutch_moment(since)}" if since else "nog niet ingesteld"
        return PartnerSide(standing, since is not None, account.brin6, account.code, until(account))

    return Explanation(
        job=supplier.id,
        at=clock.RESULTS,
        program=supplier.id,
        system=supplier.name,
        side=side,
        causes=lambda location_id: causes(supplier.account_at(location_id)),
        page=page,
        supplier=supplier,
        **more,
    )
