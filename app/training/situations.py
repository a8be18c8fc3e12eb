"""Named starting states of a practice board: the start of a lesson, or a trainer's choice (`esis reset --to NAME`).

Each is made on a fresh practice board through the use cases that people use, and by nights that really passed. So a
situation is never a state that could not have arisen. What differs in one may be named: `pupil-left pupil=1077`, with
`_` for each space of a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from app import access, clock
from app.access import Actor
from app.check_kinds import spaced
from app.couplings import catalogue, lifecycle, requirements
from app.partners import registry
from app.refusals import NotFound, Refused
from app.school import group_editing, members
from app.school.group_editing import GroupForm
from app.school.people import enrolment, guardians, pupils
from app.school.people.guardians import GuardianForm
from app.school.people.pupil_form import PupilForm
from app.training import partners, supplier_practice
from app.workers import school_time
from app.workers.walker import walk_to_the_end
from models.board import Board
from models.school import Group, Placement, Pupil, PupilGuardian

BEGIN = "begin"
_VALUE = re.compile(r"[\w'().-]{1,60}")
PUPIL = "het leerlingnummer"
GROUP = "de groep die de toets maakt: 5, 6 of 7"
CODE = "de verificatiecode in ESIS"


@dataclass(frozen=True)
class Situation:
    """A starting state: its name, its description in Dutch, and how it is made."""

    name: str
    """With what was chosen for its parameters: `pupil-left pupil=1077`."""
    title: str
    make: Callable[..., None]
    """Takes the actor, and what was chosen for each parameter by its name."""
    begins: datetime = clock.PRACTICE_START
    """The school time at which the board is created, before anything happens."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """What may be chosen, and what it is in Dutch."""

    def chosen(self, given: Mapping[str, str]) -> Situation:
        """The same with these choices. Raises `Refused` for what cannot be one."""
        for name, value in given.items():
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "niets"
                raise Refused(f"Bij beginstand '{self.name}' is '{name}' niet te kiezen; wel: {known}.", field="board")
            if not _VALUE.fullmatch(value):
                raise Refused(f"'{value}' kan geen {name} van een beginstand zijn.", field="board")
        written = " ".join([self.name, *(f"{name}={given[name]}" for name in self.parameters if name in given)])
        words = {name: spaced(value) for name, value in given.items()}
        return replace(self, name=written, make=partial(self.make, **words)) if given else self


def all_situations() -> tuple[Situation, ...]:
    """Every starting state: the first state, then those with a partner in the order in which ESIS offers them."""
    first, *others = OF_ESIS
    found: dict[str, tuple[Situation, ...]] = registry.declared(partners, "SITUATIONS")
    return (first, *(one for partner in sorted(found, key=catalogue.place) for one in found[partner]), *others)


def find(name: str) -> Situation:
    """The situation with this name, and what is chosen behind it: `pupil-left pupil=1077`.

    Raises `NotFound` naming the existing ones, or `Refused` for a choice that there is not.
    """
    asked, *chosen = name.split() or [""]
    known = {situation.name: situation for situation in all_situations()}
    if asked.lower() not in known:
        raise NotFound(f"Beginstand '{asked}' bestaat niet. Er zijn: {', '.join(known)}.", field="board")
    given: dict[str, str] = {}
    for one in chosen:
        parameter, equals, value = one.partition("=")
        if not (equals and value) or parameter in given:
            raise Refused(f"'{one}' is geen keuze bij een beginstand. Schrijf bijvoorbeeld pupil=1077.", field="board")
        given[parameter] = value
    return known[asked.lower()].chosen(given)


def bring_about(board: Board, situation: Situation) -> None:
    """Take a practice board from its first state to a situation. Raises `Refused` if it is not in its first state."""
    situation.make(access.actor_for(access.find_user(board, "rovict")))


def code(actor: Actor, partner: str) -> str:
    """The verification code on both sides in these situations."""
    return f"{actor.location.brin6}{registry.by_id(partner).practice_code}"


def to(actor: Actor, moment: datetime) -> None:
    """Advance school time to a moment, with everything that falls due. Raises `Refused` if somebody stops it."""
    school_time.advance(actor, moment)
    walk_to_the_end(actor.board.id)
    if (reached := clock.school_now(actor.board)) < moment:
        raise Refused(f"De schooltijd is onderweg gestopt, op {clock.dutch_moment(reached)}.")


def morning(actor: Actor) -> None:
    """Advance by one night."""
    to(actor, school_time.morning_after(clock.school_now(Board.get_by_id(actor.board.id))))


def activated(actor: Actor, partner: str, chosen: str = "") -> None:
    """Activate the coupling on ESIS's side, with the code of these situations or the chosen one."""
    lifecycle.activate(actor, partner, "R. de Vries", True, chosen or code(actor, partner))


def coupled(actor: Actor, partner: str, chosen: str = "") -> None:
    """Couple both sides, now, with the code of these situations or the chosen one."""
    activated(actor, partner, chosen)
    connect = registry.by_id(partner).connect
    assert connect is not None, f"{partner} has no half of a coupling"
    connect(actor.location, chosen or code(actor, partner))


def _enrolled_today(actor: Actor) -> None:
    group = Group.get(Group.location == actor.location, Group.name == "6")
    enrolment.enrol(actor, PupilForm("Noor", "Nieuwkomer", birth_date=date(2009, 11, 3)), group)


def complete_contacts(actor: Actor) -> None:
    """Give every guardian an e-mail address, as if the school had asked for them."""
    for lack in requirements.lacking(actor.location, clock.school_today(actor.board)):
        link = PupilGuardian.get_by_id(lack.link_id)
        address = f"verzorger{link.guardian_id}@voorbeeld.nl"
        form = GuardianForm(link.guardian.name, address, link.guardian.phone, link.relation)
        guardians.change(actor, link.guardian_id, form)


def pupil_of_six(actor: Actor, number: int = 0) -> Pupil:
    """A pupil of group 6, by name."""
    six = Group.get(Group.location == actor.location, Group.name == "6")
    rows = Pupil.select().join(Placement).where(Placement.group == six).order_by(Pupil.sort_name, Pupil.id)
    found: Pupil = rows[number]
    return found


def pupil_with(actor: Actor, key: str) -> Pupil:
    """The pupil with this leerlingnummer; the first of group 6 if it is empty. Raises `NotFound`."""
    return pupils.get(actor, key) if key else pupil_of_six(actor)


def _group_kept(actor: Actor, name: str = "Rekengroep") -> None:
    extra = group_editing.add(actor, GroupForm(name, "6", "instructie", False))
    members.change_members(actor, extra, [pupil_of_six(actor, number).id for number in range(4)], [])
    morning(actor)


def _nothing(_actor: Actor) -> None:
    """Do nothing: the first state itself."""


def _supplier(actor: Actor) -> None:
    """A supplier of one's own, as `esis webservice --practice` makes it."""
    supplier_practice.set_up(actor.board)


OF_ESIS = (
    Situation(BEGIN, "Het oefenbestuur zoals het begint: nog geen koppeling geactiveerd", _nothing),
    Situation("enrolled-today", "Er is vanmorgen een leerling ingeschreven in groep 6", _enrolled_today),
    Situation(
        "group-kept",
        "Een instructiegroep is niet in koppelingen beschikbaar",
        _group_kept,
        parameters={"name": "de naam van de groep"},
    ),
    Situation(
        "supplier", "Een leverancier met eigen software kan berichten sturen, in de plaats van IEP LVS", _supplier
    ),
)
