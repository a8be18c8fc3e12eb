"""Small boards for tests that need no practice board: each call creates a new one with exactly the given contents."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from app.access import Actor, actor_for
from app.clock import PRACTICE_START, wall_now
from app.permissions import Role
from models.board import Board, Location, RoleAssignment, School, User
from models.school import Group, Placement, Pupil
from models.training import LessonEvent, LessonProgress

_numbers = count(1)
YEAR = "2019-2020"


def make_board(now: datetime = PRACTICE_START, brin: str = "99QQ", locations: tuple[str, ...] = ("00",)) -> Board:
    """A board with one school and these locations."""
    board = Board.create(name=f"bestuur {next(_numbers)}", now=now, basispoort_key="basispoort-sleutel")
    school = School.create(board=board, name="De Proef", brin=brin)
    for number in locations:
        Location.create(board=board, school=school, number=number, name=f"Vestiging {number}")
    return board


def location_of(board: Board, number: str = "00") -> Location:
    """The board's location with this number."""
    return Location.get(Location.board == board, Location.number == number)


def make_actor(
    board: Board, role: Role | None = Role.DIRECTIE, number: str = "00", name: str = "", password_hash: str = ""
) -> Actor:
    """A new user with this role on the whole board, at the location."""
    user = User.create(board=board, name=name or f"gebruiker{next(_numbers)}", password_hash=password_hash)
    if role is not None:
        RoleAssignment.create(user=user, role=role)
    return actor_for(user, location_of(board, number))


def make_group(location: Location, name: str = "6", year_groups: str = "6", kind: str = "basis") -> Group:
    """A group of this school year."""
    return Group.create(
        location=location, key=f"G{next(_numbers)}", name=name, kind=kind, school_year=YEAR, year_groups=year_groups
    )


def make_pupil(group: Group, first_name: str = "Anna", last_name: str = "Voorbeeld", key: str = "") -> Pupil:
    """A pupil in this group, enrolled since the school year began."""
    key = key or str(1000 + next(_numbers))
    pupil = Pupil.create(
        board=group.location.board,
        location=group.location,
        key=key,
        eckid=f"https://ketenid.nl/pilot/{key}",
        first_name=first_name,
        last_name=last_name,
        birth_date=date(2010, 1, 1),
        year_group=group.year_groups.split(",")[0],
        enrolled_from=date(2019, 8, 1),
    )
    Placement.create(pupil=pupil, group=group, school_year=group.school_year, kind=group.kind)
    return pupil


def make_exam_half_done(board: Board, learner: str) -> LessonProgress:
    """An exam of toets-staat-uit of which one step of three is done: 2 of 4 points, with a remark that was mended."""
    now = wall_now()
    row: LessonProgress = LessonProgress.create(
        board=board,
        learner=learner,
        lesson="toets-staat-uit",
        mode="exam",
        started_at=now,
        seen_at=now,
        steps=3,
        step=1,
        points=2,
        points_of=4,
    )
    for kind in ("remark", "mended"):
        LessonEvent.create(progress=row, at=now, step=1, kind=kind, detail="assessment rekenen-5 off")
    return row
