"""Changes the destination of pupils in a draft, one or many at once. Required: `Permission.RUN_TRANSITION`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from app.access import Actor, writing
from app.permissions import Permission
from app.refusals import Refused
from app.school import years
from app.school.groups import GroupKind, year_groups_of
from app.school.people.pupil_form import REASON
from app.school.transition.choosing import draft, seat_of
from app.school.transition.listing import MovingPupil
from app.school.transition.pupils_draft import destination_of
from app.school.transition.rules import SECONDARY_REASON, Destination, What
from models.school import Pupil
from models.transition import TransitionPupil, YearTransition

AT_A_TIME = 500


class ChosenMeanwhile(Refused):
    """Somebody else chose another destination since the list was read."""

    def __init__(self, row: MovingPupil, user: str) -> None:
        super().__init__(
            f"{user or 'Iemand'} heeft de bestemming van {row.full_name} ({row.key}) intussen gewijzigd. Er is "
            "niets opgeslagen; bekijk de lijst opnieuw."
        )


def send(actor: Actor, transition: YearTransition, rows: Sequence[MovingPupil], to: Destination) -> int:
    """Change the destination of these pupils; return how many.

    `to` is a group with one of its year groups, or `What.LEAVES` with a reason, or `What.SECONDARY`. Whether a pupil
    goes up or stays follows from the year group. Raises `Refused` for a group that will not exist or a year group it
    lacks, `ChosenMeanwhile` when somebody else changed one of them since `rows` were read.
    """
    with writing(actor, Permission.RUN_TRANSITION):
        own = draft(actor, transition)
        to = _checked(own, to)
        remaining = iter(rows)
        while some := list(islice(remaining, AT_A_TIME)):
            _send(actor, own, some, to)
    return len(rows)


def _checked(transition: YearTransition, to: Destination) -> Destination:
    if to.what == What.SECONDARY:
        return Destination(What.SECONDARY, reason=SECONDARY_REASON)
    if to.what == What.LEAVES:
        return Destination(What.LEAVES, reason=REASON.checked(to.reason))
    seat = seat_of(transition, to.group or 0)
    if seat.kind != GroupKind.BASIS:
        raise Refused(f"Groep {seat.name} is geen basisgroep. Kies een basisgroep.", field="group")
    there = year_groups_of(seat)
    if there and to.year_group not in there:
        raise Refused(
            f"Leerjaar {to.year_group or '?'} zit niet in groep {seat.name}. Kies uit: {', '.join(there)}.",
            field="group",
        )
    return Destination(What.UP, seat.id, to.year_group)


def _send(actor: Actor, transition: YearTransition, rows: Sequence[MovingPupil], to: Destination) -> None:
    seen = {row.id: row for row in rows}
    lines = (
        TransitionPupil.select(TransitionPupil, Pupil)
        .join(Pupil)
        .where(TransitionPupil.transition == transition, TransitionPupil.id.in_(list(seen)))
    )
    found = {line.id: line for line in lines}
    for row in rows:
        line = found.get(row.id)
        if line is None or destination_of(line) != row.destination:
            raise ChosenMeanwhile(row, line.changed_by if line else "")
    for what in What:
        ids = [line.id for line in found.values() if _what(line, transition, to) == what]
        values = {"what": what, "group": to.group, "reason": to.reason, "changed_by": actor.name}
        if not to.what.goes:
            values["year_group"] = to.year_group
        TransitionPupil.update(values).where(TransitionPupil.id.in_(ids)).execute()


def _what(line: TransitionPupil, transition: YearTransition, to: Destination) -> What:
    if to.what.goes:
        return to.what
    if line.pupil.enrolled_from >= years.first_day(transition.to_year):
        return What.NEW
    return What.STAYS if to.year_group == line.pupil.year_group else What.UP
