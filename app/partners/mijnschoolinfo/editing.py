"""Editing in Mijnschoolinfo itself: change, add, delete, restore, and settle doubts (rules 1, 2, 3 and 7).

Changes made here stay, whatever ESIS reports later. Once the coupling is on, people are added in ESIS; by hand only own
groups and pupils in them. What is deleted here does not come back until somebody restores it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.access import standing_still
from app.exchange.names import folded
from app.partners.mijnschoolinfo import account, waiting
from app.partners.mijnschoolinfo.fields import COLUMNS, checked, in_words
from app.partners.mijnschoolinfo.lines import Kind
from app.partners.mijnschoolinfo.matching import full_name
from app.partners.mijnschoolinfo.waiting import Waiting
from app.refusals import NotFound, Refused
from models.partners.mijnschoolinfo import (
    ESIS,
    OWN,
    MsiDoubt,
    MsiGroup,
    MsiGuardian,
    MsiLink,
    MsiMembership,
    MsiPupil,
    MsiRecord,
    MsiSchool,
    MsiStaff,
)

NEW_PUPILS, NEW_GUARDIANS = "nieuwe leerlingen inschrijven doet u", "nieuwe verzorgers toevoegen doet u"
"""What must be done in ESIS once the coupling is on; completes "..., dus ... in ESIS"."""


class By(StrEnum):
    """Who makes a change here."""

    GUARDIAN = "verzorger"
    ADMINISTRATOR = "beheerder"


class EsisLeads(Refused):
    """The coupling is on, so new people must come from ESIS."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"De koppeling met ESIS staat aan, dus {what} in ESIS. Hier kunt u alleen eigen groepen maken, met leerlingen "
            "daarin."
        )


class ChangedHere(Refused):
    """Somebody else changed the record since it was read; `now` has its current values by field."""

    def __init__(self, record: MsiRecord, seen: Mapping[str, Any]) -> None:
        self.now = {name: getattr(record, name) for name in seen}
        other = [name for name, value in seen.items() if self.now[name] != value]
        told = " ".join(f"{COLUMNS[name].verbose_name} is nu {in_words(self.now[name])}." for name in other)
        super().__init__(
            f"De {record.changed_by} heeft dit intussen gewijzigd. {told} Er is niets opgeslagen; wat u invulde, staat er nog.",
            field=other[0],
        )


@dataclass(frozen=True)
class PupilForm:
    """A pupil as typed; `group` is the number of a group created here, or None."""

    first_name: str
    last_name: str
    prefix: str = ""
    birth_date: date | None = None
    group: int | None = None
    key: str = ""


KINDS: dict[str, Any] = {"pupil": MsiPupil, "guardian": MsiGuardian, "staff": MsiStaff}
_DUTCH = {"pupil": "Leerling", "guardian": "Verzorger", "staff": "Medewerker"}


def get(school: MsiSchool, kind: str, number: int, deleted: bool = False) -> Any:
    """The pupil, guardian or staff member with this number, also if deleted here. Raises `NotFound`."""
    model = KINDS[kind]
    row = model.get_or_none(model.id == number, model.school == school, model.deleted_at.is_null(not deleted))
    if row is None:
        where = "op de lijst Verwijderd van" if deleted else "in"
        raise NotFound(f"{_DUTCH[kind]} {number} staat niet {where} Mijnschoolinfo.")
    return row


def name_of(record: Any) -> str:
    """The display name of a record."""
    return str(record.name) if hasattr(record, "name") else full_name(record)


def change(
    school: MsiSchool,
    kind: str,
    number: int,
    values: Mapping[str, Any],
    by: By = By.GUARDIAN,
    seen: Mapping[str, Any] | None = None,
) -> Any:
    """Change personal data here and record who did. `seen` has the values when editing started.

    Raises `Refused` for a field, `NotFound`, or `ChangedHere` if the values differ from `seen` by now.
    """
    with _writing(school) as now:
        record = get(school, kind, number)
        if seen is not None and any(getattr(record, name) != value for name, value in seen.items()):
            raise ChangedHere(record, seen)
        kept = {name: checked(name, value, now.date()) for name, value in values.items()}
        if any(getattr(record, name) != value for name, value in kept.items()):
            for name, value in kept.items():
                setattr(record, name, value)
            record.changed_by, record.changed_at = str(by), now
            record.save(only=(*kept, "changed_by", "changed_at"))
        return record


