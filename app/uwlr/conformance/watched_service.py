"""The service that a supplier's client is tested against: as always, but it tells what came, and fails once on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from app.ending import Ended
from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.answering import content_type, write_fault
from app.exchange.uwlr_xml.operations import PUSH_RESULTS
from app.exchange.uwlr_xml.requested import Request
from app.exchange.uwlr_xml.rules import Finding
from app.serving.running import run
from app.uwlr.aside import put_aside
from app.uwlr.conformance.watching import Watch
from app.uwlr.handling import Answer, Call
from app.uwlr.journal import Entry, Outcome
from app.uwlr.server import Service

_LOOKED_AT = 1 << 20
_TOLD = "Proef: deze levering wordt één keer geweigerd. Stuur hem nog eens."


@dataclass
class WatchedService(Service):
    """A service whose calls are watched; `changed` is called after each."""

    watch: Watch = field(default_factory=Watch)
    changed: Callable[[], object] = lambda: None
    _requests: dict[int, Request] = field(default_factory=dict)
    _has_failed: bool = False

    def _answered(self, call: Call) -> Answer:
        is_first = not self._has_failed and _is_push(call)
        answer = self._failed_once(call) if is_first else super()._answered(call)
        self._requests[id(answer.entry)] = answer.request
        return answer

    def _failed_once(self, call: Call) -> Answer:
        from app.exchange.uwlr_xml.requested import understood
        from app.exchange.uwlr_xml.rules import Violation

        try:
            request = understood(call.body, call.action, call.service, self.manner.limits)
        except Violation:
            request = Request()
        call.body.seek(0)
        if request.operation is not PUSH_RESULTS or request.violations(self.manner.strict):
            return super()._answered(call)
        self._has_failed = True
        body = put_aside()
        write_fault(body, request.soap, rules.NOT_NOW.code, f"{_TOLD} [{rules.NOT_NOW.id}]")
        entry = Entry(call.board_id, address=call.address, client=call.client, size=call.size, told=_TOLD)
        entry.outcome, entry.fault, entry.finding = Outcome.FAILED, rules.NOT_NOW.code, Finding(rules.NOT_NOW)
        entry.supplier, entry.operation = request.authorisation.client_code, PUSH_RESULTS.name
        entry.answer_size = body.tell()
        body.seek(0)
        return Answer(body, entry, content_type(request.soap), 500, request)

    async def _note(self, entry: Entry) -> int:
        number = await super()._note(entry)
        self.watch.note(entry, self._requests.pop(id(entry), Request()))
        self.changed()
        return number


def _is_push(call: Call) -> bool:
    found = call.body.read(_LOOKED_AT)
    call.body.seek(0)
    return PUSH_RESULTS.request.encode() in found


async def serve(service: WatchedService, host: str, port: int, opened: Callable[[int], None], seconds: float) -> None:
    """Serve until everything that matters was seen or the time is over. Raises `Ended`, or `Refused` for the port."""
    done, is_open = asyncio.Event(), asyncio.Event()

    def told(port: int) -> None:
        opened(port)
        is_open.set()

    service.changed = lambda: done.set() if service.watch.is_done else None
    serving = asyncio.create_task(run(service.application(), host, port, told, command="esis webservice"))
    opening, waiting = asyncio.create_task(is_open.wait()), asyncio.create_task(done.wait())
    try:
        await asyncio.wait({serving, opening}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({serving, waiting}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            raise Ended(serving.result())
    finally:
        tasks = (opening, waiting, serving)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
