"""Sends a recorded message again and compares how it goes with how it went.

The journal never keeps an autorisatiesleutel, so that is filled in; personal data only with `--keep-bodies`, and no more
than the beginning of a large message: what was not kept cannot be sent.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.couplings.state import LIVE
from app.exchange.uwlr import Authorisation
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.asking import headers
from app.exchange.uwlr_xml.header import FIELDS
from app.exchange.uwlr_xml.namespaces import SOAP_11, SOAP_12
from app.exchange.uwlr_xml.operations import OPERATIONS, Operation
from app.exchange.uwlr_xml.requested import understood
from app.exchange.uwlr_xml.rules import Violation
from app.other_esis.client import Client
from app.refusals import Refused
from app.uwlr.conformance.probe import Heard, hear
from app.uwlr.handling import Call, Manner, answer
from app.uwlr.journal import OUTCOMES, Outcome
from app.uwlr.masking import KEPT
from app.webservice.authorisation import live_coupling
from app.webservice.suppliers import known
from models.board import Location, School
from models.coupling import Coupling

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_KEY = re.compile(rf"(<(?:[\w.-]+:)?{FIELDS[0]}(?:\s[^<>]*)?>)\s*\*+\s*(</)")
_MASKED = re.compile(r""">[^<\w]*\*[^<\w]*<|[\w.-]\s*=\s*["'][^"'\w]*\*""")
NOBODYS = "sleutel-niet-bewaard"
"""Stands in for a key that nobody knows."""
_RULE = re.compile(r"\[([A-Z]+-[0-9]+)[]:]")


class NotKept(Refused):
    """The message, or a part of it, was not kept."""


@dataclass(frozen=True)
class Went:
    """How a message went: outcome, fault code, and the rule where the other end names one."""

    outcome: Outcome
    fault: str = ""
    rule: str = ""

    @property
    def told(self) -> str:
        """In words."""
        why = f" ({self.fault}{f', {self.rule}' if self.rule else ''})" if self.fault else ""
        return f"{OUTCOMES[self.outcome]}{why}"

    def is_like(self, other: Went) -> bool:
        """Whether it went the same; a rule counts only where both ends name one."""
        same_rule = not (self.rule and other.rule) or self.rule == other.rule
        return (self.outcome, self.fault) == (other.outcome, other.fault) and same_rule


@dataclass(frozen=True)
class Recorded:
    """A message of the journal, or of an export of it."""

    number: int
    operation: Operation | None
    went: Went
    size: int
    request: str

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Recorded:
        """From the fields of `esis uwlr show --json`. Raises `Refused` for what is none."""
        try:
            went = Went(Outcome(told["outcome"]), str(told["fault"]), str(told["rule"]))
            operation = next((one for one in OPERATIONS if one.name == told["operation"]), None)
            return cls(int(told["number"]), operation, went, int(told["size"]), str(told["request"]))
        except (KeyError, ValueError, TypeError):
            raise Refused("Dit is geen bericht zoals esis uwlr record het schrijft.") from None

    def body(self, key: str) -> bytes:
        """The message as it can be sent. Raises `NotKept` with the reason."""
        if self.operation is None or not self.request.strip():
            raise NotKept(f"Bericht {self.number} is geen bericht dat opnieuw te sturen is.")
        if self.had_wrong_key and not key:
            raise NotKept(
                f"Bericht {self.number} is geweigerd om zijn sleutel, en een sleutel wordt nooit bewaard. Geef met "
                "--autorisatiesleutel de sleutel waarmee u het wilt sturen."
            )
        if self.size > KEPT:
            raise NotKept(f"Van bericht {self.number} is alleen het begin bewaard: het is {self.size} bytes.")
        text = _KEY.sub(lambda found: f"{found[1]}{_escaped(key)}{found[2]}", _DECLARATION.sub("", self.request))
        if is_masked(text):
            raise NotKept(
                f"Bericht {self.number} is zonder persoonsgegevens bewaard, en zo is het niet opnieuw te sturen. Begin de "
                "webservice met --keep-bodies om berichten heel te bewaren."
            )
        return text.encode()

    def who(self) -> tuple[Authorisation, str]:
        """Who called, with the key masked, and the version of SOAP."""
        try:
            found = understood(io.BytesIO(_DECLARATION.sub("", self.request).encode()))
        except Violation:
            return Authorisation("", "", ""), SOAP_12 if SOAP_12 in self.request else SOAP_11
        return found.authorisation, found.soap

    @property
    def had_wrong_key(self) -> bool:
        """Whether it was refused for its key, which nobody knows now."""
        return self.went.rule == rules.UNKNOWN_KEY.id

    def key_here(self, board_id: int) -> str:
        """The key with which this supplier comes in on a board of this program, at another location if need be.

        Who has none gets one that is nobody's: a message that was refused before its key was looked at still is.
        """
        try:
            found = understood(io.BytesIO(_DECLARATION.sub("", self.request).encode()))
        except Violation:
            return NOBODYS
        coupling = live_coupling(board_id, found.authorisation, found.school)
        return (coupling.code if coupling is not None else "") or _elsewhere(board_id, found.authorisation) or NOBODYS


def _elsewhere(board_id: int, said: Authorisation) -> str:
    kind = next((one.coupling.type for one in known(board_id) if one.code == said.client_code), "")
    rows = Coupling.select().join(Location).join(School)
    row = rows.where(School.board == board_id, Coupling.type == kind, LIVE, Coupling.code.is_null(False)).first()
    return str(row.code) if row is not None else ""


def read_session(lines: Iterable[str]) -> Iterator[Recorded]:
    """The messages of a recorded session, one JSON object a line. Raises `Refused` with the line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            if not isinstance(told, dict):
                raise ValueError
            yield Recorded.of(told)
        except (ValueError, Refused):
            raise Refused(f"Regel {number} is geen bericht zoals esis uwlr record het schrijft.") from None


async def resend(client: Client, url: str, recorded: Recorded, key: str) -> Went:
    """Send it to an address. Raises `NotKept` or `NotReached`."""
    body = recorded.body(key)
    reply = await client.send(url, body, headers(recorded.operation, recorded.who()[1]))
    return went(hear(reply))


def answered_here(board_id: int, recorded: Recorded, key: str) -> Went:
    """Let this program answer it, without HTTP. Raises `NotKept`."""
    body = recorded.body(key)
    assert recorded.operation is not None, "it has a body"
    call = Call(board_id, io.BytesIO(body), len(body), "", "", recorded.operation.action)
    found = answer(call, Manner())
    found.body.close()
    rule = found.entry.finding.rule.id if found.entry.finding else ""
    return Went(found.entry.outcome, found.entry.fault, rule)


def went(heard: Heard) -> Went:
    """How it went, by what the other end says."""
    if heard.is_answer:
        return Went(Outcome.ACCEPTED)
    if heard.answered is None or not heard.code:
        return Went(Outcome.FAILED)
    rule = _RULE.findall(heard.answered.fault_text)
    outcome = Outcome.FAILED if heard.code.startswith("Server") else Outcome.REFUSED
    return Went(outcome, heard.code, rule[-1] if rule else "")


def is_masked(text: str) -> bool:
    """Whether personal data were left out of a kept message."""
    return _MASKED.search(text) is not None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
