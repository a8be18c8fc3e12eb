"""The year transition (jaarovergang) of a location: its draft, line by line, and what is needed to undo it.

A line says where a group, pupil or staff member goes; nothing changes until the run applies it. The lines of pupils are
not tracked records, so the history omits them (a draft of 10,000 lines is regenerated in one go); what the run makes of
them is recorded like every other change.
"""

from __future__ import annotations

from peewee import SQL, BooleanField, DateField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, MomentField, ShortText, TrackedModel
from models.board import Board, Location
from models.columns import GroupName
from models.run import Run
from models.school import Group, Pupil, StaffMember


class YearTransition(TrackedModel):
    """The transition of a location from one school year to the next."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    location = ForeignKeyField(Location, on_delete="CASCADE")
    location_id: int
    from_year = ShortText(max_length=9)
    to_year = ShortText(max_length=9)
    state = ShortText(max_length=10, default="draft")
    """`draft`, `confirmed` (planned, running or failed: its run says which) or `done`."""
    seen_change = IntegerField(default=0)
    """The last change of the administration included in the lines."""
    run = ForeignKeyField(Run, null=True, on_delete="SET NULL")
    run_id: int | None
    confirmed_by = ShortText(max_length=50, default="")
    confirmed_at = MomentField(null=True)
    applied_at = MomentField(null=True)
    first_change = IntegerField(default=0)
    """The changes with a higher number, up to `last_change`, are those of the run itself."""
    last_change = IntegerField(default=0)
    report = TextField(default="{}")

    class Meta:
        indexes = ((("location", "to_year"), True),)
        constraints = [SQL("CHECK (state IN ('draft', 'confirmed', 'done'))")]


class TransitionGroup(TrackedModel):
    """A group of the new year; or one of the old year that has no successor (`wanted` is off)."""

    transition = ForeignKeyField(YearTransition, backref="groups", on_delete="CASCADE")
    transition_id: int
    source = ForeignKeyField(Group, null=True, on_delete="SET NULL")
    """The group of the old year that it continues, unless it is new."""
    source_id: int | None
    wanted = BooleanField(default=True)
    name = GroupName()
    kind = ShortText(max_length=10, default="basis")
    year_groups = ShortText(max_length=40, default="")
    available_to_couplings = BooleanField(default=True)
    changed_by = ShortText(max_length=50, default="")
    """Who chose it; empty for a proposal, which follows the administration."""
    key = ShortText(max_length=256, default="")
    """The key the group will have; given when the run begins."""
    group = ForeignKeyField(Group, null=True, on_delete="SET NULL")
    """The group of the new year, once it exists."""
    group_id: int | None
    made = BooleanField(default=False)
    """Whether the run created it; a group that existed already stays when the transition is undone."""


class TransitionPupil(BaseModel):
    """Where a pupil goes."""

    transition = ForeignKeyField(YearTransition, backref="pupils", on_delete="CASCADE", index=False)
    transition_id: int
    pupil = ForeignKeyField(Pupil, on_delete="CASCADE")
    pupil_id: int
    source = ForeignKeyField(Group, null=True, on_delete="SET NULL")
    """The basisgroep of the old year, if any."""
    source_id: int | None
    what = ShortText(max_length=8)
    """See `app.school.transition.rules.What`."""
    group = ForeignKeyField(TransitionGroup, null=True, on_delete="CASCADE")
    """The basisgroep of the new year; none for a pupil who leaves."""
    group_id: int | None
    year_group = ShortText(max_length=2, default="")
    reason = ShortText(max_length=100, default="")
    """Why the pupil is unsubscribed, if leaving."""
    changed_by = ShortText(max_length=50, default="")
    """Who chose it; empty for a proposal, which follows the administration."""
    applied = BooleanField(default=False)
    """Whether the run carried it out: not for pupils who had left by then."""
    before_year_group = ShortText(max_length=2, default="")
    """The pupil's state before the run, to be restored; likewise the next two."""
    before_unsubscribed_on = DateField(null=True)
    before_reason = ShortText(max_length=100, default="")

    class Meta:
        indexes = ((("transition", "pupil"), True),)


class TransitionTeacher(TrackedModel):
    """The group of the new year that a staff member teaches."""

    transition = ForeignKeyField(YearTransition, backref="teachers", on_delete="CASCADE")
    transition_id: int
    staff = ForeignKeyField(StaffMember, on_delete="CASCADE")
    staff_id: int
    source = ForeignKeyField(Group, null=True, on_delete="SET NULL")
    """The group of the old year; none for staff who teach no group."""
    source_id: int | None
    group = ForeignKeyField(TransitionGroup, null=True, on_delete="SET NULL")
    group_id: int | None
    changed_by = ShortText(max_length=50, default="")
