"""The start of applying a delivery page: which page it is, and how a record becomes an ESIS record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from app import clock
from app.partners.mijnschoolinfo.lines import Action, Kind, Lines
from models import bulk
from models.partners.mijnschoolinfo import (
    ESIS,
    MsiRecord,
    MsiSchool,
)


@dataclass
class DeliveryPage:
    """A page of the delivery of a slot."""

    school: MsiSchool
    slot: datetime
    exact: bool = False
    """After a year transition: people ESIS does not report are removed."""
    first: bool = False
    """A first delivery: existing groups are matched too. In later ones, groups created here stay separate (rule 7)."""
    lines: Lines = field(default_factory=Lines)

    @property
    def day(self) -> date:
        """The day from which newcomers are present."""
        return self.slot.astimezone(clock.AMSTERDAM).date()

    def known(self, model: type[MsiRecord], ids: Sequence[int]) -> dict[int, Any]:
        """Existing ESIS records, including those deleted here, by their number at ESIS."""
        if not ids:
            return {}
        return {row.esis_id: row for row in bulk.light(model, "esis_id", ids, school=self.school.id)}

    def new(self, model: type[MsiRecord], number: int, **values: Any) -> dict[str, Any]:
        """The row of a new ESIS record; fields it does not give keep their initial values."""
        return {
            **_blank(model),
            "school": self.school.id,
            "esis_id": number,
            "origin": ESIS,
            "since": self.day,
            **values,
        }

    def become(self, model: type[MsiRecord], matched: Mapping[int, int]) -> None:
        """Turn an existing record into an ESIS record from this day on; its contents stay as they are."""
        for number, here in matched.items():
            model.update(esis_id=number, origin=ESIS, since=self.day).where(model.id == here).execute()

    def removed(self, kind: Kind, row: MsiRecord, name: str, why: str) -> None:
        """Remove the records, without a report for those already deleted here."""
        if row.deleted_at is None:
            self.lines.add(kind, Action.REMOVED, name, why)


@cache
def _blank(model: type[MsiRecord]) -> dict[str, Any]:
    """The initial values of a new record."""
    return dict(model().__data__)
