"""Who supplies results, and with which tables: all that differs between one supplier and another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.shared import OfferedResult, PupilValues, SupplierAccount


def _everything(_account: SupplierAccount, _slot: datetime | None = None) -> Any:
    """No further condition: a condition that always holds."""
    return True


@dataclass(frozen=True)
class Supplier:
    """A supplier of results; its outcomes have a `school` (the account) and a `pupil`."""

    client: str
    """The coupling's type, which is its klantcode."""
    client_name: str
    """Its klantnaam: the Naam of the coupling in ESIS."""
    account: Any
    """The model of its accounts, a `SupplierAccount`."""
    outcome: Any
    """The model of what it delivers, an `OfferedResult`."""
    pupil: Any
    """The model of its pupils, `PupilValues`."""
    not_set_up: str
    """Why nothing is delivered while its half is not set up, as a sentence."""
    offers: Callable[..., Any] = _everything
    """The condition for outcomes of an account that ESIS may have at all: now, or by what was set before a slot."""

    def __post_init__(self) -> None:
        """The three models are what they have to be."""
        assert issubclass(self.account, SupplierAccount)
        assert issubclass(self.outcome, OfferedResult)
        assert issubclass(self.pupil, PupilValues)

    def outcomes(self, account: SupplierAccount) -> Any:
        """The query for the outcomes of an account with their pupils."""
        query = self.outcome.select(self.outcome, self.pupil).join(self.pupil)
        return query.where(self.outcome.school == account)
