"""Starting states with Mijnschoolinfo."""

from __future__ import annotations

from dataclasses import replace

from app import clock
from app.access import Actor
from app.partners.mijnschoolinfo import account, editing, layout, lists
from app.school.people import enrolment
from app.school.people.pupil_form import PupilForm
from app.school.transition import planning
from app.training.situations import PUPIL, Situation, complete_contacts, coupled, morning, pupil_with, to
from app.workers.walker import walk_to_the_end
from models.board import Board


def _coupled(actor: Actor) -> None:
    complete_contacts(actor)
    coupled(actor, account.ID)
    morning(actor)


def _name_changed(actor: Actor, pupil: str = "", name: str = "Jara") -> None:
    _coupled(actor)
    row = pupil_with(actor, pupil)
    enrolment.change(actor, row, replace(PupilForm.of(row), first_name=name))
    morning(actor)


def _pupil_left(actor: Actor, pupil: str = "") -> None:
    _coupled(actor)
    today = clock.school_today(Board.get_by_id(actor.board.id))
    enrolment.unsubscribe(actor, pupil_with(actor, pupil), today, "Verhuisd")
    morning(actor)


def _year_passed(actor: Actor, own: str = "BSO", classroom: str = "Musical") -> None:
    _coupled(actor)
    school = account.school_of(actor.location)
    oldest = [row.id for row in lists.pupils(school) if "8" in row.belongs][:3]
    youngest = [row.id for row in lists.pupils(school) if "2" in row.belongs][:3]
    editing.add_group(school, own, youngest)
    layout.arrange(school, classroom, oldest + youngest)
    to(actor, clock.parse_moment("2020-08-03T09:00"))
    planning.propose(actor)
    planning.confirm(actor)
    walk_to_the_end(actor.board.id)
    morning(actor)


SITUATIONS: tuple[Situation, ...] = (
    Situation("mijnschoolinfo", "Mijnschoolinfo is gekoppeld en de eerste levering is er", _coupled),
    Situation(
        "name-changed",
        "Een naam is in ESIS gewijzigd nadat Mijnschoolinfo hem had",
        _name_changed,
        parameters={"pupil": PUPIL, "name": "de roepnaam die het werd"},
    ),
    Situation(
        "pupil-left",
        "Een leerling is uitgeschreven en staat nog in Mijnschoolinfo",
        _pupil_left,
        parameters={"pupil": PUPIL},
    ),
    Situation(
        "year-passed",
        "De jaarovergang is uitgevoerd; Mijnschoolinfo heeft een eigen groep en een indeling",
        _year_passed,
        clock.parse_moment("2020-07-28T09:00"),
        {"own": "de naam van de eigen groep", "classroom": "de naam van de klas"},
    ),
)
