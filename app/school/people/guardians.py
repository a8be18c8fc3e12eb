"""The guardians (verzorgers) of pupils, with their contact details (bereikbaarheid).

A guardian may care for several pupils of the board, also at different locations: adding one with the name and e-mail
address of an existing guardian of the board links that one (`like_guardians.py` finds others who may be the same, to
warn about or choose). Required for changes: `Permission.EDIT_PUPILS` at a location of one of the pupils; a role that
sees pupils sees their guardians too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from app.access import Actor, at_location, writing
from app.exchange.names import full_name
from app.history import check_unchanged
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.fields import Described, Text
from app.school.people import pupils
from app.school.people.contact import OR_EMPTY, Email, Phone
from app.school.people.like_guardians import LikeGuardian, like_guardians
from app.school.people.resembling import locations_seen
from models.board import Location
from models.school import Guardian, Pupil, PupilGuardian


@dataclass(frozen=True)
class GuardianForm(Described):
    """A guardian as typed."""

    name: Annotated[str, Text(Guardian.name, required=True)]
    email: Annotated[str, Email(Guardian.email)] = ""
    phone: Annotated[str, Phone(Guardian.phone)] = ""
    relation: Annotated[str, Text(PupilGuardian.relation)] = ""
    """To this pupil: `moeder`, `vader` ..."""


@dataclass(frozen=True)
class GuardianRow:
    """A guardian in a list, with the pupils that the user may see."""

    id: int
    name: str
    email: str
    phone: str
    pupils: tuple[str, ...]
    """Their leerlingnummers."""
    names: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The fields of sources.md#json."""
        return {"id": self.id, "name": self.name, "email": self.email, "pupils": list(self.pupils)}


def parse(text: str) -> GuardianForm:
    """Parse `Naam <adres@school.nl>`, as commands write a guardian; the address is optional. Raises `Refused`."""
    name, opened, rest = text.strip().partition("<")
    email, closed, after = rest.partition(">")
    if bool(opened) != bool(closed) or after or ">" in name or "@" in name or "<" in email:
        raise Refused(f"'{text}' is geen verzorger. Schrijf: Naam <adres@voorbeeld.nl>.", field="guardian")
    return GuardianForm(name.strip(), email).checked()


def listed(actor: Actor, pupil: Pupil | None = None) -> list[GuardianRow]:
    """Return the guardians of the visible pupils, or of one of them, by name; of every status. Raises `NotAllowed`."""
    actor.require(Permission.VIEW_OWN_PUPILS)
    seen = pupils.visible(actor).select(Pupil.id)
    links = (
        PupilGuardian.select(PupilGuardian, Guardian, Pupil)
        .join(Guardian)
        .switch(PupilGuardian)
        .join(Pupil)
        .where(Pupil.id.in_(seen))
        .order_by(Guardian.sort_name, Guardian.id, Pupil.sort_name, Pupil.id)
    )
    if pupil is not None:
        mine = PupilGuardian.select(PupilGuardian.guardian).where(PupilGuardian.pupil == pupil)
        links = links.where(PupilGuardian.guardian.in_(mine))
    return _rows(list(links))


def add(actor: Actor, pupil: Pupil, form: GuardianForm, same: int | None = None) -> Guardian:
    """Add a guardian to a pupil, or link an existing one: with this name and e-mail address, or with id `same`, one of
    those who may be the same (`warned`), whose name and address stay.

    Raises `Refused` for a field, or for a guardian the pupil already has.
    """
    with writing(actor, Permission.EDIT_PUPILS):
        own, data = _own_pupil(actor, pupil), form.checked()
        guardian = _chosen(actor, own, data, same) or Guardian.create(board=actor.board, **data.columns(Guardian))
        if PupilGuardian.select().where(PupilGuardian.pupil == own, PupilGuardian.guardian == guardian).exists():
            raise Refused(f"{data.name} is al verzorger van {_name(own)}.", field="name")
        PupilGuardian.create(pupil=own, guardian=guardian, **data.columns(PupilGuardian))
        return guardian


def change(
    actor: Actor, guardian_id: int, form: GuardianForm, pupil: Pupil | None = None, seen: int | None = None
) -> Guardian:
    """Change a guardian for all pupils, and the relation to `pupil` if given.

    Raises `Refused` for a field, `NotFound`, and `ChangedMeanwhile` when it was changed after `seen`.
    """
    with writing(actor, Permission.EDIT_PUPILS):
        guardian = get(actor, guardian_id)
        check_unchanged(guardian, seen)
        data = form.checked()
        data.fill(guardian)
        guardian.save()
        if pupil is not None:
            link = (PupilGuardian.pupil == _own_pupil(actor, pupil)) & (PupilGuardian.guardian == guardian)
            PupilGuardian.update(data.columns(PupilGuardian)).where(link).execute()
        return guardian


