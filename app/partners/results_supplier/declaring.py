"""A supplier of results as a partner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.partners.partner import Caller, NewLocation, Partner
from app.partners.results_supplier import connecting
from app.partners.results_supplier.supplier import Supplier


def partner_of(supplier: Supplier, open_account: Callable[[NewLocation], object], **more: Any) -> Partner:
    """The partner declaration of a supplier; `more` as in `Partner`."""
    return Partner(
        id=supplier.id,
        name=supplier.name,
        open_account=open_account,
        supplier=supplier,
        caller=Caller(supplier.id, supplier.client_name),
        account=supplier.account,
        connect=lambda location, code: connecting.connect(supplier, supplier.account_of(location), code),
        **more,
    )
