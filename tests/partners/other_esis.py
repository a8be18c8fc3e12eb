"""Two boards on one database: one with partner programs, and one that is the other ESIS, behind a web service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.access import Actor
from app.clock import PRACTICE_START
from app.other_esis.setting import Elsewhere
from app.partners import elsewhere
from app.partners.gynzy import methods
from app.permissions import Role
from app.runs import Holder, claim
from app.training.boards import open_partner_accounts
from app.uwlr.addresses import OF_PUPILS, OF_RESULTS
from app.uwlr.handling import Manner
from app.uwlr.server import Service
from app.workers.execution import execute
from app.workers.schedule import all_jobs, job_of
from models.assessment import ActiveAssessment
from models.base import database
from models.board import Board
from models.partners.iep_lvs import IepGroup, IepPupil
from models.run import Run
from tests.builders import make_actor, make_board, make_group, make_pupil
from tests.partners.suppliers import CODE, GYNZY, Side
from tests.uwlr.serving import threaded

KEYS = ("1", "2", "3")
LEASE = 5.0


@dataclass
class Two:
    """The actor and the trainer of the board with the partners, and the actor of the other ESIS."""

    here: Actor
    trainer: Actor
    there: Actor

    def other(self, root: str, **more: Any) -> Elsewhere:
        """The other ESIS below this address."""
        return Elsewhere(f"{root}{OF_PUPILS}", f"{root}{OF_RESULTS}", "", "", **more)

    def talk(self, side: Side, root: str) -> Any:
        """Let the supplier talk to it, with its code; the account."""
        elsewhere.choose(self.trainer, side.type, self.other(root))
        told = side.connect(side.school_of(self.here.location), CODE)
        assert told.ok, told.sentence
        return side.school_of(self.here.location)

    def planned(self, job: str, day: int = 1, hour: int = 4) -> Run:
        """A run in the slot of a later day, which it is now."""
        slot = PRACTICE_START.replace(hour=hour) + timedelta(days=day)
        Board.update(now=slot).where(Board.id == self.here.board.id).execute()
        return Run.create(board=self.here.board, location=self.here.location, job=job, slot=slot, not_before=slot)

    def tried(self, run: Run) -> Run:
        """Try it, as a worker does."""
        Board.update(now=Run.get_by_id(run.id).not_before).where(Board.id == self.here.board.id).execute()
        holder = Holder.here(LEASE, alone=True)
        claimed = claim(run.id, holder)
        assert claimed is not None
        execute(claimed, job_of(claimed, all_jobs()), holder)
        return Run.get_by_id(run.id)


def two_boards(side: Side, keys: tuple[str, ...] = KEYS) -> Two:
    """Both, with the supplier's coupling active in the other ESIS, and its first assessment on there."""
    here, there = make_board(), make_board()
    two = Two(make_actor(here), make_actor(here, Role.TRAINER), make_actor(there))
    open_partner_accounts(two.here.location)
    group = make_group(two.there.location)
    for key in keys:
        make_pupil(group, key=key)
    ActiveAssessment.create(location=two.there.location, assessment=side.assessments[0])
    side.activate(two.there)
    return two


def know_pupils(two: Two, side: Side, keys: tuple[str, ...] = KEYS) -> None:
    """As if the pupils were pulled before."""
    school = side.school_of(two.here.location)
    if side is GYNZY:
        two.tried(two.planned("gynzy", 0))
        for name in ("rekenen", "spelling"):
            methods.switch(side.school_of(two.here.location), name, True)
        return
    IepGroup.create(school=school, key="g6", name="6", year_group="6")
    for key in keys:
        IepPupil.create(school=school, key=key, first_name="x", year_group="6", group_key="g6")


@contextmanager
def served(two: Two, manner: Manner | None = None) -> Iterator[str]:
    """The other ESIS behind its web service; the address."""
    board = two.there.board.id
    with threaded(Service(lambda _slug: board, manner or Manner()).application) as root:
        yield root
    database.connect(reuse_if_open=True)
