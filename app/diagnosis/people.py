"""People who are missing or differ from ESIS: changed since the last exchange, never updated, gone here but not
there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Any

from peewee import fn

from app import clock
from app.counted import counted, plural
from app.couplings import requirements
from app.diagnosis.coupling_status import CouplingStatus
from app.exchange.names import full_name
from app.partners.causes import WAIT, Cause, Copies
from app.school.people.status import Status, has_status
from app.targets import Contacts
from models.history import ADDED, DELETED, Change
from models.school import Group, Guardian, Placement, Pupil, PupilGuardian, StaffMember

SOURCES: dict[str, Any] = {"pupil": Pupil, "guardian": Guardian, "staff": StaffMember}
WORDS = {
    "pupil": ("leerling", "leerlingen"),
    "guardian": ("verzorger", "verzorgers"),
    "staff": ("medewerker", "medewerkers"),
}
NAMED = 2
_INSTANT = timedelta(microseconds=1)


def entered_since(case: CouplingStatus) -> Iterator[Cause]:
    """What was entered in ESIS after the partner's last request, and when it arrives (sources.md#known-problems b)."""
    coming, side = case.explanation.coming, case.side
    if coming is None or side is None or side.until is None or not case.works:
        return
    for begin, end in pairwise(_stretches(case, side.until)):
        pupils, groups = _changed_pupils(case, begin, end), _changed_groups(case, begin, end)
        parts = [counted(pupils, "leerling", "leerlingen")] if pupils else []
        parts += [counted(groups, "groep", "groepen")] if groups else []
        if parts:
            what = plural(pupils + groups, "is", "zijn")
            since = clock.dutch_moment(begin)
            yield Cause(
                f"{' en '.join(parts)} {what} na {since} in ESIS ingevoerd of gewijzigd.",
                coming(end - _INSTANT, case.now),
                WAIT,
                wrong=False,
            )


def not_taken_over(case: CouplingStatus) -> Iterator[Cause]:
    """People changed in ESIS whose record at the partner stays as it is (sources.md#mijnschoolinfo, 2;
    sources.md#known-problems f).
    """
    for copies in case.explanation.copies if case.takes_part else ():
        mine = SOURCES[copies.kind]
        differs = reduce(or_, (_unlike(getattr(copies.model, name), getattr(mine, name)) for name in copies.fields))
        query = _kept(case, copies).join(mine, on=(copies.model.esis_id == mine.id))
        query = query.where(copies.model.changed_at.is_null(), differs)
        if number := query.count():
            verb = plural(number, "staat", "staan")
            yield Cause(
                f"{_told(copies, query, number)} {verb} in {case.system} anders dan in ESIS: een wijziging van "
                "persoonsgegevens in ESIS komt daar nooit.",
                f"Wijzig dat ook in {case.system}, of laat de verzorger dat doen.",
                case.explanation.on(copies.page),
            )


def gone_here(case: CouplingStatus) -> Iterator[Cause]:
    """People who left ESIS but stay at the partner until the year transition (sources.md#mijnschoolinfo, 3;
    sources.md#known-problems g).
    """
    here = {
        "pupil": Pupil.select(Pupil.id).where(Pupil.location == case.location, has_status(Status.ENROLLED, case.today)),
        "staff": StaffMember.select(StaffMember.id).where(StaffMember.location == case.location, StaffMember.active),
    }
    for copies in case.explanation.copies:
        if copies.kind not in here or case.side is None:
            continue
        query = _kept(case, copies).where(copies.model.esis_id.not_in(here[copies.kind]))
        if number := query.count():
            verb, goes = plural(number, ("staat", "gaat"), ("staan", "gaan"))
            yield Cause(
                f"{_told(copies, query, number)} {verb} niet meer in ESIS en nog wel in {case.system}.",
                f"Zo hoort het: pas na de jaarovergang {goes} dat weg. Moet het eerder, verwijder dan in {case.system}.",
                case.explanation.on(copies.page),
                wrong=False,
            )


