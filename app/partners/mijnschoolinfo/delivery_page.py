"""What taking over a page of a delivery begins with: which page, and how a record becomes one of ESIS."""

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
    """After a year transition: whom ESIS does not tell of is removed."""
    first: bool = False
    """A first delivery: groups that are here are looked at too. Later on one's own groups stay one's own (rule 7)."""
    lines: Lines = field(default_factory=Lines)

    @property
    def day(self) -> date:
        """Since when who comes now is here."""
        return self.slot.astimezone(clock.AMSTERDAM).date()

    def known(self, model: type[MsiRecord], ids: Sequence[int]) -> dict[int, Any]:
        """Those of ESIS that are here, or were and were deleted here; by their number at ESIS."""
        if not ids:
            return {}
        return {row.esis_id: row for row in bulk.light(model, "esis_id", ids, school=self.school.id)}

    def new(self, model: type[MsiRecord], number: int, **values: Any) -> dict[str, Any]:
        """The row of a new record of ESIS, with what it does not say left as it begins."""
        return {
            **_blank(model),
            "school": self.school.id,
            "esis_id": number,
            "origin": ESIS,
            "since": self.day,
            **values,
        }

    def become(self, model: type[MsiRecord], matched: Mapping[int, int]) -> None:
        """A record that was here becomes one of ESIS from this day on; what it says stays as it is."""
        for number, here in matched.items():
            model.update(esis_id=number, origin=ESIS, since=self.day).where(model.id == here).execute()

    def removed(self, kind: Kind, row: MsiRecord, name: str, why: str) -> None:
        """What was deleted here already is gone without a word."""
        if row.deleted_at is None:
            self.lines.add(kind, Action.REMOVED, name, why)


@cache
def _blank(model: type[MsiRecord]) -> dict[str, Any]:
    """What a new record begins with."""
    return dict(model().__data__)
