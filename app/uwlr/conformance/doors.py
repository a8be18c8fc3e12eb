"""Tests of the way to the service (HTTP, WSDL), and of who may come in."""

from __future__ import annotations

import gzip
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.answered import DATA, FAULT
from app.exchange.uwlr_xml.operations import PULL_ALL
from app.exchange.uwlr_xml.rules import FaultCode
from app.exchange.uwlr_xml.wsdl import WSDL
from app.uwlr.conformance.book import FIELD, MUST, SHOULD, Book
from app.uwlr.conformance.model import Seen, failed, passed, skipped
from app.uwlr.conformance.probe import Heard, Message, Probe, forgiven, hear

BOOK = Book()
CLIENT, KEY, VERSION = FaultCode.CLIENT, FaultCode.AUTHORISATION, FaultCode.VERSION
_test, _refuses = BOOK.test, BOOK.refuses
_REFUSED = "Geen antwoord met gegevens."


def _bad_request(heard: Heard) -> Seen:
    told = f"Er kwam {heard.told}."
    return passed(told) if not heard.is_answer and (heard.status >= 400 or heard.kind == FAULT) else failed(told)


@_test(
    "HTTP-01", SHOULD, "GET zonder ?wsdl is geen verzoek", "Een status van 400 of hoger, of een pagina.", rules.METHOD
)
async def _get(probe: Probe) -> Seen:
    heard = await probe.send(probe.ask(), method="GET", headers={})
    return failed(f"Er kwam {heard.told}.") if heard.is_answer else passed(f"Status {heard.status}.")


@_test("HTTP-02", MUST, "Op een ander adres is geen dienst", "Een status van 400 of hoger, of een fout.", rules.ADDRESS)
async def _elsewhere(probe: Probe) -> Seen:
    parts = urlsplit(probe.pupils)
    message = probe.ask()
    reply = await probe.line.send(
        parts._replace(path=f"{parts.path}-bestaat-niet").geturl(), message.body(), message.headers
    )
    return _bad_request(hear(reply))


@_test("HTTP-03", FIELD, "Een ander Content-Type", "Een antwoord, of een duidelijke weigering.", rules.CONTENT_TYPE)
async def _media(probe: Probe) -> Seen:
    message = probe.ask()
    return forgiven(await probe.send(message, headers=message.headers | {"Content-Type": "text/plain"}))


def _head(probe: Probe, length: int) -> bytes:
    parts = urlsplit(probe.pupils)
    action = PULL_ALL.action
    return (
        f"POST {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\nConnection: close\r\n"
        f'Content-Type: text/xml; charset=utf-8\r\nSOAPAction: "{action}"\r\nContent-Length: {length}\r\n\r\n'
    ).encode()


async def _raw(probe: Probe, length: int, begun: bytes) -> Seen:
    """Declare a length and stop early: whatever comes may not be an answer."""
    found = await probe.line.raw(probe.pupils, _head(probe, length) + begun)
    status = found[9:12].decode("latin-1") if found.startswith(b"HTTP/1.") else ""
    if status.startswith("2") and b"Fault" not in found:
        return failed(f"Er kwam een antwoord met status {status}.")
    return passed("Er kwam geen antwoord met gegevens.")


@_test("HTTP-04", MUST, "Een bericht van een terabyte", _REFUSED, rules.TOO_LARGE)
async def _huge(probe: Probe) -> Seen:
    return await _raw(probe, 1 << 40, probe.ask().body())