def without_address(case: CouplingStatus) -> Iterator[Cause]:
    """Guardians without an e-mail address, where the coupling requires one and can still receive it
    (sources.md#known-problems e).
    """
    if case.is_transfer or not case.kind.needs_contacts:
        return
    if case.coupling is None:
        number = len(requirements.lacking(case.location, case.today))
        why = f"{case.title} kan niet worden geactiveerd: {counted(number, 'gegeven ontbreekt', 'gegevens ontbreken')}."
    else:
        number = _new_without_address(case)
        are = plural(number, "heeft", "hebben")
        why = (
            f"{counted(number, 'nieuwe verzorger', 'nieuwe verzorgers')} {are} in ESIS geen e-mailadres en kan straks "
        )
        why += "niet inloggen."
    if number:
        yield Cause(why, "Vul de bereikbaarheid van de verzorgers in.", Contacts(case.job))


def _stretches(case: CouplingStatus, since: datetime) -> list[datetime]:
    """The period from `since` until now; split at 17:00 if only the 17:00 state is sent and that time has passed."""
    edges = [since, case.now + _INSTANT]
    passed = clock.next_at(case.now - timedelta(days=1), clock.CUT_OFF)
    if case.explanation.copies and since < passed <= case.now:
        edges.insert(1, passed)
    return edges


def _changed_pupils(case: CouplingStatus, begin: datetime, end: datetime) -> int:
    """How many pupils changed; a partner that keeps copies gets only new pupils, and added groups and guardians."""
    what: Any = True
    kinds = [_table(model) for model in (Pupil, Placement)]
    if case.explanation.copies:
        added = (Change.kind == _table(Pupil)) & (Change.action == ADDED)
        what = added | (Change.kind.in_([_table(Placement), _table(PupilGuardian)]) & (Change.action != DELETED))
        kinds.append(_table(PupilGuardian))
    here = Pupil.select(Pupil.id).where(Pupil.location == case.location, Pupil.enrolled_from <= case.today)
    return _count(case, Change.pupil_id, kinds, begin, end, what, Change.pupil_id.in_(here))


def _changed_groups(case: CouplingStatus, begin: datetime, end: datetime) -> int:
    """How many groups that are exchanged changed."""
    here = Group.select(Group.id).where(
        Group.location == case.location,
        Group.school_year == case.school_year,
        (Group.kind == "basis") | Group.available_to_couplings,
    )
    return _count(case, Change.record_id, [_table(Group)], begin, end, Change.record_id.in_(here))


def _count(case: CouplingStatus, what: Any, kinds: Sequence[str], begin: datetime, end: datetime, *where: Any) -> int:
    found: int = (
        Change.select(fn.COUNT(what.distinct()))
        .where(Change.board == case.actor.board, Change.kind.in_(kinds), Change.at >= begin, Change.at < end, *where)
        .scalar()
    )
    return found


def _kept(case: CouplingStatus, copies: Copies) -> Any:
    """The partner's records of this kind that came from ESIS and were not deleted there."""
    account = copies.model.school.rel_model
    mine = account.select(account.id).where(account.location == case.location)
    return copies.model.select(copies.model).where(
        copies.model.school.in_(mine), copies.model.esis_id.is_null(False), copies.model.deleted_at.is_null()
    )


def _new_without_address(case: CouplingStatus) -> int:
    """How many guardians without an address have not been sent yet."""
    known = [
        _kept(case, copies).select(copies.model.esis_id)
        for copies in case.explanation.copies
        if copies.kind == "guardian"
    ]
    query = (
        Guardian.select(Guardian.id)
        .join(PupilGuardian)
        .join(Pupil)
        .where(
            Pupil.location == case.location,
            has_status(Status.ENROLLED, case.today),
            Guardian.email == "",
            *(Guardian.id.not_in(there) for there in known),
        )
        .distinct()
    )
    return int(query.count())


def _unlike(there: Any, here: Any) -> Any:
    """Whether two columns differ, when either may be null."""
    return (there != here) | (there.is_null() & here.is_null(False)) | (there.is_null(False) & here.is_null())


def _told(copies: Copies, query: Any, number: int) -> str:
    """`Leerling Fenna Bakker`, or `3 leerlingen (Fenna Bakker, Sem de Boer, ...)`."""
    names = [_name(row) for row in query.order_by(copies.model.id).limit(NAMED)]
    one, more = WORDS[copies.kind]
    if number == 1:
        return f"{one.capitalize()} {names[0]}"
    return f"{number} {more} ({', '.join(names)}{', ...' if number > len(names) else ''})"


def _name(row: Any) -> str:
    return str(row.name) if hasattr(row, "name") else full_name(row.first_name, row.prefix, row.last_name)


def _table(model: Any) -> str:
    return str(model._meta.table_name)
