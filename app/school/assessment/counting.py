"""Which results count: one rule for every screen, overview and list (all of it our choice).

An excluded result never counts, whatever its origin. The other results of a pupil, assessment and part are considered
in order of authority: delivered by a supplier before typed by hand, later before earlier (on the same day, the higher
key). Each counts unless a counting result lies less than four weeks from it: then the two are one sitting. A test
window of IEP LVS is no longer than that, and a hand-typed date may be off.

So every sitting has exactly one counting result, two counting results are always two sittings apart, and whatever does
not count names the result that does. "Less than four weeks apart" alone is not enough: of three results it can hold for
the first and second and for the second and third, but not for the first and third.

Nothing is removed: a result that does not count stays, with the reason. The rule depends only on the results
themselves, so the order in which they arrived makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.clock import AMSTERDAM, dutch_date, dutch_moment
from app.school.assessment.catalogue import HAND
from models.assessment import ExcludedResult, Result

ONE_SITTING = timedelta(days=28)
"""Results at least this far apart are two sittings."""


@dataclass(frozen=True)
class Judged:
    """A result, and why it does not count; without a reason it counts."""

    result: Result
    why: str = ""
    excluded: ExcludedResult | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts."""
        return not self.why

    @property
    def by_hand(self) -> bool:
        """Whether it was typed in by hand."""
        return bool(self.result.supplier == HAND)

    @property
    def id(self) -> int:
        """The id of the result."""
        return int(self.result.id)

    @property
    def standing(self) -> str:
        """`telt mee`, or why not."""
        return self.why or "telt mee"


def judged(*where: Any, since: date | None = None) -> list[Judged]:
    """The matching results, each judged, by date; with `since`, only those from that day on.

    The conditions may select pupils, assessments or parts, and nothing else: whether a result counts depends on the
    other results of the same pupil, assessment and part.
    """
    query = Result.select().where(*where).order_by(Result.date, Result.id)
    if since is not None:  # of earlier results only those delivered in the four weeks before matter
        query = query.where(Result.date > since - ONE_SITTING)
    # Not joined: peewee takes twice as long with two models per row, and few results are excluded.
    excluded = ExcludedResult.select().join(Result).where(*where)
    found = judge(query, {row.result_id: row for row in excluded})
    return [one for one in found if since is None or one.result.date >= since]


def judge(results: Iterable[Result], exclusions: Mapping[int, ExcludedResult]) -> list[Judged]:
    """Apply the rule to all results of some pupils, assessments and parts; keeps the order given."""
    rows = list(results)
    alike: dict[tuple[int, str, str], list[Result]] = {}
    for row in rows:
        if row.id not in exclusions:
            alike.setdefault((row.pupil_id, row.assessment, row.part), []).append(row)
    why = {result_id: _excluded(exclusion) for result_id, exclusion in exclusions.items()}
    for group in alike.values():
        why.update(_left_out(group))
    return [Judged(row, why.get(row.id, ""), exclusions.get(row.id)) for row in rows]


def _left_out(results: list[Result]) -> Iterator[tuple[int, str]]:
    """The ids of the results of one pupil, assessment and part that do not count, each with the reason."""
    counting: list[Result] = []
    for row in sorted(results, key=_weight, reverse=True):
        if other := _near(row, counting):
            yield row.id, _for_the_sake_of(other, row)
        else:
            counting.append(row)


def _weight(row: Result) -> tuple[bool, date, str, str]:
    """The sort key that decides which of two results prevails."""
    return row.supplier != HAND, row.date, row.supplier, row.supplier_key


def _near(row: Result, counting: Iterable[Result]) -> Result | None:
    """The result among these that is the same sitting; the nearest if there are two."""
    near = [other for other in counting if abs(other.date - row.date) < ONE_SITTING]
    return min(near, key=lambda other: abs(other.date - row.date), default=None)


def _for_the_sake_of(other: Result, row: Result) -> str:
    if row.supplier == HAND and other.supplier != HAND:
        return f"niet meegeteld: handmatig ingevoerd, geleverd op {_day(other)}"
    return f"niet meegeteld: opnieuw afgenomen op {dutch_date(other.date)}"


def _day(delivered: Result) -> str:
    return dutch_date(delivered.received_at.astimezone(AMSTERDAM).date())


def _excluded(exclusion: ExcludedResult) -> str:
    return f"uitgesloten: {exclusion.reason} ({exclusion.excluded_by}, {dutch_moment(exclusion.excluded_at)})"