def add_pupil(school: MsiSchool, form: PupilForm) -> MsiPupil:
    """Add a pupil by hand; once the coupling is on, only to a group created here.

    Raises `Refused` for a field, `EsisLeads`, or `NotFound` for the group.
    """
    with _writing(school) as now:
        if account.leads(school) and form.group is None:
            raise EsisLeads(NEW_PUPILS)
        group = None if form.group is None else own_group(school, form.group)
        names = ("key", "first_name", "prefix", "last_name", "birth_date")
        values = {name: checked(name, getattr(form, name), now.date()) for name in names}
        pupil = MsiPupil.create(school=school, since=now.date(), **values)
        if group is not None:
            MsiMembership.create(group=group, pupil=pupil)
        return pupil


def add_guardian(school: MsiSchool, name: str, email: str, phone: str, pupil_ids: Sequence[int]) -> MsiGuardian:
    """Add a guardian of these pupils by hand. Raises `Refused` for a field, `EsisLeads` or `NotFound`."""
    with _writing(school) as now:
        if account.leads(school):
            raise EsisLeads(NEW_GUARDIANS)
        children = [get(school, "pupil", number) for number in pupil_ids]
        guardian = MsiGuardian.create(
            school=school,
            since=now.date(),
            name=checked("name", name, now.date()),
            email=checked("email", email, now.date()),
            phone=checked("phone", phone, now.date()),
        )
        for child in children:
            MsiLink.create(guardian=guardian, pupil=child)
        return guardian


def add_group(school: MsiSchool, name: str, pupil_ids: Sequence[int] = ()) -> MsiGroup:
    """Create a group with these pupils (BSO, instromers). Raises `Refused` for the name, or `NotFound`."""
    with _writing(school) as now:
        kept = checked("group", name, now.date())
        if _named(school, kept) is not None:
            raise Refused(f"Er is al een groep {kept}. Kies een andere naam.", field="group")
        members = [get(school, "pupil", number) for number in dict.fromkeys(pupil_ids)]
        group = MsiGroup.create(school=school, since=now.date(), name=kept)
        for pupil in members:
            MsiMembership.create(group=group, pupil=pupil)
        return group


def put_in(school: MsiSchool, group_id: int, pupil_ids: Sequence[int]) -> int:
    """Set the pupils of a group created here; returns how many changed. Raises `NotFound` or `Refused`."""
    with _writing(school):
        group = own_group(school, group_id)
        wanted = {get(school, "pupil", number).id for number in pupil_ids}
        present = {row.pupil_id for row in MsiMembership.select().where(MsiMembership.group == group)}
        for number in wanted - present:
            MsiMembership.create(group=group, pupil=number)
        gone = list(present - wanted)
        MsiMembership.delete().where(MsiMembership.group == group, MsiMembership.pupil.in_(gone)).execute()
        return len(wanted ^ present)


def delete_group(school: MsiSchool, name: str) -> MsiGroup:
    """Delete a group created here; its pupils stay. Raises `NotFound`, or `Refused` for an ESIS group."""
    with _writing(school):
        group = find_group(school, name)
        if group.origin == ESIS:
            raise Refused(f"Groep {group.name} komt uit ESIS; zij gaat hier weg na de jaarovergang.", field="group")
        group.delete_instance()
        return group


def delete(school: MsiSchool, kind: str, number: int) -> str:
    """Delete somebody here and return the name.

    A person from ESIS does not come back by itself; one created here is gone. Raises `NotFound`.
    """
    with _writing(school) as now:
        record = get(school, kind, number)
        if record.origin == OWN:
            record.delete_instance()
        else:
            record.deleted_at = now
            record.save(only=("deleted_at",))
        return name_of(record)


