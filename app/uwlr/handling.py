"""Answers one message: reads and checks it, asks the web service, writes the answer or the fault, and says how it went.

Off the event loop and without HTTP: bytes and what came with them in, an answer and a journal entry out.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import IO, NoReturn

from app import clock
from app.exchange.brin import BRIN6
from app.exchange.uwlr import SchoolReference
from app.exchange.uwlr_xml import answering, rules
from app.exchange.uwlr_xml.beginning import beginning
from app.exchange.uwlr_xml.namespaces import SOAP_11
from app.exchange.uwlr_xml.noted import NotedResults
from app.exchange.uwlr_xml.operations import PUSH_RESULTS
from app.exchange.uwlr_xml.requested import Request, understood
from app.exchange.uwlr_xml.rules import FaultCode, Finding, Stage, Violation
from app.runs import Unreachable
from app.school.years import working_year
from app.uwlr import disturbing, refusing
from app.uwlr.aside import no_room, put_aside
from app.uwlr.call import Answer as Answer
from app.uwlr.call import Call as Call
from app.uwlr.disturbing import Disturbance, Way
from app.uwlr.guarding import Guard, is_guarded
from app.uwlr.journal import Entry, Outcome
from app.uwlr.manner import Manner as Manner
from app.uwlr.masking import scrubbed, without_key
from app.uwlr.noting import note_call, note_refusal
from app.uwlr.pulling import pull
from app.uwlr.pushing import ContentRefused, push
from app.uwlr.spoiling import instead, spoil
from app.webservice.authorisation import authorise, log_refusal
from app.webservice.faults import CouplingStopped, WebServiceFault
from app.webservice.suppliers import codes
from models.base import database
from models.board import Location

LARGE = 4 << 20
"""Bytes of a message of which the key is looked at before the rest is read: some 15,000 results."""
MOST_A_DAY = 50
"""Lines in a location's logbook of what is refused without looking at a key: anybody can send that."""


class _Refused(Exception):
    """The message is refused for these findings; the first gives the fault."""

    def __init__(self, findings: Sequence[Finding], code: FaultCode | None = None) -> None:
        self.findings, self.code = list(findings), code or findings[0].rule.code


class _Disturbed(Exception):
    """Nothing is done, for there is a disturbance."""

    def __init__(self, disturbance: Disturbance) -> None:
        self.disturbance = disturbance


def answer(call: Call, manner: Manner) -> Answer:
    """Answer a message; what goes wrong is a fault. Only a fault of the program itself is raised.

    The form of a message is checked before the key, as the standard has it. Of a large one (`LARGE`) only the beginning
    is, up to the first record, and then the key: who has none is refused for that, whatever the rest looks like. With a
    right key the whole message is read, checked and answered in the usual order.
    """
    began, request = time.monotonic(), Request()
    entry = Entry(call.board_id, address=call.address, client=call.client, size=call.size)
    body = put_aside(manner.folder)
    status, handling, media = 200, None, ""
    try:
        if call.size > LARGE:
            request = beginning(call.body, manner.limits)
            _Handling(call, manner, request, body, entry).let_in()
        request = understood(call.body, call.action, call.service, manner.limits, NotedResults(manner.folder))
        _check_media(call, request)
        handling = _Handling(call, manner, request, body, entry)
        entry.told, body = handling.do()
    except _Disturbed as disturbed:
        status, media = instead(body, entry, request.soap, disturbed.disturbance)
    except Violation as violation:
        status = _fault(body, entry, request, _Refused(violation.findings), manner)
    except _Refused as refused:
        status = _fault(body, entry, request, refused, manner)
    except Unreachable as unreachable:
        entry.outcome, entry.fault, entry.told = Outcome.FAILED, FaultCode.NOT_NOW, str(unreachable)
        entry.finding = Finding(rules.NOT_NOW, found="een storing", expected="een dienst die antwoordt")
        _emptied(body)
        answering.write_fault(body, request.soap, FaultCode.NOT_NOW, f"{unreachable} [{rules.NOT_NOW.id}]")
        status = 500
    except OSError as error:
        body.close()
        body, status = put_aside(), 500
        entry.outcome, entry.fault, entry.finding = Outcome.FAILED, FaultCode.NOT_NOW, no_room(error)
        entry.told = entry.finding.sentence
        answering.write_fault(body, request.soap, FaultCode.NOT_NOW, entry.told)
    struck = handling.disturbance if handling is not None else None
    if struck is not None and entry.outcome is not Outcome.FAILED:
        status = spoil(body, entry, struck, status)
    request.noted = None  # its file is not kept while the answer is sent
    note_call(entry, call.body, request, body, began, manner.strict, manner.bodies)
    return Answer(body, entry, media or answering.content_type(request.soap), status, request, struck)


