"""Which results count: one rule for every screen, overview and list (all of it our choice).

An excluded result never counts, wherever it came from. The others of one pupil, assessment and part are looked at in
the order of what says most: what a supplier delivered before what was typed in by hand, the later before the earlier (of
one day the higher key). Each counts, unless one that counts lies less than four weeks from it: then the two are one
sitting. A test window of IEP LVS is no longer than that, and a date typed by hand may be off.

So every sitting has exactly one result that counts, two that count are always two sittings apart, and whatever does not
count names the one that does. "Less than four weeks" by itself would not do: it holds of the first and second, and of the
second and third of three, but not of the first and third.

Nothing is taken away: what does not count stays, and says why. The rule looks at what results say alone, so the order in
which they came in makes no difference.
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
"""From this many days apart, two results are two sittings."""


@dataclass(frozen=True)
class Judged:
    """A result, and why it does not count; it counts where there is no reason."""

    result: Result
    why: str = ""
    excluded: ExcludedResult | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts."""
        return not self.why

    @property
    def by_hand(self) -> bool:
        """Whether it was typed in."""
        return bool(self.result.supplier == HAND)

    @property
    def id(self) -> int:
        """Of the result."""
        return int(self.result.id)

    @property
    def standing(self) -> str:
        """`telt mee`, or why not."""
        return self.why or "telt mee"


def judged(*where: Any, since: date | None = None) -> list[Judged]:
    """The results that fit and what becomes of each, by date; with `since`, those from that day on.

    The conditions may say which pupils, assessments or parts, and nothing else: whether a result counts depends on the
    others of the same pupil, assessment and part.
    """
    query = Result.select().where(*where).order_by(Result.date, Result.id)
    if since is not None:  # of what is earlier only what was delivered in the four weeks before says anything
        query = query.where(Result.date > since - ONE_SITTING)
    # Not joined: peewee takes twice as long over two models a row, and few are excluded.
    excluded = ExcludedResult.select().join(Result).where(*where)
    found = judge(query, {row.result_id: row for row in excluded})
    return [one for one in found if since is None or one.result.date >= since]


def judge(results: Iterable[Result], exclusions: Mapping[int, ExcludedResult]) -> list[Judged]:
    """The rule itself, for all results of some pupils, assessments and parts; in the order given."""
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
    """Of the results of one pupil, assessment and part: the ids of those that do not count, each with the reason."""
    counting: list[Result] = []
    for row in sorted(results, key=_weight, reverse=True):
        if other := _near(row, counting):
            yield row.id, _for_the_sake_of(other, row)
        else:
            counting.append(row)


def _weight(row: Result) -> tuple[bool, date, str, str]:
    """By which of two results goes before the other."""
    return row.supplier != HAND, row.date, row.supplier, row.supplier_key


def _near(row: Result, counting: Iterable[Result]) -> Result | None:
    """The one of these that is the same sitting; the nearest, where there are two."""
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
