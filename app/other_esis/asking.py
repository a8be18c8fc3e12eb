"""What a partner asks another ESIS: its pupils, whether a code is right, and to take results.

Nothing here touches the database. What cannot be reached now is `Unreachable`, tried again later; what is refused there
is `RefusedThere`. Both say what to do.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.counted import counted
from app.exchange.uwlr import Authorisation, GroupData, PupilData, ResultData, SchoolReference
from app.exchange.uwlr_xml.answered import CONFIRMED, DATA, FAULT, NONE, Answered, Person, read_answer
from app.exchange.uwlr_xml.asking import Asked, as_bytes, asked, headers
from app.exchange.uwlr_xml.operations import PULL_ALL, PULL_STRUCTURE, PUSH_RESULTS, Operation
from app.exchange.uwlr_xml.rules import FaultCode, Violation
from app.files.plain import clean
from app.other_esis.client import Client, NotReached, Reply
from app.other_esis.results import message_of
from app.other_esis.setting import Elsewhere
from app.refusals import Refused
from app.runs import Unreachable

PATIENCE = 60.0
"""Seconds without a byte, after which there is no answer."""
LONGEST = 300
"""Characters of what the other ESIS says that are told."""
MOST = 20_000
"""Pupils of one location; ours."""
_WHOLE = (FaultCode.CLIENT, FaultCode.AUTHORISATION, FaultCode.VERSION)
"""Faults of who calls, and not of what is in the message: the next message would get them too."""
_PLACE = re.compile(r" \(regel [0-9]+, kolom [0-9]+[^)]*\)")
_RULE = re.compile(r"\[([A-Z]+-[0-9]+): [^\]]*\]")
_LATER = (429, 502, 503, 504)


class RefusedThere(Refused):
    """The other ESIS refuses, or what it answers is not right; `of_message`: for what is in this message only."""

    def __init__(self, sentence: str, of_message: bool = False) -> None:
        super().__init__(sentence)
        self.of_message = of_message


@dataclass
class Pulled:
    """The groups and pupils of a school; the pupils by key."""

    school: SchoolReference
    groups: tuple[GroupData, ...] = ()
    pupils: list[PupilData] = field(default_factory=list)


def pull(there: Elsewhere, who: Authorisation, school: SchoolReference) -> Pulled:
    """Everything that the other ESIS gives of a school now. Raises `Unreachable`, or `Refused` with nothing taken."""
    pupils: list[PupilData] = []

    def take(one: Person) -> None:
        if isinstance(one, PupilData):
            if len(pupils) >= MOST:
                raise RefusedThere(
                    f"De andere ESIS ({there.host}) geeft van één vestiging meer dan "
                    f"{counted(MOST, 'leerling', 'leerlingen')}. Er is niets overgenomen."
                )
            pupils.append(one)

    found = _one(there, there.pupils, PULL_ALL, as_bytes(asked(Asked(PULL_ALL, who, school))), who, take)
    if found.kind == NONE:
        return Pulled(school)
    _check_school(there, found, school)
    assert found.school is not None, "its school was checked"
    return Pulled(found.school, tuple(found.groups), sorted(pupils, key=lambda one: one.key))


def test(there: Elsewhere, who: Authorisation, school: SchoolReference) -> None:
    """Ask for the groups only: that passes every check of who calls. Raises `Unreachable` or `Refused`."""
    message = as_bytes(asked(Asked(PULL_STRUCTURE, who, school)))
    _one(there, there.pupils, PULL_STRUCTURE, message, who)


def bring(
    there: Elsewhere,
    who: Authorisation,
    school: SchoolReference,
    made: datetime,
    messages: Sequence[Sequence[ResultData]],
) -> dict[str, str]:
    """Deliver each of these as one message; returns why results were refused, by their key.

    A message is taken whole or not at all, so one that is refused is sent again as a message for each result. All have
    the moment `made`, by which the other ESIS knows them as one delivery. Raises `Unreachable` or `Refused`, after which
    a part may have been delivered: sent again, that changes nothing there.
    """
    reasons: dict[str, str] = {}

    async def send(client: Client, results: Sequence[ResultData]) -> None:
        try:
            reply = await _sent(client, there, there.results, PUSH_RESULTS, message_of(who, school, made, results))
            _checked(there, there.results, reply, PUSH_RESULTS, who)
        except RefusedThere as refused:
            if not refused.of_message:
                raise
            if len(results) == 1:
                reasons[results[0].key] = refused.sentence
                return
            for one in results:
                await send(client, (one,))

    async def send_all() -> None:
        async with Client(there.certificates, PATIENCE) as client:
            for results in messages:
                await send(client, results)

    asyncio.run(send_all())
    return reasons


def _one(
    there: Elsewhere,
    url: str,
    operation: Operation,
    message: bytes,
    who: Authorisation,
    take: Callable[[Person], None] = lambda _: None,
) -> Answered:
    async def send() -> Reply:
        async with Client(there.certificates, PATIENCE) as client:
            return await _sent(client, there, url, operation, message)

    try:
        return _checked(there, url, asyncio.run(send()), operation, who, take)
    except RefusedThere as refused:
        if not refused.of_message:
            raise
        raise RefusedThere(f"De andere ESIS ({there.host}) weigert. {refused.sentence}") from None


async def _sent(client: Client, there: Elsewhere, url: str, operation: Operation, message: bytes) -> Reply:
    try:
        return await client.send(url, message, headers(operation))
    except NotReached as lost:
        files = " Over https horen er certificaten bij: --ca, --cert en --cert-key." if url.startswith("https:") else ""
        raise Unreachable(
            f"De andere ESIS ({there.host}) is niet bereikbaar. {lost.sentence} Kijk of esis webservice daar draait, en of "
            f"het adres klopt (esis uwlr elsewhere show).{files}"
        ) from None


def _checked(
    there: Elsewhere,
    url: str,
    reply: Reply,
    operation: Operation,
    who: Authorisation,
    take: Callable[[Person], None] = lambda _: None,
) -> Answered:
    """The answer, if it is one to this request and right in form, keys and references."""
    with reply.body as body:
        try:
            found = read_answer(body, take)
        except Violation:
            found = Answered()
    if found.kind == FAULT:
        raise _fault(there, found, who)
    if not found.kind or found.operation is not operation:
        if reply.status in _LATER:
            raise Unreachable(f"De andere ESIS ({there.host}) kan nu niet antwoorden (status {reply.status}).")
        raise RefusedThere(
            f"Op {url} antwoordt geen UWLR (status {reply.status}). Geef het adres dat esis webservice daar noemt "
            "(esis uwlr elsewhere set)."
        )
    if found.findings:
        told = _told(found.findings[0].sentence, who)
        raise RefusedThere(f"Het antwoord van de andere ESIS ({there.host}) klopt niet, en is niet overgenomen. {told}")
    if found.kind not in (DATA, NONE, CONFIRMED):
        raise RefusedThere(f"De andere ESIS ({there.host}) geeft niets: {found.kind}. Dat was niet gevraagd.")
    return found


def _fault(there: Elsewhere, found: Answered, who: Authorisation) -> Exception:
    told = _told(found.fault_text or found.code, who)
    if found.code.startswith("Server"):
        return Unreachable(f"De andere ESIS ({there.host}) kan het nu niet. {told}")
    if found.code in _WHOLE:
        return RefusedThere(
            f"De andere ESIS ({there.host}) weigert. {told} Activeer de koppeling daar, en geef hier dezelfde "
            "verificatiecode, klantcode en klantnaam."
        )
    return RefusedThere(told, of_message=True)


def _told(text: str, who: Authorisation) -> str:
    """What comes from outside, as a sentence that may be kept: one line, and never with the key.

    Where it stands in a message that nobody wrote, and what the rule asks, is left out.
    """
    hidden = re.sub(re.escape(who.key), "...", text, flags=re.IGNORECASE) if who.key else text
    line = _RULE.sub(r"[\1]", _PLACE.sub("", " ".join(clean(hidden).split())))
    short = line if len(line) <= LONGEST else f"{line[: LONGEST - 4].rstrip()} ..."
    return short if short.endswith((".", "]", "...", "!", "?")) else f"{short}."


def _check_school(there: Elsewhere, found: Answered, school: SchoolReference) -> None:
    given = found.school
    if given is None or (given.brin6, given.school_year) != (school.brin6, school.school_year):
        told = clean(f"{given.brin6} in {given.school_year}")[:40] if given is not None else "geen school"
        raise RefusedThere(
            f"De andere ESIS ({there.host}) geeft {told}, gevraagd was {school.brin6} in {school.school_year}. Er is niets "
            "overgenomen."
        )
