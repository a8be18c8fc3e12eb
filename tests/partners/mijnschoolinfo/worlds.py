"""A small school coupled with Mijnschoolinfo, and the contents of Mijnschoolinfo in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app import clock
from app.access import Actor
from app.couplings import lifecycle
from app.partners.mijnschoolinfo import account, lists
from app.school.people import enrolment, guardians
from app.school.people.guardians import GuardianForm
from app.school.people.pupil_form import PupilForm
from models.board import Board
from models.partners.mijnschoolinfo import MsiSchool
from models.school import Group, Pupil
from tests.builders import make_actor, make_board, make_group
from tests.partners.nights import Ended, advance, of_job

BORN = date(2010, 2, 2)
CODE = "99QQ00mijnschoolinfo1"


@dataclass(frozen=True)
class World:
    """The school at ESIS and at Mijnschoolinfo."""

    actor: Actor
    school: MsiSchool
    groups: dict[str, Group]

    def enrol(self, name: str, group: str = "6", since: date | None = None, guardian: str = "") -> Pupil:
        """Enrol `Roepnaam Achternaam`, with a guardian of that last name unless another is named."""
        first, _, last = name.partition(" ")
        carer = guardian or f"Ouder {last} <ouder.{last.lower()}@voorbeeld.nl>"
        form = PupilForm(first_name=first, last_name=last, birth_date=BORN)
        return enrolment.enrol(self.actor, form, self.groups[group], since, carers=[guardians.parse(carer)]).pupil

    def rename(self, pupil: Pupil, first_name: str) -> None:
        """Change the roepnaam in ESIS."""
        enrolment.change(
            self.actor, pupil, PupilForm(first_name=first_name, last_name=pupil.last_name, birth_date=BORN)
        )

    def to(self, moment: str) -> list[Ended]:
        """Move school time, with every night on the way; the deliveries of Mijnschoolinfo."""
        return of_job(advance(self.actor.board, clock.parse_moment(moment)), account.ID)

    def names(self) -> dict[str, tuple[str, ...]]:
        """Pupil -> groups, as Mijnschoolinfo has them."""
        return {row.name: row.belongs for row in lists.pupils(self.fresh())}

    def carers(self) -> dict[str, tuple[str, ...]]:
        """Guardian -> pupils, as Mijnschoolinfo has them."""
        return {row.name: row.belongs for row in lists.guardians(self.fresh())}

    def fresh(self) -> MsiSchool:
        """The account as it is now."""
        return MsiSchool.get_by_id(self.school.id)

    def id_of(self, kind: str, name: str) -> int:
        """The number of a pupil or guardian at Mijnschoolinfo."""
        rows = {"pupil": lists.pupils, "guardian": lists.guardians, "staff": lists.staff}[kind](self.fresh())
        return next(row.id for row in rows if row.name == name)


def uncoupled(now: str = "2020-04-14T09:00") -> World:
    """Groups 6 and 7 at ESIS and an empty account."""
    board: Board = make_board(clock.parse_moment(now))
    actor = make_actor(board)
    groups = {name: make_group(actor.location, name, name) for name in ("6", "7")}
    return World(actor, account.open_account(actor.location, ""), groups)


def coupled(now: str = "2020-04-14T09:00") -> World:
    """The same, coupled on both sides, before the first delivery."""
    world = uncoupled(now)
    couple(world)
    return world


def couple(world: World) -> None:
    """Both halves of the coupling."""
    lifecycle.activate(world.actor, account.ID, "Rovict", True, CODE)
    assert account.connect(world.school, CODE).ok


def carer(name: str, email: str) -> GuardianForm:
    """A guardian as typed."""
    return GuardianForm(name, email)
