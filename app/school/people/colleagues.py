"""Staff of a location who resemble somebody new: the same e-mail address, or the same name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.exchange.email import folded_address
from app.exchange.names import folded, full_name
from models.board import Location
from models.school import StaffMember


class Colleagues:
    """The staff of a location, to compare newcomers with."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._addresses: dict[str, str] = {}

    @classmethod
    def of(cls, location: Location, but_not: int = 0) -> Colleagues:
        """The staff of the location, including those who left, except the one with this id."""
        found = cls()
        here: Iterable[Any] = (
            StaffMember.select(
                StaffMember.key, StaffMember.first_name, StaffMember.prefix, StaffMember.last_name, StaffMember.email
            )
            .where(StaffMember.location == location, StaffMember.id != but_not)
            .order_by(StaffMember.id)
            .tuples()
        )
        for key, first, prefix, last, email in here:
            found.add(key, full_name(first, prefix, last), email)
        return found

    def add(self, key: str, name: str, email: str) -> None:
        """Add one more."""
        told = f"{key}, {name}"
        self._names.setdefault(folded(name), told)
        if email:
            self._addresses.setdefault(folded_address(email), told)

    def like(self, name: str, email: str) -> str:
        """Who resembles this person and why: `M001, Wim Berg (zelfde naam)`; empty if nobody."""
        by_address = self._addresses.get(folded_address(email), "") if email else ""
        by_name = self._names.get(folded(name), "")
        if by_address and by_address == by_name:
            return f"{by_name} (zelfde naam, zelfde e-mailadres)"
        if by_address:
            return f"{by_address} (zelfde e-mailadres)"
        return f"{by_name} (zelfde naam)" if by_name else ""
