"""What is written down of a call: who called, what was asked, what was wrong, and both bodies.

All that is kept goes through `masking.py` here; what the caller is told is of his own message, and is not masked.
"""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from typing import IO

from app.exchange.uwlr_xml import answering
from app.exchange.uwlr_xml.requested import Request
from app.exchange.uwlr_xml.rules import FaultCode, Finding
from app.uwlr.journal import Entry, Outcome
from app.uwlr.masking import KEPT, masked, masked_answer, masked_finding, scrubbed, without_key

_LATER = 10


def note_refusal(entry: Entry, request: Request, findings: Sequence[Finding], code: FaultCode, bodies: bool) -> None:
    """What it is refused for; the first is what it is told."""
    first, *later = (masked_finding(one, bodies) for one in findings)
    entry.outcome, entry.fault, entry.finding = Outcome.REFUSED, str(code), first
    entry.later, entry.told = later[:_LATER], first.sentence
    if first != findings[0]:
        told = io.BytesIO()
        answering.write_fault(told, request.soap, code, first.sentence)
        entry.answer = told.getvalue()


def note_call(
    entry: Entry, asked: IO[bytes], request: Request, answer: IO[bytes], began: float, strict: bool, bodies: bool
) -> None:
    """The rest, once the answer is there; it is rewound. `began`: the monotonic clock when the call came."""
    secret = request.authorisation.key
    entry.supplier = entry.supplier or scrubbed(request.authorisation.client_code, secret)
    entry.operation = request.operation.name if request.operation else ""
    entry.remarks = [masked_finding(without_key(one, secret), bodies) for one in request.remarks(strict)]
    asked.seek(0)
    entry.request = masked(asked.read(KEPT), secret, bodies)
    entry.answer_size = answer.seek(0, 2)
    answer.seek(0)
    answered = answer.read(KEPT)
    if entry.answer:  # as far as it was sent
        answered = entry.answer[: len(answered)]
    entry.answer = masked(answered, secret, bodies) if entry.fault else masked_answer(answered, bodies)
    answer.seek(0)
    entry.ms = round((time.monotonic() - began) * 1000)
