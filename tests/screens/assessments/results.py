"""The practice board with what IEP LVS has delivered; shared by the tests of the screens about results."""

from __future__ import annotations

from datetime import date

from app.access import Actor, actor_for, find_user
from app.clock import school_now
from app.exchange.uwlr import ResultData
from app.school.assessment import entering, entry_sheets, results
from models.base import database
from models.board import Board
from models.partners.iep_lvs import IepPupil, IepSchool, IepSitting
from models.school import Group

VALUES = ("assessment", "part", "date", "level", "score", "reference_level")


def rovict(board: Board) -> Actor:
    return actor_for(find_user(board, "rovict"))


def delivered(board: Board) -> Actor:
    """Everything that was sat came in, as after a night; the director."""
    actor = rovict(board)
    school = IepSchool.get(IepSchool.location == actor.location)
    sat = IepSitting.select(IepSitting, IepPupil).join(IepPupil).where(IepSitting.school == school)
    rows = [
        ResultData(
            key=row.key, pupil_key=row.pupil.key, pupil_eckid="", **{name: getattr(row, name) for name in VALUES}
        )
        for row in sat.order_by(IepSitting.id)
    ]
    with database.atomic():
        for start in range(0, len(rows), 250):
            results.receive(actor.location, "iep-lvs", rows[start : start + 250], school_now(board))
    return actor


def group_six(actor: Actor) -> Group:
    return next(group for group in entry_sheets.group_choices(actor) if group.name == "6")


def typed_in(actor: Actor, assessment: str, day: date, *scores: str) -> None:
    """Scores for the first pupils of group 6."""
    shown = entry_sheets.sheet(actor, group_six(actor).id, assessment, "", day)
    entering.save(actor, shown, {row.field: text for row, text in zip(shown.rows, scores, strict=False)}, shown.seen)
