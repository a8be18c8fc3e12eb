"""The same nightly delivery to another ESIS, over HTTP: a message for each pupil, so that a refusal is that pupil's.

UWLR gives no receipt: what of it was new there is not known here. A night sends with the moment of its slot, so a message
that was accepted but not recorded here is sent again as it was, and changes nothing there. The cursor is the pupil and the
outcome sent last.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from app.exchange.uwlr import PAGE
from app.other_esis.setting import Elsewhere
from app.partners.results_supplier import connecting
from app.partners.results_supplier.offering import note_answer, result_of, told_of, waited
from app.partners.results_supplier.supplier import Supplier
from app.runs import Counts, Page, Skip
from models.run import Run


class DeliveryElsewhere:
    """The errands of one run (`app.runs.Errands`)."""

    def __init__(self, supplier: Supplier, run: Run, there: Elsewhere) -> None:
        self._supplier, self._run, self._there = supplier, run, there
        self._rows: list[Any] = []
        self._reasons: dict[str, str] = {}

    def asks(self, cursor: str) -> Callable[[], None] | None:
        """Deliver the next outcomes. Raises `Skip` while the supplier's side is not set up."""
        supplier, slot, there = self._supplier, self._run.slot, self._there
        account = supplier.account_at(self._run.location_id)
        if account.connected_at is None:
            raise Skip(supplier.not_set_up)
        self._rows, self._reasons = self._next(account, cursor), {}
        who, school = there.authorisation(account.code), connecting.school(account, slot)
        messages = [[result_of(row) for row in of] for _, of in groupby(self._rows, lambda row: row.pupil_id)]

        def ask() -> None:
            from app.other_esis import asking  # HTTP and XML: not for who only looks

            self._reasons = asking.bring(there, who, school, slot, messages)

        return ask if messages else None

    def page(self) -> Page:
        """Record what was accepted and refused."""
        supplier, rows = self._supplier, self._rows
        note_answer(supplier.outcome, self._run, self._as_they_were(), self._reasons)
        refused = sum(row.key in self._reasons for row in rows)
        counts = Counts(received=len(rows), stored=len(rows) - refused, refused=refused)
        if len(rows) == PAGE:
            return Page(f"{rows[-1].pupil_id}.{rows[-1].id}", counts)
        account = supplier.account_at(self._run.location_id)
        return Page(None, counts, told_of(supplier, account, self._run.slot, 0))

    def _next(self, account: Any, cursor: str) -> list[Any]:
        model = self._supplier.outcome
        waiting = self._supplier.outcomes(account).where(waited(self._supplier, account, self._run.slot))
        if cursor:
            pupil, last = map(int, cursor.split("."))
            waiting = waiting.where((model.pupil > pupil) | ((model.pupil == pupil) & (model.id > last)))
        return list(waiting.order_by(model.pupil, model.id).limit(PAGE))

    def _as_they_were(self) -> list[Any]:
        """The outcomes that nobody moved or marked to be sent again meanwhile: those others wait for the next night."""
        model = self._supplier.outcome
        ids = [row.id for row in self._rows]
        columns = (model.id, model.pupil, model.waits_since)
        here = {row.id: (row.pupil_id, row.waits_since) for row in model.select(*columns).where(model.id.in_(ids))}
        return [row for row in self._rows if here.get(row.id) == (row.pupil_id, row.waits_since)]
