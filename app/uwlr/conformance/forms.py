"""Tests of messages that are wrong by themselves: XML, SOAP, header and fields; each must be refused with its own fault."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.namespaces import AUTHORISATION, PUPILS, SOAP_11
from app.exchange.uwlr_xml.operations import PULL_PUPILS
from app.exchange.uwlr_xml.rules import FaultCode
from app.uwlr.conformance.book import FIELD, MUST, SHOULD, Book, as_it_is
from app.uwlr.conformance.model import Seen, failed, passed
from app.uwlr.conformance.probe import Message, Probe, given

BOOK = Book()
MESSAGE, KEY, VERSION = FaultCode.MESSAGE, FaultCode.AUTHORISATION, FaultCode.VERSION
DEEP = 10_000
_refuses, _forgives = BOOK.refuses, BOOK.forgives


def _cut(message: Message) -> bytes:
    body = message.body()
    return body[: body.index(b"</s:Body>") - 3]


def _with_entity(message: Message) -> bytes:
    body = message.body().replace(b"<s:Envelope", b'<!DOCTYPE x [<!ENTITY jaar "2019-2020">]>\n<s:Envelope', 1)
    year = (message.find("schooljaar").text or "").encode()
    return body.replace(b"schooljaar>" + year, b"schooljaar>&jaar;", 1)


def _wrong_bytes(message: Message) -> bytes:
    message.find("klantnaam").text = "Caf@"
    return message.body().replace(b"Caf@", b"Caf\xe9", 1)


def _deep(message: Message) -> bytes:
    return message.body().replace(b"</s:Body>", b"<x>" * DEEP + b"</x>" * DEEP + b"</s:Body>", 1)


def _no_envelope(message: Message) -> bytes:
    return etree.tostring(deepcopy(message.request))


def _empty_body(message: Message) -> None:
    message.root[-1].remove(message.request)


def _unknown_request(message: Message) -> None:
    message.request.tag = f"{{{PUPILS}}}bestaat_niet_verzoek"


def _must_understand(message: Message) -> None:
    block = etree.SubElement(message.root[0], "{urn:esis:uwlr-check}Onbekend")
    block.set(f"{{{SOAP_11}}}mustUnderstand", "1")


def _no_header(message: Message) -> None:
    message.root.remove(message.root[0])


def _loose_header(message: Message) -> None:
    for name in ("autorisatiesleutel", "klantcode", "klantnaam"):
        message.find(name).tag = name
    etree.cleanup_namespaces(message.root)


def _uwlr_1(message: Message) -> bytes:
    return message.body().replace(PUPILS.encode(), PUPILS.replace("/2/", "/1/").encode())


def _before(name: str, tag: str, text: str = "x") -> Any:
    def bend(message: Message) -> None:
        place = message.find(name)
        made = etree.Element(f"{{{PUPILS}}}{tag}")
        made.text = text
        place.addprevious(made)

    return bend


def _swapped(message: Message) -> None:
    message.request.append(message.find("schooljaar"))


def _attribute(message: Message) -> None:
    message.request.set("onbekend", "1")


def _loose_text(message: Message) -> None:
    message.request.text = "losse tekst"


def _long_group(message: Message) -> None:
    message.find("groep").set("key", "x" * 300)


def _some_pupils(probe: Probe) -> Message:
    return probe.ask(PULL_PUPILS, groups=(("groep", "x"),))


def _puts(name: str, text: str) -> Any:
    return lambda message: message.put(name, text) and None


def _drops(name: str) -> Any:
    return lambda message: message.drop(name) and None


_refuses("XML-01", MUST, "Afgebroken XML", rules.WELL_FORMED, _cut, MESSAGE)
_refuses("XML-02", MUST, "Een DOCTYPE met een eigen entiteit", rules.DOCTYPE, _with_entity)
_refuses("XML-03", SHOULD, "Een byte die niet bij de codering hoort", rules.CHARSET, _wrong_bytes)
_refuses("XML-04", MUST, "Tienduizend elementen in elkaar", rules.LIMITS, _deep)
_refuses("SOAP-01", MUST, "Een verzoek zonder envelop", rules.ENVELOPE, _no_envelope)
_refuses("SOAP-02", MUST, "Een lege Body", rules.BODY, _empty_body)
_refuses("SOAP-03", MUST, "Een verzoek dat niet bestaat", rules.OPERATION, _unknown_request)
_refuses("SOAP-05", SHOULD, "Een onbekend headerblok met mustUnderstand", rules.UNDERSTAND, _must_understand)

_refuses("AUT-01", MUST, "Een bericht zonder autorisatie", rules.NO_HEADER, _no_header, KEY)
_refuses("AUT-02", MUST, "Een lege autorisatiesleutel", rules.HEADER_FIELD, _puts("autorisatiesleutel", ""), KEY)
_refuses("AUT-03", MUST, "Een lege klantcode", rules.HEADER_FIELD, _puts("klantcode", ""), KEY)
_refuses("AUT-04", MUST, "Een lege klantnaam", rules.HEADER_FIELD, _puts("klantnaam", ""), KEY)
_refuses(
    "AUT-05", SHOULD, "Een klantcode van 65 tekens", rules.HEADER_SHAPE, _puts("klantcode", "x" * 65), KEY, MESSAGE
)
_forgives("AUT-06", "De velden van autorisatie zonder namespace", rules.HEADER_SPACE, _loose_header)

_refuses("VELD-01", MUST, "De namespace van UWLR 1", rules.NAMESPACE, _uwlr_1)
_refuses(
    "VELD-02", MUST, "Een element dat het verzoek niet kent", rules.UNKNOWN, _before("xsdversie", "onbekend"), MESSAGE
)
_refuses("VELD-03", MUST, "Een verzoek zonder brincode", rules.MISSING, _drops("brincode"), MESSAGE)
_forgives("VELD-04", "Elementen in een andere volgorde", rules.ORDER, _swapped)
_refuses(
    "VELD-05", MUST, "Tweemaal xsdversie", rules.TOO_MANY, _before("xsdversie", "xsdversie", "2.2"), MESSAGE, VERSION
)
_refuses("VELD-06", SHOULD, "Een attribuut dat er niet hoort", rules.ATTRIBUTE, _attribute, MESSAGE)
_refuses(
    "VELD-07", MUST, "Een schooljaar dat geen schooljaar is", rules.VALUE, _puts("schooljaar", "2019/2020"), MESSAGE
)
_refuses("VELD-08", MUST, "Een brincode met een verkeerde vorm", rules.VALUE, _puts("brincode", "Q9Q9"), MESSAGE)
_refuses(
    "VELD-09", MUST, "Een dependancecode met een verkeerde vorm", rules.VALUE, _puts("dependancecode", "A0"), MESSAGE
)
_refuses("VELD-11", SHOULD, "Losse tekst tussen elementen", rules.LOOSE_TEXT, _loose_text, MESSAGE)
_forgives("VELD-12", "Een groepssleutel van 300 tekens", rules.LONG_KEY, _long_group, _some_pupils)
_forgives("VELD-13", "Een leeg schooljaar", rules.SCHOOL_YEAR, _puts("schooljaar", ""))
_forgives("VELD-14", "brincode en schoolkey samen", rules.BOTH_SCHOOLS, _before("xsdversie", "schoolkey"))
_forgives("VELD-15", "Een verzoek zonder xsdversie", rules.NO_VERSION, _drops("xsdversie"))
_refuses("VELD-16", MUST, "xsdversie 9.9", rules.VERSION, _puts("xsdversie", "9.9"), VERSION)
_forgives(
    "VELD-17",
    "Een onbekend gegevenssetid",
    rules.PROFILE,
    as_it_is,
    lambda probe: probe.ask(set_id="Geen-set"),
)


@BOOK.test("VELD-10", MUST, "laatstontvangengegevens zonder datum", f"Een fout met {MESSAGE}.", rules.VALUE)
async def _no_date(probe: Probe) -> Seen:
    from app.uwlr.conformance.probe import refused
    from app.uwlr.conformance.pulls import LONG_AGO

    message = probe.ask(since=LONG_AGO).put("laatstontvangengegevens", "gisteren")
    return refused(await probe.send(message), MESSAGE)


@BOOK.test("SOAP-06", MUST, "Andere prefixen, en geen", "Een antwoord met leerlingen.", rules.ENVELOPE, rules.NAMESPACE)
async def _prefixes(probe: Probe) -> Seen:
    first = probe.ask().root
    spaces: dict[Any, str] = {None: SOAP_11, "lgx": PUPILS, "a1": AUTHORISATION}
    made = etree.Element(first.tag, nsmap=spaces)
    made.extend(deepcopy(list(first)))
    for element in made.iter():
        if element.tag.startswith(f"{{{PUPILS}}}") or element.tag.startswith(f"{{{AUTHORISATION}}}"):
            element.attrib.clear()
    etree.cleanup_namespaces(made)
    message = probe.ask()
    message.root = made
    return given(await probe.send(message))


@BOOK.test("XML-05", SHOULD, "Een verzoek in UTF-16", "Een antwoord met leerlingen.", rules.CHARSET)
async def _utf_16(probe: Probe) -> Seen:
    message = probe.ask()
    said = {name: value.replace("utf-8", "utf-16") for name, value in message.headers.items()}
    return given(await probe.send(message, message.body("utf-16"), headers=said))


def _actions(id: str, title: str, action: str | None, level: Any = SHOULD) -> None:
    @BOOK.test(id, level, title, "Een antwoord met leerlingen.", rules.ACTION, rules.ACTION_FORM)
    async def answered(probe: Probe) -> Seen:
        message = probe.ask()
        said = {name: value for name, value in message.headers.items() if name != "SOAPAction"}
        if action is not None:
            said["SOAPAction"] = action.format(message.operation.action)
        heard = await probe.send(message, headers=said)
        return given(heard)


_actions("SOAP-07", "SOAPAction zonder aanhalingstekens", "{}")
_actions("SOAP-08", "Geen SOAPAction", None, FIELD)


@BOOK.test(
    "SOAP-04", FIELD, "De SOAPAction van een ander verzoek", "Een antwoord, of een duidelijke weigering.", rules.ACTION
)
async def _other_action(probe: Probe) -> Seen:
    from app.uwlr.conformance.probe import forgiven

    message = probe.ask()
    return forgiven(await probe.send(message, headers=message.headers | {"SOAPAction": '"BrengLeerresultaten"'}))


@BOOK.test("VELD-18", FIELD, "Zonder xsdversie geldt de oudste versie", "Leerlingen zonder eckid.", rules.NO_VERSION)
async def _oldest(probe: Probe) -> Seen:
    from app.uwlr.conformance.model import skipped

    heard = await probe.send(probe.ask().drop("xsdversie"))
    if heard.answered is None or heard.kind != "gegevens":
        return skipped(f"Er kwam {heard.told}.")
    return failed("Er staat een eckid in.") if heard.answered.eckids else passed("Er staat geen eckid in.")
