"""The publishers (uitgeverijen) that Basispoort can serve, and which of them a school has selected.

A selection takes one night (sources.md#transfers): it takes effect the day after. Only IEP has a system behind it here;
the others can be selected but do nothing. Those not named in sources.md#basispoort are made up.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app import clock
from app.access import standing_still
from app.partners.iep_lvs import account as iep
from app.refusals import NotFound
from models.partners.basispoort import BasispoortPublisher, BasispoortSchool

IEP = iep.ID


@dataclass(frozen=True)
class Publisher:
    """A publisher in the list."""

    id: str
    title: str


PUBLISHERS = (
    Publisher(IEP, "IEP (Bureau ICE)"),
    Publisher("kwintessens", "Kwintessens"),
    Publisher("leesplein", "Leesplein Digitaal"),
    Publisher("nieuwsbegrip", "Nieuwsbegrip"),
    Publisher("rekenboom", "De Rekenboom"),
    Publisher("taalrijk", "Uitgeverij Taalrijk"),
)


@dataclass(frozen=True)
class PublisherRow:
    """A publisher, with its selection if there is one."""

    id: str
    title: str
    ticked_at: datetime | None

    @property
    def works_from(self) -> date | None:
        """The first day on which it is served, shortly after midnight; None if it is not selected."""
        return works_from(self.ticked_at) if self.ticked_at else None


def works_from(moment: datetime) -> date:
    """The first day on which a selection or role made at this moment takes effect: it takes one night."""
    return moment.astimezone(clock.AMSTERDAM).date() + timedelta(days=1)


def counts_on(day: date):  # type: ignore[no-untyped-def]  # peewee's expressions have no useful type
    """The condition that a selection is in effect in the night of this day."""
    return BasispoortPublisher.ticked_at < clock.local(day, time())


def find(text: str) -> Publisher:
    """The publisher with this id or name, as in `iep`. Raises `NotFound` naming the existing ones."""
    wanted = text.strip().casefold()
    for publisher in PUBLISHERS:
        if wanted in (publisher.id, publisher.title.casefold(), publisher.title.split()[0].casefold()):
            return publisher
    known = ", ".join(publisher.id for publisher in PUBLISHERS)
    raise NotFound(f"Uitgeverij '{text}' is bij Basispoort niet bekend. Er zijn: {known}.")


def rows(school: BasispoortSchool) -> list[PublisherRow]:
    """Every publisher, in order, with its selection."""
    ticked = {row.publisher: row.ticked_at for row in _ticks(school)}
    return [PublisherRow(item.id, item.title, ticked.get(item.id)) for item in PUBLISHERS]


def tick(school: BasispoortSchool, publisher: Publisher) -> bool:
    """Select one more publisher; returns whether it was not yet selected."""
    return save(school, {row.publisher for row in _ticks(school)} | {publisher.id})


def untick(school: BasispoortSchool, publisher: Publisher) -> bool:
    """Deselect a publisher; returns whether it was selected. What the publisher already has stays there."""
    return save(school, {row.publisher for row in _ticks(school)} - {publisher.id})


def save(school: BasispoortSchool, wanted: Collection[str]) -> bool:
    """Select exactly these publishers (by id), as Sla uitgeverijen op does; returns whether anything changed.

    Publishers that stay selected keep their original moment.
    """
    with standing_still(school.location.board_id) as now:
        present = {row.publisher for row in _ticks(school)}
        added = [item.id for item in PUBLISHERS if item.id in wanted and item.id not in present]
        for publisher in added:
            BasispoortPublisher.create(school=school, publisher=publisher, ticked_at=now)
        dropped = BasispoortPublisher.delete().where(
            BasispoortPublisher.school == school, BasispoortPublisher.publisher.in_(present - set(wanted))
        )
        return bool(dropped.execute() or added)


def _ticks(school: BasispoortSchool) -> list[BasispoortPublisher]:
    return list(BasispoortPublisher.select().where(BasispoortPublisher.school == school))
