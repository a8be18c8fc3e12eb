"""The methods of Gynzy ("Werelden"), and which of them send results to ESIS (sources.md#gynzy)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.access import standing_still
from app.partners.gynzy.account import ID
from app.partners.results_supplier.assessing import Sittable
from app.refusals import NotFound, Refused
from fixtures.assessments import supplied_by
from models.partners.gynzy import GynzyMethod, GynzyOutcome, GynzyPupil, GynzySchool


@dataclass(frozen=True)
class Method(Sittable):
    """A world: pupils practise in it and, when its results are on, sit its assessments, one for each year group."""

    id: str
    """Its subject in the catalogue."""

    @property
    def short(self) -> str:
        """As typed in a command: `rekenen`."""
        return self.id.removeprefix(f"{ID}-")

    def fits_nobody(self, group: str) -> Refused:
        """Refusal: none of its assessments is for a year group in this group."""
        return Refused(f"{self.name} heeft geen toets voor de leerjaren in {group}.", field="group")

    def sat_today(self, group: str) -> Refused:
        """Refusal: everybody in this group sat it today."""
        return Refused(f"{group} heeft de toets van {self.name} vandaag al gemaakt.", field="group")


@dataclass(frozen=True)
class MethodRow:
    """A method, and since when its results go to ESIS; None if they do not."""

    method: Method
    since: datetime | None


def methods() -> tuple[Method, ...]:
    """Every method of the catalogue, in its order."""
    items = supplied_by(ID)
    subjects = dict.fromkeys(item.subject for item in items)
    return tuple(
        Method(
            subject.name.removeprefix("Gynzy "), tuple(item for item in items if item.subject == subject), subject.id
        )
        for subject in subjects
    )


def find(name: str) -> Method:
    """The method with this name or id. Raises `NotFound` naming the existing ones."""
    wanted = name.strip().casefold()
    for method in methods():
        if wanted in (method.id, method.short, method.name.casefold()):
            return method
    raise NotFound(f"'{name}' is geen methode van Gynzy. Er zijn: {', '.join(method.short for method in methods())}.")


def sittable(school: GynzySchool, name: str) -> Method:
    """The method with this name or id. Raises `NotFound`, or `Refused` if its results are off."""
    method = find(name)
    if not is_on(school, method):
        raise Refused(f"De resultaten van {method.name} staan uit. Zet ze eerst aan bij Werelden.", field="method")
    return method


def listed(school: GynzySchool) -> list[MethodRow]:
    """Every method and its state at this account."""
    on = {row.method: row.since for row in GynzyMethod.select().where(GynzyMethod.school == school)}
    return [MethodRow(method, on.get(method.id)) for method in methods()]


def is_on(school: GynzySchool, method: Method) -> bool:
    """Whether the results of a method go to ESIS."""
    return bool(GynzyMethod.select().where(GynzyMethod.school == school, GynzyMethod.method == method.id).exists())


def switch(school: GynzySchool, name: str, on: bool) -> Method:
    """Switch the results of a method on or off; does nothing if it is so already. Waiting results wait until it is on.

    Raises `NotFound`, or `Refused` while the coupling with ESIS is not set up or while school time is being moved.
    """
    method = find(name)
    with standing_still(school.location.board_id) as now:
        if on and GynzySchool.get_by_id(school.id).connected_at is None:
            raise Refused("Koppel eerst met ESIS (Instellingen > ESIS > Koppelen); daarna kunnen resultaten aan.")
        if not on:
            GynzyMethod.delete().where(GynzyMethod.school == school, GynzyMethod.method == method.id).execute()
        elif not is_on(school, method):
            GynzyMethod.create(school=school, method=method.id, since=now)
    return method


def assessments_on(school: GynzySchool, before: datetime | None = None) -> list[str]:
    """The ids of the assessments of the methods that are on (or were before a moment)."""
    on = [row.method for row in listed(school) if row.since is not None and (before is None or row.since < before)]
    return [item.id for method in on for item in method.assessments]


def offers(school: Any, slot: datetime | None = None) -> Any:
    """The results ESIS may have: those of pupils delivered by ESIS, for methods that are on (or were before a slot)."""
    return GynzyOutcome.assessment.in_(assessments_on(school, slot)) & ~GynzyPupil.own
