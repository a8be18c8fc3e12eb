"""The journal of the web service (Berichtenverkeer): a row for every call, also for what was no message at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from peewee import IntegrityError, fn

from app import clock
from app.access import Actor
from app.exchange.uwlr_xml.rules import RULES, Finding
from app.permissions import Permission
from models.base import database, locked
from models.board import Board
from models.webservice import ExchangedMessage

KEPT = 1000
"""The number of calls kept for a board; the oldest go first."""
_OVER = 50
"""So many more may be there: they go together."""


class Outcome(StrEnum):
    """How a call went: answered, refused for what the caller sent, or not answered for a reason of ours."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"


OUTCOMES = {Outcome.ACCEPTED: "beantwoord", Outcome.REFUSED: "geweigerd", Outcome.FAILED: "mislukt"}
"""On screen."""


@dataclass
class Entry:
    """A call, as it is written down."""

    board_id: int
    at: datetime = field(default_factory=clock.wall_now)
    supplier: str = ""
    address: str = ""
    client: str = ""
    operation: str = ""
    outcome: Outcome = Outcome.ACCEPTED
    fault: str = ""
    finding: Finding | None = None
    later: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    told: str = ""
    size: int = 0
    answer_size: int = 0
    ms: int = 0
    status: int = 0
    request: bytes = b""
    answer: bytes = b""


def write(entry: Entry) -> int:
    """Write a call down, in a transaction of its own; return its number, 0 when its board was removed meanwhile."""
    try:
        return _write(entry)
    except IntegrityError:
        if Board.select().where(Board.id == entry.board_id).exists():
            raise
        return 0


def _write(entry: Entry) -> int:
    found = entry.finding
    with database.atomic():
        row = ExchangedMessage.create(
            board=entry.board_id,
            at=entry.at,
            supplier=_safe(entry.supplier, 64),
            address=_safe(entry.address, 200),
            client=_safe(entry.client, 64),
            operation=_safe(entry.operation, 40),
            outcome=str(entry.outcome),
            fault=entry.fault,
            rule=found.rule.id if found else "",
            line=found.line if found else 0,
            column=found.column if found else 0,
            xpath=_safe(found.xpath if found else "", 2000),
            found=_safe(found.found if found else "", 2000),
            expected=_safe(found.expected if found else "", 2000),
            nearest=_safe(found.nearest if found else "", 2000),
            later=_listed(entry.later),
            remarks=_listed(entry.remarks),
            told=_safe(entry.told, 4000),
            size=min(entry.size, 2**31 - 1),
            answer_size=min(entry.answer_size, 2**31 - 1),
            ms=entry.ms,
            status=entry.status,
            request=entry.request,
            answer=entry.answer,
        )
        _tidy(entry.board_id)
    return int(row.id)


def add_remark(number: int, finding: Finding) -> None:
    """Add what became known of a call after it was written down: a remark, which is told too."""
    with database.atomic():
        row = locked(ExchangedMessage.select().where(ExchangedMessage.id == number)).first()
        if row is None:
            return
        row.remarks = json.dumps([*json.loads(row.remarks), *json.loads(_listed([finding]))], ensure_ascii=False)
        row.told = _safe(f"{row.told} {finding.sentence}".strip(), 4000)
        row.save(only=[ExchangedMessage.remarks, ExchangedMessage.told])


def listed(
    board_id: int, after: int | None = None, limit: int = 200, outcome: str = "", operation: str = ""
) -> list[ExchangedMessage]:
    """The first calls after a number, or the latest; oldest first, without their bodies."""
    if after is None:
        return latest(board_id, limit, outcome, operation)[::-1]
    rows = _rows(board_id, outcome, operation).where(ExchangedMessage.id > after)
    return list(rows.order_by(ExchangedMessage.id).limit(limit))


def latest(board_id: int, limit: int = 2 * KEPT, outcome: str = "", operation: str = "") -> list[ExchangedMessage]:
    """The latest calls, newest first, without their bodies; as many as there are, if no fewer are asked for."""
    return list(_rows(board_id, outcome, operation).order_by(ExchangedMessage.id.desc()).limit(limit))


def numbers(board_id: int, outcome: str = "", operation: str = "") -> list[int]:
    """The numbers of the calls, newest first: a tenth of the work of reading them."""
    rows = _rows(board_id, outcome, operation).select(ExchangedMessage.id).order_by(ExchangedMessage.id.desc())
    return [number for (number,) in rows.tuples()]