def _check_media(call: Call, request: Request) -> None:
    wanted = answering.content_type(request.soap)
    if call.media is not None and call.media != wanted:
        found = scrubbed(call.media[:80]) or "geen Content-Type"
        request.findings.append(Finding(rules.CONTENT_TYPE, found=found, expected=wanted))


def _fault(body: IO[bytes], entry: Entry, request: Request, refused: _Refused, manner: Manner) -> int:
    findings = [without_key(one, request.authorisation.key) for one in refused.findings]
    _emptied(body)
    note_refusal(entry, request, findings, refused.code, manner.bodies)
    answering.write_fault(body, request.soap, refused.code, findings[0].sentence)
    return 500 if request.soap == SOAP_11 or refused.code.startswith("Server") else 400


def _emptied(body: IO[bytes]) -> None:
    """Take back the part of an answer that was written before it went wrong."""
    body.seek(0)
    body.truncate()


class _Handling:
    def __init__(self, call: Call, manner: Manner, request: Request, body: IO[bytes], entry: Entry) -> None:
        self.call, self.manner, self.request, self.body, self.entry = call, manner, request, body, entry
        self.disturbance: Disturbance | None = None
        self._guarded = is_guarded(call.board_id, manner.guard)
        self._supposing = False
        """Whether it is only looked at what would be wrong next."""

    def let_in(self) -> None:
        """Look at the beginning of a message, and at who calls. Raises `_Refused`."""
        self._asked_for()
        self._check_form()
        self._authorise([])

    def _check_form(self) -> list[Finding]:
        """Refuse what is no right message, whoever sends it; return what else is wrong."""
        wrong = self.request.violations(self.manner.strict)
        if any(one.rule.stage is not Stage.CONTENT for one in wrong):
            self._refuse([*wrong, *self._later()])
        return wrong

    def _refuse(self, findings: list[Finding]) -> NoReturn:
        """Refuse for what is known without a key; the location's logbook says so, as far as the location is told."""
        if not self._supposing:
            said = self.request.authorisation
            fault = ContentRefused(tuple(without_key(one, said.key) for one in findings))
            log_refusal(self.call.board_id, said, self.request.school, fault, most=MOST_A_DAY)
        raise _Refused(findings)

    def do(self) -> tuple[str, IO[bytes]]:
        """Do what is asked, and return what was done, and the answer. Raises `_Refused`."""
        asked = self._asked_for()
        wrong = self._check_form()
        location = self._authorise(wrong)
        if wrong:
            self._log(ContentRefused(tuple(wrong)))
            raise _Refused(wrong)
        self.disturbance = self._due(asked)
        if self.disturbance is not None and self.disturbance.kind.way in (Way.FAULT, Way.STATUS):
            raise _Disturbed(self.disturbance)
        board, request = self.call.board_id, self.request
        try:
            if request.operation is PUSH_RESULTS:
                return push(board, request, self.call.body, self.body, self.manner.limits), self.body
            if self.disturbance is None:
                return pull(board, request, self.body, self.manner.kept)
            stale = self.disturbance.kind.id == disturbing.STALE
            return pull(board, request, self.body, moment=self._yesterday(location) if stale else None)
        except ContentRefused as refused:
            raise _Refused(refused.findings) from None
        except WebServiceFault as fault:
            finding = refusing.finding_of(self.call.board_id, self.request, fault, not self._guarded)
            raise _Refused([finding], FaultCode(fault.code)) from None

    def _asked_for(self) -> Disturbance | None:
        """What a magic klantcode asks for; from then on the caller is the supplier that it stands for."""
        magic = disturbing.magic_of(self.call.board_id, self.request.authorisation)
        if magic is None:
            return None
        self.entry.supplier = self.request.authorisation.client_code
        asked, self.request.authorisation = magic
        return asked

    def _due(self, asked: Disturbance | None) -> Disturbance | None:
        operation = self.request.operation
        assert operation is not None, "it was understood"
        if asked is not None:
            return asked if asked.kind.can_strike(operation.name) else None
        return disturbing.due(self.call.board_id, self.request.authorisation.client_code, operation.name)

    @staticmethod
    def _yesterday(location: Location) -> datetime:
        return clock.school_now(location.board) - timedelta(days=1)

    def _later(self) -> list[Finding]:
        """What would be wrong next, when the message itself is right."""
        said = self.request.authorisation
        if not (said.key and said.client_code and said.client_name and self.request.school.brin):
            return []
        self._supposing = True
        try:
            self._authorise([])
        except _Refused as refused:
            return refused.findings
        except Violation as slowed:
            return list(slowed.findings)
        finally:
            self._supposing = False
        return []

    def _authorise(self, wrong: list[Finding]) -> Location:
        """Check who calls and for which school. Raises `_Refused` with what else is wrong after it."""
        request = self.request
        self._check_certificate(wrong)
        self._read_school_key()
        with Guard(self.call.board_id, request, self.call.client, self._guarded) as guard:
            try:
                with database.atomic():
                    location = authorise(self.call.board_id, request.authorisation, request.school)
            except WebServiceFault as fault:
                if not isinstance(fault, CouplingStopped):  # there is no key to guess
                    guard.failed()
                if not self._supposing:
                    self._log(fault)
                finding = refusing.finding_of(self.call.board_id, request, fault, not self._guarded)
                raise _Refused([finding, *wrong], FaultCode(fault.code)) from None
        self._check_year(location)
        return location

    def _log(self, fault: WebServiceFault) -> None:
        log_refusal(self.call.board_id, self.request.authorisation, self.request.school, fault)

    def _check_certificate(self, wrong: list[Finding]) -> None:
        """With https the certificate says who calls; a klantcode that ESIS does not know is refused as that."""
        shown, said = self.call.certificate, self.request.authorisation.client_code
        if shown and shown != said and said in codes(self.call.board_id):
            found, expected = f"een certificaat van '{shown[:64]}'", f"een certificaat van '{said}'"
            hint = f"Maak het met esis supplier certificate {said}"
            place = refusing.place_of(self.request, rules.CERTIFICATE)
            finding = Finding(rules.CERTIFICATE, *place, found=found, expected=expected, nearest=hint)
            self._refuse([finding, *wrong])

    def _read_school_key(self) -> None:
        """A schoolkey is ours: BRIN and location number together."""
        request = self.request
        if not request.school_key:
            return
        parts = BRIN6.fullmatch(request.school_key)
        if parts is None:
            place = request.place_of("school/schoolkey" if request.operation is PUSH_RESULTS else "schoolkey")
            finding = Finding(rules.SCHOOL_KEY, *place, found="een andere schoolkey", expected="als 99QQ00")
            self._refuse([finding])
        request.school = SchoolReference(parts[1], parts[2], request.school.school_year)

    def _check_year(self, location: Location) -> None:
        """ESIS gives and takes the year in which the school works; another is told which."""
        asked = self.request.school.school_year
        if not asked:
            return
        year = working_year(location, clock.school_today(location.board))
        if asked != year:
            place = self.request.place_of(
                "school/schooljaar" if self.request.operation is PUSH_RESULTS else "schooljaar"
            )
            finding = Finding(
                rules.OTHER_YEAR, *place, found=asked, expected=year, nearest=f"De school werkt in {year}"
            )
            if self.manner.strict:
                self._refuse([finding])
            self.request.findings.append(finding)
