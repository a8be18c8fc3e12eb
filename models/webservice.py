"""What the web service knows besides the partners: other suppliers, messages, disturbances, and another ESIS to talk to."""

from __future__ import annotations

from peewee import SQL, BlobField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, MomentField, ShortText
from models.board import Board


class Supplier(BaseModel):
    """A supplier whose own software calls the web service, in the place of a partner: with the partner's coupling."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    code = ShortText(max_length=64, verbose_name="Klantcode")
    name = ShortText(max_length=64, verbose_name="Klantnaam")
    coupling = ShortText(max_length=40, verbose_name="Koppeling")
    """The type of the coupling whose verification code is its autorisatiesleutel."""

    class Meta:
        indexes = ((("board", "code"), True),)


class ExchangedMessage(BaseModel):
    """A call of the web service: who, what, how it went and why, and what went over the line, without secrets."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    at = MomentField()
    """Wall time: when it came."""
    supplier = ShortText(max_length=64, default="")
    """The klantcode, also of a supplier that is not known."""
    address = ShortText(max_length=200, default="")
    """The path, without the host."""
    client = ShortText(max_length=64, default="")
    """The address of the caller."""
    operation = ShortText(max_length=40, default="")
    outcome = ShortText(max_length=10)
    """`accepted`, `refused` (the caller's) or `failed` (ours, or a disturbance)."""
    fault = ShortText(max_length=60, default="")
    rule = ShortText(max_length=20, default="")
    line = IntegerField(default=0)
    column = IntegerField(default=0, column_name="at_column")
    xpath = TextField(default="")
    found = TextField(default="")
    expected = TextField(default="")
    nearest = TextField(default="")
    later = TextField(default="[]")
    """What would be refused next, as JSON: `[[rule, sentence], ...]`."""
    remarks = TextField(default="[]")
    """What was forgiven, in the same form."""
    told = TextField(default="")
    """How it went, in a sentence."""
    size = IntegerField(default=0)
    """Bytes of the request."""
    answer_size = IntegerField(default=0)
    ms = IntegerField(default=0)
    status = IntegerField(default=0)
    """The status of HTTP; 0 where none was sent."""
    request = BlobField(default=b"")
    """The beginning of what came, without secrets and, unless bodies are kept, without personal data."""
    answer = BlobField(default=b"")

    class Meta:
        indexes = ((("board", "id"), False),)
        constraints = [SQL("CHECK (outcome IN ('accepted', 'refused', 'failed'))")]


class ServiceFault(BaseModel):
    """A disturbance of the web service that a trainer or a test has set: for whom, when, and what happens then."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    supplier = ShortText(max_length=64, default="")
    """The klantcode; empty: every supplier."""
    operation = ShortText(max_length=40, default="")
    """Empty: every operation."""
    kind = ShortText(max_length=60)
    """A fault code of UWLR, or a disturbance (`app/uwlr/disturbing.py`)."""
    nth = IntegerField(default=0)
    """Only at the n-th call that it fits; 0: at every one."""
    chance = IntegerField(default=100)
    """Percent of the calls, drawn with `seed`: the same seed gives the same calls."""
    seed = IntegerField(default=1)
    calls = IntegerField(default=0)
    """The number of calls that it fitted so far."""
    seconds = IntegerField(default=0)
    """How long an answer takes that is slow or drips; 0: as `app/uwlr/disturbing.py` says."""


class OtherEsis(BaseModel):
    """That a partner talks to another ESIS over HTTP instead of this one, and how it is known there."""

    board = ForeignKeyField(Board, on_delete="CASCADE")
    board_id: int
    partner = ShortText(max_length=40)
    """The id of the partner."""
    pupils = ShortText(max_length=500)
    """The address of the service that gives pupils."""
    results = ShortText(max_length=500)
    """The address of the service that takes results."""
    client_code = ShortText(max_length=64, verbose_name="Klantcode")
    client_name = ShortText(max_length=64, verbose_name="Klantnaam")
    key = ShortText(max_length=64, default="", verbose_name="Autorisatiesleutel")
    """Only for a partner at which no verification code is typed."""
    authority = TextField(default="")
    """The path of a file in PEM, as the two below it; empty: none."""
    certificate = TextField(default="")
    certificate_key = TextField(default="")

    class Meta:
        indexes = ((("board", "partner"), True),)