def some(board_id: int, wanted: Sequence[int]) -> list[ExchangedMessage]:
    """The calls with these numbers that are there, newest first, without their bodies."""
    rows = _rows(board_id, "", "").where(ExchangedMessage.id.in_(wanted))
    return list(rows.order_by(ExchangedMessage.id.desc()))


def count(board_id: int, outcome: str = "", operation: str = "") -> int:
    """The number of calls that are kept."""
    return int(_rows(board_id, outcome, operation).count())


def state(board_id: int) -> tuple[int, int]:
    """The number of the last call and how many there are: another answer after every change."""
    counted = ExchangedMessage.select(fn.MAX(ExchangedMessage.id), fn.COUNT(ExchangedMessage.id))
    last, many = counted.where(ExchangedMessage.board == board_id).tuples().first()
    return int(last or 0), int(many)


def _rows(board_id: int, outcome: str, operation: str) -> Any:
    fields = [one for one in ExchangedMessage._meta.sorted_fields if one.name not in ("request", "answer")]
    rows = ExchangedMessage.select(*fields).where(ExchangedMessage.board == board_id)
    if outcome:
        rows = rows.where(ExchangedMessage.outcome == outcome)
    if operation:
        rows = rows.where(ExchangedMessage.operation == operation)
    return rows


def get(board_id: int, number: int) -> ExchangedMessage | None:
    """The call with this number, if it is of this board."""
    found: ExchangedMessage | None = ExchangedMessage.get_or_none(
        ExchangedMessage.board == board_id, ExchangedMessage.id == number
    )
    return found


def newest(board_id: int) -> int:
    """The number of the last call; 0 without one."""
    row = ExchangedMessage.select(ExchangedMessage.id).where(ExchangedMessage.board == board_id)
    last = row.order_by(ExchangedMessage.id.desc()).first()
    return int(last.id) if last else 0


def clear(actor: Actor) -> int:
    """Forget every call of the actor's board; return how many. Raises `NotAllowed`."""
    actor.require(Permission.SET_FAULTS)
    with database.atomic():
        return int(ExchangedMessage.delete().where(ExchangedMessage.board == actor.board.id).execute())


def as_json(row: ExchangedMessage, whole: bool = False) -> dict[str, Any]:
    """The fields of sources.md#json, for `list` and, `whole`, for `show`."""
    told: dict[str, Any] = {
        "number": row.id,
        "at": clock.iso(row.at),
        "supplier": row.supplier,
        "address": row.address,
        "operation": row.operation,
        "outcome": row.outcome,
        "fault": row.fault,
        "rule": row.rule,
        "line": row.line,
        "column": row.column,
        "size": row.size,
        "ms": row.ms,
    }
    if whole:
        told |= {
            "xpath": row.xpath,
            "found": row.found,
            "expected": row.expected,
            "nearest": row.nearest,
            "later": pairs(row.later),
            "remarks": pairs(row.remarks),
            "asks": RULES[row.rule].asks if row.rule in RULES else "",
            "told": row.told,
            "status": row.status,
            "client": row.client,
            "answer_size": row.answer_size,
            "request": bytes(row.request).decode("utf-8", "replace"),
            "answer": bytes(row.answer).decode("utf-8", "replace"),
        }
    return told


def pairs(text: str) -> list[dict[str, str]]:
    """What was kept of findings: rule and sentence."""
    return [{"rule": rule, "told": told} for rule, told in json.loads(text)]


def _listed(findings: Iterable[Finding]) -> str:
    return json.dumps([(one.rule.id, _safe(one.sentence, 1000)) for one in list(findings)[:50]], ensure_ascii=False)


def _safe(text: str, longest: int) -> str:
    """What came from outside, as it may be kept: PostgreSQL has no NUL, and neither knows half a surrogate."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")[:longest]


def _tidy(board_id: int) -> None:
    kept = ExchangedMessage.select(ExchangedMessage.id).where(ExchangedMessage.board == board_id)
    newest_first = kept.order_by(ExchangedMessage.id.desc())
    if newest_first.offset(KEPT + _OVER).exists():
        edge = newest_first.offset(KEPT).first()
        ExchangedMessage.delete().where(ExchangedMessage.board == board_id, ExchangedMessage.id <= edge.id).execute()
