"""The lines of pupils: updated a page at a time, for a draft of any size and for the final check of the run.

A user's choice stays as long as it is possible; everything else follows the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from peewee import Case

from app.counted import counted
from app.exchange.names import full_name
from app.school import years
from app.school.groups import GroupKind
from app.school.transition.facts import going
from app.school.transition.rules import Destination, Going, Rules, What
from models import bulk
from models.school import Placement, Pupil
from models.transition import TransitionPupil, YearTransition

_OF_THE_RUN = {"applied": False, "before_year_group": "", "before_unsubscribed_on": None, "before_reason": ""}
_NAMES = 20
PAGE = 1_000
"""Pupils checked in one transaction. Most checks write next to nothing, so it stays short (60 ms)."""


@dataclass(frozen=True)
class Tally:
    """What a check against the administration changed in the lines of pupils."""

    joined: int = 0
    gone: int = 0
    redirected: int = 0
    gone_names: tuple[str, ...] = ()
    """The names of the first pupils who are gone."""

    def __add__(self, other: Tally) -> Tally:
        names = (*self.gone_names, *other.gone_names)[:_NAMES]
        return Tally(self.joined + other.joined, self.gone + other.gone, self.redirected + other.redirected, names)

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.joined or self.gone or self.redirected)

    def sentence(self) -> str:
        """`2 leerlingen kwamen erbij, 1 leerling gaat niet meer mee (Anna Berg)`; empty when nothing changed."""
        others = " en anderen" if self.gone > len(self.gone_names) else ""
        names = f" ({', '.join(self.gone_names)}{others})" if self.gone_names else ""
        parts = (
            (self.joined, "leerling kwam erbij", "leerlingen kwamen erbij"),
            (self.gone, f"leerling gaat niet meer mee{names}", f"leerlingen gaan niet meer mee{names}"),
            (self.redirected, "leerling kreeg een andere bestemming", "leerlingen kregen een andere bestemming"),
        )
        return ", ".join(counted(number, one, more) for number, one, more in parts if number)


def check_page(transition: YearTransition, rules: Rules, day: date, after: str, limit: int) -> tuple[str | None, Tally]:
    """Update the lines of the next pupils, by key; return the last key (None when these were the last)."""
    pupils = _page(transition, day, after, limit)
    ids = [pupil.id for pupil in pupils]
    sources, kept = _sources(transition, ids), _kept(transition, ids)
    begins = years.first_day(transition.to_year)
    lines, gone, tally = [], [], Tally()
    for pupil in pupils:
        line, source = kept.get(pupil.id), sources.get(pupil.id)
        if not pupil.goes:
            if line is not None:
                gone.append(line.id)
                tally += Tally(gone=1, gone_names=(full_name(pupil.first_name, pupil.prefix, pupil.last_name),))
            continue
        to = _chosen(line, rules) or rules.destination(
            Going(pupil.year_group, source, pupil.enrolled_from >= begins, pupil.starts_in)
        )
        if line is None or destination_of(line) != to:
            tally += Tally(joined=1) if line is None else Tally(redirected=1)
        elif source == line.source_id:
            continue
        changed_by = line.changed_by if line is not None and _chosen(line, rules) else ""
        lines.append(_row(transition, pupil.id, source, to, changed_by))
    bulk.upsert(TransitionPupil, lines, ("transition", "pupil"), keep=tuple(_OF_THE_RUN))
    TransitionPupil.delete().where(TransitionPupil.id.in_(gone)).execute()
    return (pupils[-1].key if len(pupils) == limit else None), tally


def destination_of(line: TransitionPupil) -> Destination:
    """The destination of a line."""
    return Destination(What(line.what), line.group_id, line.year_group, line.reason)


def _chosen(line: TransitionPupil | None, rules: Rules) -> Destination | None:
    """The user's choice, if it is still possible."""
    if line is None or not line.changed_by or (line.group_id is not None and not rules.has(line.group_id)):
        return None
    return destination_of(line)


def _row(
    transition: YearTransition, pupil_id: int, source: int | None, to: Destination, changed_by: str
) -> dict[str, Any]:
    return {
        "transition": transition.id,
        "pupil": pupil_id,
        "source": source,
        "what": str(to.what),
        "group": to.group,
        "year_group": to.year_group,
        "reason": to.reason,
        "changed_by": changed_by,
        **_OF_THE_RUN,
    }


def _page(transition: YearTransition, day: date, after: str, limit: int) -> list[Any]:
    """The next pupils of the location, including those who do not take part: they may have a line.

    Related rows are read by id, not joined: PostgreSQL, without statistics about a table just filled, took a second per
    page (measured).
    """
    goes = Case(None, [(going(transition, day), 1)], 0).alias("goes")
    columns = (
        Pupil.id,
        Pupil.key,
        Pupil.first_name,
        Pupil.prefix,
        Pupil.last_name,
        Pupil.enrolled_from,
        Pupil.year_group,
        Pupil.starts_in,
        goes,
    )
    query = Pupil.select(*columns).where(Pupil.location == transition.location_id, Pupil.key > after)
    return list(query.order_by(Pupil.key).limit(limit).namedtuples())


def _sources(transition: YearTransition, pupil_ids: list[int]) -> dict[int, int]:
    """The old year's basisgroep of each of these pupils."""
    rows: Any = Placement.select(Placement.pupil, Placement.group).where(
        Placement.pupil.in_(pupil_ids), Placement.school_year == transition.from_year, Placement.kind == GroupKind.BASIS
    )
    return dict(rows.tuples())


def _kept(transition: YearTransition, pupil_ids: list[int]) -> dict[int, TransitionPupil]:
    lines = TransitionPupil.select().where(
        TransitionPupil.transition == transition, TransitionPupil.pupil.in_(pupil_ids)
    )
    return {line.pupil_id: line for line in lines}
