"""Tests of what a fault looks like: its status, its code and its text."""

from __future__ import annotations

import re

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.answered import FAULT
from app.exchange.uwlr_xml.namespaces import SOAP_12
from app.exchange.uwlr_xml.rules import FaultCode
from app.uwlr.conformance.book import FIELD, MUST, SHOULD, Book
from app.uwlr.conformance.model import Seen, failed, passed, skipped
from app.uwlr.conformance.probe import Heard, Probe, refused

BOOK = Book()
_test = BOOK.test
_PREFIX = re.compile(rb"<([\w.-]+):Envelope")


async def _fault(probe: Probe) -> Heard:
    return await probe.kept("fout", probe.ask().put("xsdversie", "9.9"))


def _no_fault(heard: Heard) -> Seen:
    return skipped(f"Er kwam geen fout maar {heard.told}.")


@_test("FOUT-01", MUST, "Een fout in SOAP 1.1 heeft status 500", "Status 500.", rules.ENVELOPE)
async def _fault_status(probe: Probe) -> Seen:
    heard = await _fault(probe)
    if heard.kind != FAULT:
        return _no_fault(heard)
    return passed("Status 500.") if heard.status == 500 else failed(f"Status {heard.status}.")


@_test("FOUT-02", MUST, "De faultcode is er een van de standaard", "Een van de codes van UWLR.", rules.VERSION)
async def _fault_known(probe: Probe) -> Seen:
    heard = await _fault(probe)
    if heard.kind != FAULT:
        return _no_fault(heard)
    return (
        passed(heard.code) if heard.code in list(FaultCode) else failed(f"De faultcode is {heard.code[:60] or 'leeg'}.")
    )


@_test("FOUT-03", SHOULD, "De faultcode heeft de prefix van de envelop", "Dezelfde prefix.", rules.ENVELOPE)
async def _fault_prefix(probe: Probe) -> Seen:
    heard = await _fault(probe)
    if heard.kind != FAULT or heard.answered is None:
        return _no_fault(heard)
    prefix = _PREFIX.search(heard.beginning)
    wanted = prefix[1].decode() if prefix else ""
    found = heard.answered.fault_code.rpartition(":")[0]
    return (
        passed("Dezelfde prefix.")
        if found == wanted
        else failed(f"De prefix is '{found[:20]}' en niet '{wanted[:20]}'.")
    )


@_test("FOUT-04", MUST, "Een fout zegt wat er is", "Een gevulde faultstring.", rules.VERSION)
async def _fault_text(probe: Probe) -> Seen:
    heard = await _fault(probe)
    if heard.kind != FAULT or heard.answered is None:
        return _no_fault(heard)
    return passed("De faultstring is gevuld.") if heard.answered.fault_text else failed("De faultstring is leeg.")


@_test("FOUT-05", MUST, "Geen antwoord bevat de autorisatiesleutel", "De sleutel staat er niet in.", rules.UNKNOWN_KEY)
async def _fault_secret(probe: Probe) -> Seen:
    message = probe.ask()
    sent = f"x{probe.who.key[1:]}".encode()
    message.put("autorisatiesleutel", sent.decode())
    answers = (await probe.whole(), await _fault(probe), await probe.kept("sleutel", message))
    keys = [key for key in (sent, probe.who.key.encode()) if len(key) >= 8]
    shown = any(key in heard.beginning for heard in answers for key in keys)
    return failed("De sleutel staat in een antwoord.") if shown else passed("De sleutel staat in geen antwoord.")


@_test(
    "FOUT-06",
    FIELD,
    "Een fout op SOAP 1.2 is een fout van SOAP 1.2",
    "Een Fault van SOAP 1.2 met de code.",
    rules.ENVELOPE,
)
async def _fault_12(probe: Probe) -> Seen:
    heard = await probe.send(probe.ask(soap=SOAP_12).put("xsdversie", "9.9"))
    if heard.kind != FAULT or heard.answered is None or heard.answered.soap != SOAP_12:
        return failed(f"Er kwam {heard.told}, in SOAP 1.1." if heard.kind == FAULT else f"Er kwam {heard.told}.")
    return refused(heard, FaultCode.VERSION)
