"""Couplings, their consent and their logbook."""

from __future__ import annotations

from peewee import SQL, DateField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, MomentField, ShortText
from models.board import Board, Location


class Coupling(BaseModel):
    """One type of coupling at one location, from one activation to its end."""

    board = ForeignKeyField(Board, backref="couplings", on_delete="CASCADE")
    board_id: int
    location = ForeignKeyField(Location, backref="couplings", on_delete="CASCADE")
    location_id: int
    type = ShortText(max_length=40)
    state = ShortText(max_length=10)
    """`active`, `paused` (no verification code) or `ended`."""
    start_date = DateField()
    code = ShortText(max_length=50, null=True)
    """The verification code; NULL while paused and once ended."""
    activated_by = ShortText(max_length=50)
    consent_name = ShortText(max_length=200)
    """The consenting person's name (Uw naam), as typed."""
    terms_version = ShortText(max_length=20)
    consent_at = MomentField()
    ended_at = MomentField(null=True)
    shown = ShortText(max_length=64, default="")
    """A digest of the code that the partner last used successfully, also in an earlier activation; empty: never."""

    class Meta:
        constraints = [
            SQL("CHECK (state IN ('active', 'paused', 'ended'))"),
            SQL("CHECK ((state = 'active') = (code IS NOT NULL))"),
        ]


Coupling.add_index(
    Coupling.index(
        Coupling.location,
        Coupling.type,
        unique=True,
        where=(Coupling.state != "ended"),
        name="coupling_one_live_a_type",
    )
)
Coupling.add_index(
    Coupling.index(
        Coupling.board,
        Coupling.code,
        unique=True,
        where=Coupling.code.is_null(False),
        name="coupling_code_once_a_board",
    )
)


class LogEntry(BaseModel):
    """A line in the koppelingenlogboek. Triggers prevent changes, and deletion outside a reset."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    location = ForeignKeyField(Location, null=True, on_delete="CASCADE")
    location_id: int | None
    coupling = ShortText(max_length=40)
    """The type, as in `iep-lvs`; `basispoort` for transfer 1."""
    at = MomentField()
    """School time."""
    user = ShortText(max_length=50, default="")
    """The user; empty for automatic actions."""
    source = ShortText(max_length=20)
    """The origin: `scherm`, `opdrachtregel`, `nacht`, `webservice`."""
    kind = ShortText(max_length=30)
    message = TextField()
    counts = TextField(default="")
    """The run's counts as JSON, or empty."""
    run_id = IntegerField(null=True)

    class Meta:
        indexes = ((("location", "at", "id"), False), (("board", "at", "id"), False))
