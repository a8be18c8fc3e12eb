"""What a transition does or did, in numbers: the totals of a draft, and the report that is stored with it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from peewee import fn

from app.school.transition.pupils_draft import Tally
from app.school.transition.rules import What
from models.transition import TransitionGroup, TransitionPupil, TransitionTeacher, YearTransition


@dataclass(frozen=True)
class Report:
    """Counts, and what differed from what had been confirmed."""

    pupils: dict[str, int] = field(default_factory=dict)
    """The number of pupils by `What`."""
    groups_made: int = 0
    groups_ended: int = 0
    teachers: int = 0
    """The number of staff assigned to a group of the new year."""
    planned: int = 0
    """The number of pupils when it was confirmed."""
    since: Tally = field(default_factory=Tally)
    """What changed between confirming and running."""

    def count(self, what: What) -> int:
        """The number of pupils this happens to."""
        return self.pupils.get(what, 0)

    @property
    def total(self) -> int:
        """The number of pupils in the plan."""
        return sum(self.pupils.values())

    def as_json(self) -> str:
        """The JSON object stored with the transition."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Report:
        """The reverse of `as_json`."""
        data: dict[str, Any] = json.loads(text or "{}")
        since = data.pop("since", {})
        return cls(**data, since=Tally(**{**since, "gone_names": tuple(since.get("gone_names", ()))}))

    def sentence(self) -> str:
        """`160 leerlingen gaan over, 2 blijven zitten, ...; 10 groepen gemaakt, 10 beëindigd`."""
        words = (
            (What.UP, "gaan over"),
            (What.STAYS, "blijven zitten"),
            (What.NEW, "nieuw"),
            (What.LEAVES, "van school"),
            (What.SECONDARY, "naar het VO"),
            (What.NONE, "zonder groep"),
        )
        told = ", ".join(f"{self.count(what)} {word}" for what, word in words if self.count(what))
        groups = f"Groepen: {self.groups_made} gemaakt, {self.groups_ended} beëindigd."
        since = f" Anders dan bevestigd: {self.since.sentence()}." if self.since.any else ""
        return f"Leerlingen: {told or 'geen'}. {groups}{since}"


def totals(transition: YearTransition) -> Report:
    """The present totals of the lines."""
    rows: Any = (
        TransitionPupil.select(TransitionPupil.what, fn.COUNT(TransitionPupil.id))
        .where(TransitionPupil.transition == transition)
        .group_by(TransitionPupil.what)
        .tuples()
    )
    groups = TransitionGroup.select().where(TransitionGroup.transition == transition)
    teachers = TransitionTeacher.select(TransitionTeacher.staff).where(
        TransitionTeacher.transition == transition, TransitionTeacher.group.is_null(False)
    )
    return Report(
        dict(rows),
        groups.where(TransitionGroup.wanted).count(),
        groups.where(TransitionGroup.source.is_null(False)).count(),
        teachers.distinct().count(),
    )


def with_since(transition: YearTransition, tally: Tally) -> str:
    """The report as stored during the run's check, with the changes so far."""
    report = Report.from_json(transition.report)
    return replace(report, since=report.since + tally).as_json()
