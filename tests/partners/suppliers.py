"""The suppliers of results side by side, so that their common behaviour is tested with each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.access import Actor
from app.clock import PRACTICE_START
from app.couplings import lifecycle
from app.partners.connecting import Connection
from app.partners.gynzy import connection as gynzy
from app.partners.gynzy import methods, pulling
from app.partners.iep_lvs import connection as iep
from app.partners.results_supplier import connecting, sitting
from app.partners.results_supplier.supplier import Supplier
from app.training.boards import open_partner_accounts
from models.assessment import ActiveAssessment
from models.board import Location
from models.partners.iep_lvs import IepGroup, IepPupil
from models.run import Run
from models.school import Pupil
from tests.builders import make_actor, make_board, make_group, make_pupil
from tests.partners.nights import Ended, run_job

CODE, OTHER = "99QQ001234567890abcd", "99QQ00eenheelandere1"
GROUP = "6"


@dataclass(frozen=True)
class Side:
    """A supplier as a test needs it; each of `assessments` gives one result for each pupil of group 6."""

    supplier: Supplier
    know_pupils: Callable[[Any], None]
    assessments: tuple[str, str]
    """As ESIS calls them."""
    typed: tuple[str, str] | None = None
    """As one types what is sat, where that is something else."""

    @property
    def type(self) -> str:
        """The coupling's type."""
        return self.supplier.id

    def make_results(self, school: Any, which: int = 0) -> int:
        """Let group 6 make results, one a pupil."""
        return sitting.sit(self.supplier, school, (self.typed or self.assessments)[which], GROUP)

    def school_of(self, location: Location) -> Any:
        """The account of a location."""
        return self.supplier.account_of(location)

    def connect(self, school: Any, code: str) -> Connection:
        """The supplier's half."""
        return connecting.connect(self.supplier, school, code)

    def activate(self, actor: Actor, code: str = CODE) -> None:
        """ESIS's half."""
        lifecycle.activate(actor, self.type, "A. de Vries", True, code)

    def coupled(self, pupils: int = 3) -> tuple[Actor, Any]:
        """Both halves on, and a group 6 of pupils that both sides know, with both assessments on in ESIS."""
        actor = make_actor(make_board())
        open_partner_accounts(actor.location)
        group = make_group(actor.location)
        for number in range(pupils):
            make_pupil(group, key=f"{number:03d}")
        for assessment in self.assessments:
            ActiveAssessment.create(location=actor.location, assessment=assessment)
        self.activate(actor)
        school = self.school_of(actor.location)
        assert self.connect(school, CODE).ok
        self.know_pupils(self.school_of(actor.location))
        return actor, self.school_of(actor.location)

    def run(self, actor: Actor, day: int = 1) -> Run:
        """A new run in the slot of a later day."""
        slot = PRACTICE_START.replace(hour=4) + timedelta(days=day)
        run = Run.create(board=actor.board, location=actor.location, job=self.type, slot=slot, not_before=slot)
        return Run.get_by_id(run.id)

    def night(self, actor: Actor, day: int = 1) -> Ended:
        """The whole run of a later day; it is done then."""
        run = self.run(actor, day)
        ended = run_job(run, self.type)
        Run.update(state="succeeded").where(Run.id == run.id).execute()
        return ended


def _as_basispoort_did(school: Any) -> None:
    IepGroup.create(school=school, key="g6", name=GROUP, year_group="6")
    for pupil in Pupil.select().where(Pupil.location == school.location):
        IepPupil.create(
            school=school, key=pupil.key, eckid=pupil.eckid, first_name=pupil.first_name, year_group="6", group_key="g6"
        )


def _pulled_and_on(school: Any) -> None:
    assert pulling.pull(school, PRACTICE_START).cursor is None
    for name in ("rekenen", "spelling"):
        methods.switch(school, name, True)


IEP = Side(iep.SUPPLIER, _as_basispoort_did, ("lezen-6", "taalverzorging-6"))
GYNZY = Side(gynzy.SUPPLIER, _pulled_and_on, ("gynzy-rekenen-6", "gynzy-spelling-6"), ("rekenen", "spelling"))
SIDES = (IEP, GYNZY)
