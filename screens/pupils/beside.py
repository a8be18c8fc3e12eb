"""The detail beside the list of pupils: who it is, the guardians, what partners know, and the latest results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from app import clock
from app.access import Actor
from app.partners.pupil_at_partners import PupilAtPartner
from app.partners.registry import holdings
from app.permissions import Permission
from app.school.assessment import dashboard
from app.school.assessment.dashboard import Cell, SubjectLine
from app.school.people import pupils
from app.school.people.pupil_form import Gender
from app.school.people.pupils import ListedPupil, PupilDetail
from app.school.people.status import Status
from screens.shared import signs
from screens.shared.detail import Told
from screens.shared.facts import Fact, Row, Section
from screens.shared.figures import growth_cell, level_cell
from screens.shared.text import plain

NO_EMAIL = "geen e-mailadres"
NO_RESULTS = Content("Nog geen resultaten.").stylize("$hint")
STATUSES = {Status.ENROLLED: ("●", "ok"), Status.FUTURE: ("○", "calm"), Status.UNSUBSCRIBED: ("■", "calm")}
"""The sign of a pupil's status, and its colour."""


def read(actor: Actor, row: ListedPupil) -> Told:
    """Everything that is told of one pupil. May raise `Refused`."""
    found = pupils.detail(actor, row.key)
    taken = _taken(actor, found)
    above = (
        plain(row.full_name).stylize("bold $ink"),
        standing(found),
        Content(""),
        Section("Persoon"),
        *_person(found),
        Content(""),
    )
    brief = _brief(row.full_name, found, taken or ())
    return Told((*above, *_around(actor, found, taken)), tuple(brief))


def around(actor: Actor, found: PupilDetail) -> tuple[Row, ...]:
    """What is around a pupil: the guardians, what partners know, and the latest results."""
    return tuple(_around(actor, found, _taken(actor, found)))


def _taken(actor: Actor, found: PupilDetail) -> Sequence[SubjectLine] | None:
    """The subjects with results; None for who may not see them."""
    if not actor.may(Permission.VIEW_RESULTS):
        return None
    return [line for line in dashboard.pupil_line(actor, found.pupil.id).subjects if line.sittings]


def _around(actor: Actor, found: PupilDetail, taken: Sequence[SubjectLine] | None) -> Iterator[Row]:
    yield Section("Verzorgers")
    yield from _guardians(found)
    yield Content("")
    yield Section("Bekend bij")
    yield from map(_known, holdings(actor.location, str(found.pupil.key)))
    if taken is not None:
        yield Content("")
        yield Section("Laatste resultaten")
        yield from _results(taken)


def _brief(name: str, found: PupilDetail, taken: Sequence[SubjectLine]) -> Iterator[Row]:
    yield Content.assemble(plain(f"{name}  ").stylize("bold $ink"), standing(found))
    levels = [Content.assemble(level_cell(line.sittings[-1].level), " ") for line in taken]
    lacking = [tie.guardian.name for tie in found.guardians if not tie.guardian.email]
    if lacking:
        levels.append(plain(f" ! {lacking[0]} heeft {NO_EMAIL}").stylize("$warn"))
    yield Content.assemble(*levels) if levels else NO_RESULTS


def standing(found: PupilDetail) -> Content:
    """Number, group and status: `1101  groep 6  ● Ingeschreven`."""
    group = f"groep {found.group_name}" if found.group_name else "geen groep"
    return Content.assemble(plain(f"{found.pupil.key}  {group}  ").stylize("$label"), status_badge(found))


def status_badge(found: PupilDetail) -> Content:
    """`● Ingeschreven`, and of who leaves or left from which day."""
    sign, colour = STATUSES[found.status]
    gone = found.pupil.unsubscribed_on
    return signs.badge(sign, f"Uitgeschreven per {clock.dutch_date(gone)}" if gone else found.status.label, colour)


def _person(found: PupilDetail) -> Iterator[Row]:
    pupil = found.pupil
    yield Fact("Geboren", clock.dutch_date(pupil.birth_date) if pupil.birth_date else "onbekend")
    yield Fact("Geslacht", Gender(pupil.gender).label)
    if pupil.year_group:
        yield Fact("Leerjaar", pupil.year_group)
    yield Fact("Ingeschreven", clock.dutch_date(pupil.enrolled_from))
    if pupil.unsubscribed_on is not None:
        yield Fact("Uitgeschreven", clock.dutch_date(pupil.unsubscribed_on))
        yield Fact("Reden", pupil.unsubscribe_reason)


def _guardians(found: PupilDetail) -> Iterator[Row]:
    for tie in found.guardians:
        relation = plain(f"  {tie.relation}").stylize("$label") if tie.relation else ""
        yield Content.assemble(plain(tie.guardian.name), relation)
        if tie.guardian.email:
            yield plain(f"  {tie.guardian.email}").stylize("$label")
        else:
            yield Content(f"  ! {NO_EMAIL}").stylize("$warn")
    if not found.guardians:
        yield Content("! geen verzorgers bekend").stylize("$warn")


def _known(one: PupilAtPartner) -> Content:
    there = one.known and not one.deleted
    sign = Content("● ").stylize("$ok") if there else Content("○ ").stylize("$hint")
    since = clock.short_moment(one.at) if one.at is not None else ""
    group = f"groep {one.group}" if there and one.group else ("" if there else "niet bekend")
    told = Content.assemble(f"{one.system:<15}", plain(f"{group:<11} "), plain(since).stylize("$label"))
    return Content.assemble(sign, told if there else told.stylize("$hint"))


def _results(taken: Sequence[SubjectLine]) -> Iterator[Row]:
    for line in taken:
        latest, *before = line.sittings[::-1]
        growth = growth_cell(Cell(latest, before[0] if before else None).growth)
        yield Fact(line.subject.name, Content.assemble(level_cell(latest.level), f" {latest.number:>4}  ", growth))
    if not taken:
        yield NO_RESULTS
