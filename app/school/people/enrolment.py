"""Enrolling, changing, moving and unsubscribing pupils: the use cases of Leerlingenadministratie.

Rules: one basisgroep per school year (also enforced by the database); a leerlingnummer is unique within the board and
never reused (changing it: `renumbering.py`); pupils who left are kept. What is merely unlikely (age, a duplicate) is a
warning, not a refusal. Required: `Permission.EDIT_PUPILS`. The numbers and the checks on dates are our choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha512
from itertools import count

from peewee import SQL, Case, fn

from app import clock
from app.access import Actor, writing
from app.exchange.identity import Person
from app.exchange.names import full_name, is_typed
from app.exchange.recognising import Register
from app.history import check_unchanged
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school import years
from app.school.groups import GroupKind
from app.school.keys import give_up, was_used
from app.school.people import guardians, leaving, placing
from app.school.people.guardians import GuardianForm
from app.school.people.pupil_form import (
    REASON,
    PupilForm,
    age_warning,
    check_enrolled_from,
    check_unsubscribed_on,
)
from app.school.people.resembling import locations_seen, resembling
from models.board import Board, Location
from models.dult import DultPupil
from models.school import Group, Guardian, Placement, Pupil, PupilGuardian

FIRST_KEY = 1001
_SERIES_LENGTH = 9
"""Only leerlingnummers of at most nine digits belong to the series that new ones continue."""
_DOUBLES = 3
"""The maximum number of likely duplicates to name."""


@dataclass(frozen=True)
class Outcome:
    """The pupil after a use case, and warnings to show although nothing was refused."""

    pupil: Pupil
    warnings: tuple[str, ...] = ()
    changed: bool = True
    """Whether anything changed; if not, the warning says why."""


def enrol(
    actor: Actor,
    form: PupilForm,
    group: Group,
    since: date | None = None,
    year_group: str = "",
    carers: Sequence[GuardianForm] = (),
) -> Outcome:
    """Enrol a new pupil in a basisgroep from a date (by default today), with the next leerlingnummer.

    For a date in a school year without groups yet, the group of this year indicates where the pupil will start: the
    year transition places the pupil. `year_group` is only needed in a combination group; the default is its lowest.
    Raises `Refused` naming the field: `first_name` ... `birth_date`, `group`, `year_group`, `enrolled_from`.
    """
    with writing(actor, Permission.EDIT_PUPILS) as now:
        today = now.date()
        data = form.checked(today)
        since = check_enrolled_from(since or today, data.born)
        group = placing.own_group(actor, group)
        waits = placing.check_base_group(actor, group, max(since, today), today)
        warnings = warnings_about(actor, data, since)
        key = _next_key(actor.board)
        pupil = Pupil.create(
            board=actor.board,
            location=actor.location,
            key=key,
            eckid=eckid_for(actor.board, key),
            enrolled_from=since,
            year_group=placing.year_group(group, year_group),
            starts_in=group.name if waits else "",
            **data.columns(Pupil),
        )
        if not waits:
            placing.place(pupil, group)
        for carer in carers:
            warnings += guardians.warned(actor, carer.checked(), pupil)
            guardians.add(actor, pupil, carer)
    return Outcome(pupil, warnings)


def change(actor: Actor, pupil: Pupil, form: PupilForm, seen: int | None = None) -> Outcome:
    """Change a pupil's names, birth date and gender; also possible for a pupil who has left.

    Raises `ChangedMeanwhile` when the pupil was changed after `seen` (`history.version`).
    """
    with writing(actor, Permission.EDIT_PUPILS) as now:
        data = form.checked(now.date())
        own = _own(actor, pupil)
        check_unchanged(own, seen)
        if own.enrolled_from < data.born:
            raise Refused(
                f"De geboortedatum ligt na de inschrijving op {clock.dutch_date(own.enrolled_from)}.",
                field="birth_date",
            )
        warnings = warnings_about(actor, data, own.enrolled_from, own)
        data.fill(own)
        own.save()
    return Outcome(own, warnings)


def move(actor: Actor, pupil: Pupil, group: Group, year_group: str = "") -> Outcome:
    """Move a pupil to another basisgroep of the school year; the year group follows the group. Moving to the present
    group changes nothing.
    """
    with writing(actor, Permission.EDIT_PUPILS) as now:
        own = _present(actor, pupil)
        group = placing.own_group(actor, group)
        waits = placing.check_base_group(actor, group, max(own.enrolled_from, now.date()), now.date())
        if (own.starts_in == group.name if waits else placing.sits_in(own, group)) and year_group in (
            "",
            own.year_group,
        ):
            return Outcome(own, (f"{_name(own)} zit al in groep {group.name}. Er is niets gewijzigd.",), changed=False)
        own.year_group = placing.year_group(group, year_group, own.year_group)
        own.starts_in = group.name if waits else ""
        own.save()
        if not waits:
            placing.place(own, group)
    return Outcome(own)


def unsubscribe(actor: Actor, pupil: Pupil, on: date, reason: str) -> Outcome:
    """Unsubscribe a pupil from a date, the first day of absence; groups and results are kept."""
    with writing(actor, Permission.EDIT_PUPILS):
        own = _present(actor, pupil)
        own.unsubscribed_on = check_unsubscribed_on(on, own.enrolled_from)
        own.unsubscribe_reason = REASON.checked(reason)
        own.save()
    return Outcome(own, leaving.warnings_about([own.id], on))


def re_enrol(actor: Actor, pupil: Pupil) -> Outcome:
    """Undo an unsubscription: the pupil is enrolled again as if nothing happened."""
    with writing(actor, Permission.EDIT_PUPILS) as now:
        own = _own(actor, pupil)
        if own.unsubscribed_on is None:
            raise Refused(f"{_name(own)} is niet uitgeschreven.")
        own.unsubscribed_on = None
        own.unsubscribe_reason = ""
        own.save()
        year = years.year_on(own.location, max(own.enrolled_from, now.date()), now.date())
        seated = Placement.select().where(
            Placement.pupil == own, Placement.school_year == year, Placement.kind == GroupKind.BASIS
        )
        missing = () if seated.exists() else (f"{_name(own)} heeft in {year} nog geen basisgroep. Kies er een.",)
    return Outcome(own, missing)


def delete(actor: Actor, pupil: Pupil, confirm: str) -> str:
    """Delete a pupil for good, with placements and results; return the full name. `confirm` is the pupil's roepnaam
    (sources.md#deleting-a-pupil).

    Meant for pupils entered by mistake: those who leave are unsubscribed, and kept. The leerlingnummer is not reused.
    Guardians without other pupils are deleted too. Raises `Refused` for field `confirm`.
    """
    with writing(actor, Permission.EDIT_PUPILS):
        own = _own(actor, pupil)
        if not is_typed(confirm, own.first_name):
            raise Refused(f"U typte '{confirm.strip()}'; typ de roepnaam: {own.first_name}.", field="confirm")
        # Received files must not keep an agreed match with a deleted pupil.
        DultPupil.update(status="unmatched", agreed=False, note="").where(DultPupil.matched == own).execute()
        give_up(actor.board.id, own)
        carers = [link.guardian_id for link in PupilGuardian.select().where(PupilGuardian.pupil == own)]
        own.delete_instance()
        of_nobody = ~fn.EXISTS(PupilGuardian.select(SQL("1")).where(PupilGuardian.guardian == Guardian.id))
        Guardian.delete().where(Guardian.id.in_(carers), of_nobody).execute()
        return _name(own)


def warnings_about(actor: Actor, form: PupilForm, since: date, own: Pupil | None = None) -> tuple[str, ...]:
    """Warnings about a checked form that refuse nothing: an odd age, a likely duplicate."""
    return (*age_warning(form, since), *double_warnings(actor, form, own))


def double_warnings(actor: Actor, form: PupilForm, own: Pupil | None = None) -> tuple[str, ...]:
    """Warn that a checked form may be about a known pupil, by the rules of `app/exchange/identity.py`.

    Pupils of another location only count when the user may see all pupils there; the rest are never mentioned. `own` is
    the pupil the form is about, if any. At most three are named, those of the location first.
    """
    person = Person.of(form, own.key if own else "", eckid=own.eckid if own else "")
    seen = {location.id: location for location in locations_seen(actor)}
    others = [one for one in resembling(list(seen), [person]) if own is None or one.id != own.id]
    others.sort(key=lambda one: one.location_id != actor.location.id)
    found = Register(((one.location_id, one.person), one.person) for one in others).candidates(person)
    return tuple(_double(actor, seen[one.here[0]], one.here[1], one.reason) for one in found[:_DOUBLES])


def _double(actor: Actor, location: Location, double: Person, reason: str) -> str:
    where = "deze vestiging" if location == actor.location else f"vestiging {location.brin6} van het bestuur"
    name = full_name(double.first_name, double.prefix, double.last_name)
    return (
        f"Op {where} staat al een {name}, leerlingnummer {double.number} ({reason}). "
        "Controleer of dit dezelfde leerling is."
    )


def eckid_for(board: Board, key: str) -> str:
    """An ECK iD in the format of the pilot environment, always the same for a leerlingnummer of a board."""
    return f"https://ketenid.nl/pilot/{sha512(f'{board.seed}:{key}'.encode()).hexdigest()}"


def _own(actor: Actor, pupil: Pupil) -> Pupil:
    row = Pupil.get_or_none(Pupil.id == pupil.id, Pupil.location == actor.location)
    if row is None:
        raise NotFound(f"Leerling {pupil.key} staat niet op vestiging {actor.location.brin6}.", field="pupil")
    return row


def _present(actor: Actor, pupil: Pupil) -> Pupil:
    own = _own(actor, pupil)
    if own.unsubscribed_on is not None:
        raise Refused(
            f"{_name(own)} is uitgeschreven per {clock.dutch_date(own.unsubscribed_on)}. "
            "Maak de uitschrijving eerst ongedaan."
        )
    return own


def _next_key(board: Board) -> str:
    """One more than the highest number on the board: numbers of pupils who left or were deleted are never reused."""
    digits = (fn.TRIM(Pupil.key, "0123456789") == "") & (fn.LENGTH(Pupil.key).between(1, _SERIES_LENGTH))
    # CASE, because PostgreSQL may cast before it filters.
    number = Case(None, [(digits, Pupil.key.cast("BIGINT"))], None)
    highest = Pupil.select(fn.MAX(number)).where(Pupil.board == board).scalar() or 0
    locations = Location.select(Location.id).where(Location.board == board)
    for candidate in count(max(int(highest) + 1, FIRST_KEY)):
        taken = Pupil.select().where(Pupil.location.in_(locations), Pupil.key == str(candidate)).exists()
        if not taken and not was_used(Pupil, board.id, str(candidate)):
            return str(candidate)
    raise AssertionError("count() has no end")


def _name(pupil: Pupil) -> str:
    return full_name(pupil.first_name, pupil.prefix, pupil.last_name)