def set_email(actor: Actor, tie_id: int, email: str) -> Guardian:
    """Give the guardian of a tie this e-mail address, and leave everything else as it is.

    Raises `Refused` for an address that is none, or when somebody else may be the same guardian by it: the form asks.
    """
    tie = PupilGuardian.get_or_none(PupilGuardian.id == tie_id)
    if tie is None:
        raise NotFound("Deze verzorger staat niet meer bij deze leerling.", field="email")
    pupil = _own_pupil(actor, tie.pupil)
    try:
        form = replace(GuardianForm.of(tie.guardian, tie), email=email).checked()
    except Refused as refusal:  # here the address is asked for
        raise Refused(refusal.sentence.replace(OR_EMPTY, ""), field=refusal.field) from None
    if not form.email:
        raise Refused("Vul een e-mailadres in.", field="email")
    for one in alike(actor, form, pupil, tie.guardian_id):
        raise Refused(f"{one.sentence} Open met Enter in de lijst het formulier van de verzorger.", field="email")
    return change(actor, tie.guardian_id, form, pupil)


def delete(actor: Actor, guardian_id: int) -> str:
    """Delete a guardian for all pupils; return the name. Links to pupils the actor may not change stay."""
    with writing(actor, Permission.EDIT_PUPILS):
        guardian = get(actor, guardian_id)
        links = list(PupilGuardian.select(PupilGuardian, Pupil).join(Pupil).where(PupilGuardian.guardian == guardian))
        mine = {
            location: at_location(actor, Location.get_by_id(location)).may(Permission.EDIT_PUPILS)
            for location in {link.pupil.location_id for link in links}
        }
        if all(mine.values()):
            guardian.delete_instance()
        else:
            ended = [link.id for link in links if mine[link.pupil.location_id]]
            PupilGuardian.delete().where(PupilGuardian.id.in_(ended)).execute()
        return str(guardian.name)


def unlink(actor: Actor, pupil: Pupil, guardian_id: int) -> str:
    """Remove a guardian from one pupil, and delete one without pupils. Returns the name."""
    with writing(actor, Permission.EDIT_PUPILS):
        own, guardian = _own_pupil(actor, pupil), get(actor, guardian_id)
        PupilGuardian.delete().where(PupilGuardian.pupil == own, PupilGuardian.guardian == guardian).execute()
        if not PupilGuardian.select().where(PupilGuardian.guardian == guardian).exists():
            guardian.delete_instance()
        return str(guardian.name)


def get(actor: Actor, guardian_id: int) -> Guardian:
    """Return the guardian with this id, of a pupil of the location. Raises `NotFound`."""
    cares_here = (
        PupilGuardian.select(PupilGuardian.guardian)
        .join(Pupil)
        .where(Pupil.location == actor.location, PupilGuardian.guardian == guardian_id)
    )
    guardian = Guardian.get_or_none(Guardian.id.in_(cares_here), Guardian.board == actor.board)
    if guardian is None:
        raise NotFound(
            f"Verzorger {guardian_id} is er niet op vestiging {actor.location.brin6}. Zie: esis guardian list.",
            field="guardian",
        )
    return guardian


def alike(actor: Actor, form: GuardianForm, pupil: Pupil | None, but_not: int = 0) -> list[LikeGuardian]:
    """The guardians who may be the same as in this (checked) form for a pupil, except one that `add` links
    automatically. `but_not` is the id of the guardian the form is about, if any.
    """
    actor.require(Permission.EDIT_PUPILS)
    children = [pupil.id] if pupil else [link.pupil_id for link in _links(but_not)]
    locations = [location.id for location in locations_seen(actor)]
    found = like_guardians(actor.board.id, form.name, form.email, children, locations)
    if not but_not and any(one.sure for one in found):
        return []
    return [one for one in found if one.id != but_not and one.pupils]


def warned(actor: Actor, form: GuardianForm, pupil: Pupil | None, but_not: int = 0) -> tuple[str, ...]:
    """The same, as sentences."""
    return tuple(one.sentence for one in alike(actor, form, pupil, but_not))


def _chosen(actor: Actor, pupil: Pupil, data: GuardianForm, same: int | None) -> Guardian | None:
    found = like_guardians(actor.board.id, data.name, data.email, [pupil.id], ())
    number = next((one.id for one in found if (one.sure if same is None else one.id == same)), None)
    if number is None and same is not None:
        raise NotFound("Deze verzorger is er niet (meer), of lijkt niet meer op deze.", field="name")
    return None if number is None else Guardian.get_by_id(number)


def _links(guardian_id: int) -> Any:
    return PupilGuardian.select().where(PupilGuardian.guardian == guardian_id)


def _own_pupil(actor: Actor, pupil: Pupil) -> Pupil:
    row = Pupil.get_or_none(Pupil.id == pupil.id, Pupil.location == actor.location)
    if row is None:
        raise NotFound(f"Leerling {pupil.key} staat niet op vestiging {actor.location.brin6}.", field="pupil")
    return row


def _rows(links: Sequence[PupilGuardian]) -> list[GuardianRow]:
    found: dict[int, tuple[Guardian, list[Pupil]]] = {}
    for link in links:
        found.setdefault(link.guardian_id, (link.guardian, []))[1].append(link.pupil)
    return [
        GuardianRow(
            guardian.id,
            guardian.name,
            guardian.email,
            guardian.phone,
            tuple(pupil.key for pupil in cared_for),
            tuple(_name(pupil) for pupil in cared_for),
        )
        for guardian, cared_for in found.values()
    ]


def _name(pupil: Pupil) -> str:
    return full_name(pupil.first_name, pupil.prefix, pupil.last_name)
