"""The daily delivery of the state of 17:00 (sources.md#times, 03:30): applying it page by page, and what ends it.

There are three kinds: the first one, and the first after a year transition, report everybody; all others report only
what changed since the previous one, so a night costs what changed. A year transition is detected by the school year.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from peewee import JOIN, fn

from app import clock
from app.counted import plural
from app.exchange.contacts import ContactsAnswer, ContactsRequest
from app.partners.mijnschoolinfo import account, settling, waiting
from app.partners.mijnschoolinfo.apply_delivery import Taking
from app.partners.mijnschoolinfo.lines import Action, Kind, Lines, in_numbers, summed_up
from app.partners.mijnschoolinfo.matching import full_name
from app.runs import Job, Page, Skip
from app.webservice import contacts
from app.webservice.authorisation import check_not_stopped, locations_with_coupling
from app.webservice.faults import CouplingStopped
from models.partners.mijnschoolinfo import (
    ESIS,
    OWN,
    MsiClass,
    MsiDelivery,
    MsiGroup,
    MsiGuardian,
    MsiLine,
    MsiLink,
    MsiPupil,
    MsiSchool,
)
from models.run import Run

FIRST, NIGHT, YEAR = "first", "night", "year"
NOT_SET_UP = "In Mijnschoolinfo is de verificatiecode nog niet ingevuld (Koppeling > Koppeling ESIS)."


def receiving_locations(board_id: int, day: date) -> list[int]:
    """The locations with an account and the coupling live in ESIS (also when paused) before the slot."""
    coupled = locations_with_coupling(board_id, account.ID, clock.local(day, clock.CONTACTS))
    rows = MsiSchool.select(MsiSchool.location).where(MsiSchool.location.in_(coupled))
    return [row.location_id for row in rows.order_by(MsiSchool.location)]


def deliver(school: MsiSchool, slot: datetime, cursor: str) -> Page:
    """Apply the next page; the cursor holds the kind of delivery and the number of the last pupil reported.

    Raises `Skip` when ESIS's side is paused or this one not set up, else what the web service raises.
    """
    try:
        check_not_stopped(school.location_id, account.ID)
        if not school.code:
            raise Skip(NOT_SET_UP)
        if not account.leads(school):
            _switch_on(school, slot)
        kind, after = _position(school, cursor)
        kind, answer = _ask(school, slot, kind, after)
    except CouplingStopped as stopped:
        raise Skip(stopped.sentence) from stopped
    delivery = _of_slot(school, slot, kind)
    taking = Taking(school, slot, exact=kind == YEAR, first=school.delivered_to is None)
    if taking.exact and not after:
        taking.begin_year()
    taking.groups(answer.groups, answer.school_year)
    if not after:
        taking.staff(answer.staff)
    counts = taking.pupils(answer.pupils, after, answer.last)
    if answer.last is None:
        counts += settling.settle(taking)
        _end(school, kind, answer.school_year, taking.lines)
    taking.lines.keep(delivery)
    acted = taking.exact or bool(taking.lines.rows)
    if answer.last is not None:
        return Page(f"{kind}:{answer.last}", counts, acted=acted)
    return Page(None, counts, _close(school, delivery, answer.school_year), acted=acted)


def _position(school: MsiSchool, cursor: str) -> tuple[str, int]:
    if not cursor:
        return FIRST if school.delivered_to is None else NIGHT, 0
    kind, _, after = cursor.partition(":")
    return kind, int(after)


def _ask(school: MsiSchool, slot: datetime, kind: str, after: int) -> tuple[str, ContactsAnswer]:
    """Request a page from ESIS; returns the actual kind of delivery with it."""
    since = school.delivered_to if kind == NIGHT else None
    request = ContactsRequest(
        account.authorisation(school),
        account.reference(school, slot),
        clock.cut_off_before(slot),
        since,
        also=waiting.asked_again(school),
        after=after,
    )
    answer = contacts.pull_contacts(school.location.board_id, request)
    turned_out = _kind_in(school, kind, answer.school_year)
    return (kind, answer) if turned_out == kind else _ask(school, slot, turned_out, after)


def _kind_in(school: MsiSchool, kind: str, school_year: str) -> str:
    """The kind of delivery implied by the school year.

    A later year means that a year transition was carried out, possibly while the coupling was off; an earlier one means
    that the transition was undone and its groups are gone. Either way everybody is asked for.
    """
    if school.school_year and school_year > school.school_year:
        return YEAR
    return FIRST if school_year < school.school_year else kind


def _switch_on(school: MsiSchool, slot: datetime) -> None:
    """Switch the coupling on, now that ESIS knows the code that was entered earlier."""
    contacts.test(school.location.board_id, account.authorisation(school), account.reference(school, slot))
    school.connected_at, school.last_test = slot, account.CONNECTED
    school.save(only=(MsiSchool.connected_at, MsiSchool.last_test))


def _of_slot(school: MsiSchool, slot: datetime, kind: str) -> MsiDelivery:
    delivery: MsiDelivery | None = MsiDelivery.get_or_none(MsiDelivery.school == school, MsiDelivery.at == slot)
    return delivery or MsiDelivery.create(school=school, at=slot, cut_off=clock.cut_off_before(slot), kind=kind)


def _end(school: MsiSchool, kind: str, school_year: str, lines: Lines) -> None:
    """Finish the delivery once everybody has been reported."""
    if school_year < school.school_year:  # the transition was undone: the layout from before it is right again
        school.check_layout = False
    if kind == YEAR:
        _end_groups(school, school_year, lines)
        _end_guardians(school, waiting.carers_of_pupils(school), lines)
        _tell_own(school, lines)
        if MsiClass.select().where(MsiClass.school == school).exists():
            school.check_layout = True


def _end_groups(school: MsiSchool, school_year: str, lines: Lines) -> None:
    """End ESIS groups that are not of the new year (rule 4b)."""
    ended = MsiGroup.select().where(
        MsiGroup.school == school, MsiGroup.origin == ESIS, MsiGroup.school_year != school_year
    )
    for group in list(ended.order_by(MsiGroup.id)):
        lines.add(
            Kind.GROUP, Action.REMOVED, group.name, "van het oude schooljaar; wie blijft, staat in de nieuwe groep"
        )
        group.delete_instance()


def _end_guardians(school: MsiSchool, staying: set[int], lines: Lines) -> None:
    """Remove guardians whose children have all left the school (rule 5), when a child has just left.

    A child is at the school as long as ESIS reports it, also while it is on the list of doubts (`staying`: its
    guardians). A guardian deleted or unlinked in ESIS stays with the child here (rule 3).
    """
    childless = (
        MsiGuardian.select(MsiGuardian)
        .join(MsiLink, JOIN.LEFT_OUTER)
        .where(MsiGuardian.school == school, MsiGuardian.left_child, MsiLink.id.is_null())
        .order_by(MsiGuardian.id)
    )
    gone = [row for row in childless if row.esis_id not in staying]
    for guardian in gone:
        if guardian.deleted_at is None:
            lines.add(Kind.GUARDIAN, Action.REMOVED, guardian.name, "geen kind meer op school")
    for start in range(0, len(gone), 500):
        MsiGuardian.delete().where(MsiGuardian.id.in_([row.id for row in gone[start : start + 500]])).execute()
    MsiGuardian.update(left_child=False).where(MsiGuardian.school == school, MsiGuardian.left_child).execute()


def _tell_own(school: MsiSchool, lines: Lines) -> None:
    """Report records created here: they stay until somebody deletes them (rule 7)."""
    for group in (
        MsiGroup.select().where(MsiGroup.school == school, MsiGroup.origin == OWN).order_by(MsiGroup.sort_name)
    ):
        lines.add(Kind.GROUP, Action.STAYS, group.name, "zelf aangemaakt; verwijder hem zelf als dat nodig is")
    for pupil in MsiPupil.select().where(MsiPupil.school == school, MsiPupil.origin == OWN).order_by(MsiPupil.id):
        lines.add(
            Kind.PUPIL, Action.STAYS, full_name(pupil), "zelf aangemaakt; verwijder de leerling zelf als dat nodig is"
        )


def _close(school: MsiSchool, delivery: MsiDelivery, school_year: str) -> str:
    school.delivered_to, school.school_year = delivery.cut_off, school_year
    school.save(only=(MsiSchool.delivered_to, MsiSchool.school_year, MsiSchool.check_layout))
    delivery.done, delivery.note = True, _note(school, delivery)
    delivery.save(only=(MsiDelivery.done, MsiDelivery.note))
    return str(delivery.note)


def _note(school: MsiSchool, delivery: MsiDelivery) -> str:
    numbers: Any = (
        MsiLine.select(MsiLine.kind, MsiLine.action, fn.COUNT(MsiLine.id))
        .where(MsiLine.delivery == delivery)
        .group_by(MsiLine.kind, MsiLine.action)
        .tuples()
    )
    found = list(numbers)
    sentences = [summed_up(found)]
    doubts = len(waiting.to_decide(school))
    if doubts:
        sentences.append(f"{doubts} op de twijfellijst in Mijnschoolinfo.")
    cannot = _without_email(delivery)
    if cannot:
        verb = plural(cannot, "kan", "kunnen")
        sentences.append(f"{in_numbers(Kind.GUARDIAN, cannot)} {verb} niet inloggen: geen geldig e-mailadres.")
    stays = sum(number for _, action, number in found if action == Action.STAYS)
    if stays:
        sentences.append(f"{stays} zelf aangemaakt in Mijnschoolinfo: dat blijft staan.")
    if delivery.kind == YEAR and school.check_layout:
        sentences.append("Controleer de klassenindeling.")
    return " ".join(part for part in sentences if part)


def _without_email(delivery: MsiDelivery) -> int:
    """How many guardians added by this delivery cannot sign in."""
    return int(
        MsiLine.select()
        .where(
            MsiLine.delivery == delivery, MsiLine.kind == Kind.GUARDIAN, MsiLine.detail.startswith("kan niet inloggen")
        )
        .count()
    )


JOB = Job(
    name=account.ID,
    title="ESIS naar Mijnschoolinfo: groepen, leerlingen, verzorgers en medewerkers",
    at=clock.CONTACTS,
    wanted=receiving_locations,
    page=lambda run, cursor: deliver(_school(run), run.slot, cursor),
)


def _school(run: Run) -> MsiSchool:
    school: MsiSchool = MsiSchool.get(MsiSchool.location == run.location_id)
    return school
