"""The toy as a supplier of results, and its night."""

from __future__ import annotations

from typing import Any

from models.partners.toy import ToyGroup, ToyPupil, ToyPuzzle, ToySchool

from app.partners.results_supplier import apply_delivery, connecting, delivering
from app.partners.results_supplier.assessing import Sittable
from app.partners.results_supplier.supplier import Supplier
from app.runs import Page
from app.webservice.pupils import pull_pupils
from fixtures.assessments import supplied_by
from models.run import Run


def puzzles(_school: Any, _name: str) -> Sittable:
    return Sittable("Puzzels", supplied_by("toy"))


SUPPLIER = Supplier(
    id="toy",
    client_name="Toy BV",
    name="Toy",
    account=ToySchool,
    group=ToyGroup,
    pupil=ToyPupil,
    outcome=ToyPuzzle,
    not_set_up="Bij Toy is de koppeling nog niet bevestigd.",
    no_groups="die komen vannacht uit ESIS",
    sittable=puzzles,
)


def night(school: ToySchool, run: Run, cursor: str) -> Page:
    """First the pupils, then the puzzles."""
    step, _, place = cursor.partition(":")
    if step == "push":
        done = delivering.deliver(SUPPLIER, school, run, place)
        return Page(done.cursor and f"push:{done.cursor}", done.counts, done.note)
    with delivering.ready(SUPPLIER, school):
        asked = connecting.authorisation(SUPPLIER, school), connecting.school(school, run.slot)
        answer = pull_pupils(school.location.board_id, *asked, int(place or 0), until=run.slot)
    if answer.keys is not None:
        apply_delivery.take_groups(SUPPLIER, school, answer.groups)
        apply_delivery.let_go(SUPPLIER, school, answer.keys)
    apply_delivery.take_pupils(SUPPLIER, school, answer.pupils)
    ToySchool.update(pulled_at=run.slot).where(ToySchool.id == school.id).execute()
    return Page("push:" if answer.last is None else f"pull:{answer.last}", acted=True)
