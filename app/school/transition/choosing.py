"""A user's changes to a draft: which groups there will be, and who teaches them (pupils: `sending`).

Only in a draft: a confirmed one has to be withdrawn first. Required: `Permission.RUN_TRANSITION`.
"""

from __future__ import annotations

from typing import Any

from app.access import Actor, writing
from app.counted import counted, plural
from app.exchange.names import folded
from app.history import check_unchanged
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.group_editing import GroupForm
from app.school.groups import GroupKind, year_groups_of
from models.transition import TransitionGroup, TransitionPupil, TransitionTeacher, YearTransition


def change_group(actor: Actor, line: TransitionGroup, form: GroupForm, wanted: bool, seen: int | None = None) -> None:
    """Change a group of the new year, or whether it will exist.

    Raises `Refused` naming the field: `name`, `kind`, `year_groups` or `wanted`; `ChangedMeanwhile`.
    """
    with writing(actor, Permission.RUN_TRANSITION):
        own = _group(actor, line)
        check_unchanged(own, seen)
        data = form.checked()
        _check_pupils_fit(own, data, wanted)
        if wanted:
            _check_free(own.transition, data.name, own.id)
        own.name, own.kind, own.year_groups = data.name, data.kind, data.year_groups
        own.available_to_couplings, own.wanted, own.changed_by = data.available_to_couplings, wanted, actor.name
        own.save()


def add_group(actor: Actor, transition: YearTransition, form: GroupForm) -> TransitionGroup:
    """Add a group for the new year. Raises `Refused` like `change_group`."""
    with writing(actor, Permission.RUN_TRANSITION):
        own, data = draft(actor, transition), form.checked()
        _check_free(own, data.name)
        return TransitionGroup.create(
            transition=own,
            name=data.name,
            kind=data.kind,
            year_groups=data.year_groups,
            available_to_couplings=data.available_to_couplings,
            changed_by=actor.name,
        )


def drop_group(actor: Actor, line: TransitionGroup) -> None:
    """End a group without a successor; one that was added for the new year is removed."""
    with writing(actor, Permission.RUN_TRANSITION):
        own = _group(actor, line)
        _check_pupils_fit(own, None, wanted=False)
        if own.source_id is None:
            own.delete_instance()
        else:
            own.wanted, own.changed_by = False, actor.name
            own.save()


def appoint(actor: Actor, line: TransitionTeacher, group: TransitionGroup | None, seen: int | None = None) -> None:
    """Assign a staff member to a group of the new year, or to none. Raises `Refused`, `ChangedMeanwhile`."""
    with writing(actor, Permission.RUN_TRANSITION):
        own = TransitionTeacher.get_or_none(TransitionTeacher.id == line.id)
        if own is None:
            raise NotFound("Deze regel is er niet meer. Ververs de lijst.")
        transition = draft(actor, own.transition)
        check_unchanged(own, seen)
        own.group, own.changed_by = group and seat_of(transition, group.id), actor.name
        own.save()


def draft(actor: Actor, transition: YearTransition) -> YearTransition:
    """Read the transition again, while its lines may be changed. Raises `Refused` or `NotFound`."""
    own = YearTransition.get_or_none(YearTransition.id == transition.id, YearTransition.location == actor.location)
    if own is None:
        raise NotFound("Dit voorstel is er niet meer. Open de jaarovergang opnieuw.")
    if own.state != "draft":
        raise Refused("De jaarovergang is bevestigd. Trek de bevestiging eerst in; dan kunt u weer iets wijzigen.")
    return own


def seat_of(transition: YearTransition, line_id: int) -> TransitionGroup:
    """Return a group that will exist. Raises `NotFound`."""
    seat = TransitionGroup.get_or_none(
        TransitionGroup.id == line_id, TransitionGroup.transition == transition, TransitionGroup.wanted
    )
    if seat is None:
        raise NotFound(
            f"Die groep komt er in {transition.to_year} niet. Ververs de lijst en kies opnieuw.", field="group"
        )
    return seat


def _group(actor: Actor, line: TransitionGroup) -> TransitionGroup:
    own = TransitionGroup.get_or_none(TransitionGroup.id == line.id)
    if own is None:
        raise NotFound("Deze groep staat niet meer in het voorstel. Ververs de lijst.")
    draft(actor, own.transition)
    return own


def _check_free(transition: YearTransition, name: str, but_not: int = 0) -> None:
    rows = TransitionGroup.select(TransitionGroup.name).where(
        TransitionGroup.transition == transition, TransitionGroup.wanted, TransitionGroup.id != but_not
    )
    taken = next((row.name for row in rows if folded(row.name) == folded(name)), "")
    if taken:
        raise Refused(
            f"In {transition.to_year} is er al een groep {taken}. Geef deze groep een andere naam.", field="name"
        )


def _check_pupils_fit(line: TransitionGroup, form: GroupForm | None, wanted: bool) -> None:
    """Check that no pupil goes to a group that will not exist, is of another kind, or lacks the year group."""
    rows: Any = TransitionPupil.select(TransitionPupil.year_group).where(TransitionPupil.group == line).tuples()
    going = [year_group for (year_group,) in rows]
    number = f"{plural(len(going), 'gaat', 'gaan')} {counted(len(going), 'leerling', 'leerlingen')}"
    if going and not wanted:
        raise Refused(
            f"Groep {line.name} moet er komen: er {number} naartoe. Geef die eerst een andere bestemming.",
            field="wanted",
        )
    if form is None:
        return
    if going and form.kind != GroupKind.BASIS:
        raise Refused(f"Groep {line.name} blijft een basisgroep: er {number} naartoe.", field="kind")
    lost = sorted(set(going) & set(year_groups_of(line)) - set(form.year_groups.split(",")))
    if lost:
        raise Refused(
            f"Leerjaar {lost[0]} kan niet weg: er gaan leerlingen van dat leerjaar naar groep {line.name}.",
            field="year_groups",
        )