def restore(school: MsiSchool, kind: str, number: int) -> Any:
    """Restore somebody who was deleted here (Terugzetten), unchanged. Raises `NotFound`."""
    with _writing(school):
        record = get(school, kind, number, deleted=True)
        record.deleted_at = None
        record.save(only=("deleted_at",))
        return record


def settle(school: MsiSchool, doubt_id: int, same_as: int | None) -> MsiDoubt:
    """Decide that an ESIS person is an existing record, or (None) somebody else; takes effect with the next delivery.

    Raises `NotFound`, or `Refused` for an impossible match.
    """
    with _writing(school):
        doubt: MsiDoubt | None = MsiDoubt.get_or_none(MsiDoubt.id == doubt_id, MsiDoubt.school == school)
        if doubt is None:
            raise NotFound("Deze twijfel is er niet meer: er is intussen over beslist.")
        now = {one.here for one in Waiting(school).candidates(doubt)}
        if same_as is not None:
            _check_free(doubt, same_as)
            if same_as not in now:
                raise Refused("Kies een van de voorgestelde personen, of 'iemand anders'.", field="same_as")
        doubt.decided, doubt.same_as = True, same_as
        doubt.candidates = waiting.text_of(now) if same_as is None else ""
        doubt.save(only=("decided", "same_as", "candidates"))
        return doubt


def find_group(school: MsiSchool, name: str) -> MsiGroup:
    """The group with this name, preferring one created here over one from ESIS. Raises `NotFound`."""
    group = _named(school, name.strip())
    if group is None:
        raise NotFound(f"Er is geen groep '{name.strip()}' in Mijnschoolinfo.", field="group")
    return group


def own_group(school: MsiSchool, number: int) -> MsiGroup:
    """A group created here. Raises `NotFound`, or `Refused` for an ESIS group."""
    group: MsiGroup | None = MsiGroup.get_or_none(MsiGroup.id == number, MsiGroup.school == school)
    if group is None:
        raise NotFound(f"Groep {number} staat niet in Mijnschoolinfo.", field="group")
    if group.origin == ESIS:
        raise Refused(
            f"Groep {group.name} komt uit ESIS: wie erin zit, bepaalt ESIS. Kies een eigen groep.", field="group"
        )
    return group


def _check_free(doubt: MsiDoubt, same_as: int) -> None:
    """Raise `Refused` for a record that is gone, comes from ESIS by now, or was chosen for another doubt."""
    model = {str(kind): model for kind, model in ((Kind.PUPIL, MsiPupil), (Kind.GUARDIAN, MsiGuardian))}[doubt.kind]
    if not model.select().where(model.id == same_as, model.school == doubt.school, model.origin == OWN).exists():
        raise Refused(
            "Deze persoon is intussen verwijderd, of als iemand anders herkend. Kies opnieuw.", field="same_as"
        )
    other = MsiDoubt.get_or_none(
        MsiDoubt.school == doubt.school,
        MsiDoubt.kind == doubt.kind,
        MsiDoubt.decided,
        MsiDoubt.same_as == same_as,
        MsiDoubt.id != doubt.id,
    )
    if other is not None:
        raise Refused(
            f"Deze persoon is al gekozen voor {other.name}. Kies een ander, of 'iemand anders'.", field="same_as"
        )


@contextmanager
def _writing(school: MsiSchool) -> Iterator[datetime]:
    """A transaction while school time stands still, with a fresh `connected_at`; afterwards drops stale decisions."""
    with standing_still(school.location.board_id) as now:
        school.connected_at = MsiSchool.get_by_id(school.id).connected_at
        yield now
        waiting.end_decisions(school)


def _named(school: MsiSchool, name: str) -> MsiGroup | None:
    groups = MsiGroup.select().where(MsiGroup.school == school).order_by(MsiGroup.origin.desc(), MsiGroup.id)
    return next((group for group in groups if folded(group.name) == folded(name)), None)