@_test("HTTP-05", MUST, "Een bericht dat halverwege ophoudt", _REFUSED, rules.CUT_OFF)
async def _cut(probe: Probe) -> Seen:
    body = probe.ask().body()
    return await _raw(probe, len(body), body[: len(body) // 2])


@_test("HTTP-06", SHOULD, "Een bericht dat zegt ingepakt te zijn en het niet is", _REFUSED, rules.ENCODED)
async def _not_zipped(probe: Probe) -> Seen:
    message = probe.ask()
    return _bad_request(await probe.send(message, headers=message.headers | {"Content-Encoding": "gzip"}))


@_test(
    "HTTP-07",
    FIELD,
    "Een bericht dat met gzip is ingepakt",
    "Een antwoord, of een duidelijke weigering.",
    rules.ENCODED,
)
async def _zipped(probe: Probe) -> Seen:
    message = probe.ask()
    said = message.headers | {"Content-Encoding": "gzip"}
    return forgiven(await probe.send(message, gzip.compress(message.body(), mtime=0), headers=said))


@_test(
    "HTTP-08",
    MUST,
    "Het antwoord is text/xml, met de codering erbij",
    "text/xml, en UTF-8 als die genoemd wordt.",
    rules.CONTENT_TYPE,
)
async def _answer_media(probe: Probe) -> Seen:
    heard = await probe.whole()
    if heard.kind != DATA:
        return skipped(f"Er kwam {heard.told}.")
    media = heard.media.lower()
    told = f"Content-Type is {media[:60] or 'niet gegeven'}."
    return (
        passed(told)
        if media.startswith("text/xml") and media.count("charset=") in (0, "utf-8" in media)
        else failed(told)
    )


@_test("HTTP-09", MUST, "Een antwoord heeft status 200", "Status 200.")
async def _status(probe: Probe) -> Seen:
    heard = await probe.whole()
    if heard.kind != DATA:
        return skipped(f"Er kwam {heard.told}.")
    return passed("Status 200.") if heard.status == 200 else failed(f"Status {heard.status}.")


@_test("WSDL-01", SHOULD, "?wsdl geeft de WSDL met de bewerking", "WSDL met HaalLeerlinggegevens.")
async def _wsdl(probe: Probe) -> Seen:
    parts = urlsplit(probe.pupils)
    reply = await probe.line.send(parts._replace(query="wsdl").geturl(), method="GET")
    with reply.body as body:
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.parse(body, parser).getroot()
        except (etree.XMLSyntaxError, ValueError):
            return failed(f"Er kwam iets dat geen XML is (status {reply.status}).")
    names = {one.get("name") for one in root.iter(f"{{{WSDL}}}operation")}
    imported = [one.get("location") for one in root.iter(f"{{{WSDL}}}import")]
    if root.tag == f"{{{WSDL}}}definitions" and (PULL_ALL.name in names or imported):
        return passed("De WSDL heeft de bewerking.")
    return failed("Er kwam geen WSDL met HaalLeerlinggegevens.")


def _other(name: str) -> Any:
    def bend(message: Message) -> None:
        text = message.find(name).text or ""
        message.put(name, text[:-1] + ("x" if text[-1:] != "x" else "y"))

    return bend


def _location(message: Message) -> None:
    message.put("dependancecode", "98" if message.find("dependancecode").text != "98" else "97")


def _brin(message: Message) -> None:
    message.put("brincode", "00ZZ" if message.find("brincode").text != "00ZZ" else "01ZZ")


def _school_key(message: Message) -> None:
    from app.exchange.uwlr_xml.namespaces import PUPILS

    message.drop("dependancecode")
    found = message.find("brincode")
    found.tag, found.text = f"{{{PUPILS}}}schoolkey", "geen-school-esis-check"


_refuses("KLANT-01", MUST, "Een onbekende klantcode", rules.UNKNOWN_CLIENT, _other("klantcode"), CLIENT)
_refuses(
    "KLANT-02", MUST, "Een klantnaam die niet bij de klantcode hoort", rules.UNKNOWN_CLIENT, _other("klantnaam"), CLIENT
)
_refuses(
    "SLEUTEL-01", MUST, "Een autorisatiesleutel die niet klopt", rules.UNKNOWN_KEY, _other("autorisatiesleutel"), KEY
)
_refuses("SLEUTEL-02", MUST, "De sleutel bij een andere vestiging", rules.OTHER_SCHOOL, _location, KEY)
_refuses("SLEUTEL-03", MUST, "De sleutel bij een andere school", rules.OTHER_SCHOOL, _brin, KEY)
_refuses("SLEUTEL-04", MUST, "Een onbekende schoolkey", rules.SCHOOL_KEY, _school_key, KEY)


@_test("KLANT-03", MUST, "Zonder certificaat komt niemand binnen", _REFUSED, rules.CERTIFICATE)
async def _certificate(probe: Probe) -> Seen:
    from app.other_esis.client import NotReached

    if not probe.has_certificate:
        return skipped("Er is geen certificaat van een leverancier opgegeven (--cert).")
    try:
        heard = await probe.send(probe.ask(), with_client=False)
    except NotReached:
        return passed("De verbinding werd geweigerd.")
    return _bad_request(heard)


@_test(
    "SCHOOL-01",
    FIELD,
    "Een ander schooljaar",
    "Het eigen schooljaar, een ander met gegevens, of een fout.",
    rules.OTHER_YEAR,
)
async def _other_year(probe: Probe) -> Seen:
    return forgiven(await probe.send(probe.ask().put("schooljaar", "1999-2000")))


def _order(
    id: str, title: str, rule: rules.Rule, first: tuple[str, str], second: tuple[str, str], code: FaultCode
) -> None:
    _refuses(id, SHOULD, title, rule, lambda message: message.put(*first).put(*second) and None, code)


_order("ORDE-01", "Eerst de header, dan de velden", rules.HEADER_FIELD, ("klantcode", ""), ("schooljaar", "x"), KEY)
_order(
    "ORDE-02",
    "Eerst de velden, dan de klant",
    rules.VERSION,
    ("xsdversie", "9.9"),
    ("klantcode", "onbekend-esis"),
    VERSION,
)
_order(
    "ORDE-03",
    "Eerst de klant, dan de sleutel",
    rules.UNKNOWN_CLIENT,
    ("klantcode", "onbekend-esis"),
    ("autorisatiesleutel", "x"),
    CLIENT,
)
