"""Servers that do one thing wrong, each with the tests that should notice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.exchange.uwlr_xml.namespaces import PUPILS, SOAP_11, SOAP_12
from tests.uwlr.conformance.recording import Change, Got, Sent, World

Swap = tuple[str, str]


@dataclass(frozen=True)
class Mutant:
    """A server, and the tests it fails."""

    name: str
    change: Change
    fails: tuple[str, ...]


MUTANTS: list[Mutant] = []


def _mutant(name: str, fails: str, change: Change) -> None:
    MUTANTS.append(Mutant(name, change, tuple(f"LAS-{one}" for one in fails.split())))


def _is_whole(got: Got) -> bool:
    return b"<leerlinggegevens_antwoord" in got.body and b"<leerlingen>" in got.body


def _is_fault(got: Got) -> bool:
    return b":Fault>" in got.body


def _in(fits: Callable[[Got], bool], *swaps: Swap, status: int = 0) -> Change:
    """Regular expressions, each replaced once, in answers that fit."""

    def change(_world: World, sent: Sent, got: Got, _times: int) -> Got:
        if not fits(got) or sent.method == "RAW":
            return got
        body = got.body.decode()
        for pattern, text in swaps:
            body = re.sub(pattern, text, body, count=1)
        return replace(got, body=body.encode(), status=status or got.status)

    return change


def _in_whole(*swaps: Swap) -> Change:
    return _in(_is_whole, *swaps)


def _in_fault(*swaps: Swap, where: str = "", status: int = 0) -> Change:
    return _in(lambda got: _is_fault(got) and where.encode() in got.body, *swaps, status=status)


def _as_if(*swaps: Swap) -> Change:
    """Answers as if something else had been sent: what is ignored."""

    def change(world: World, sent: Sent, got: Got, _times: int) -> Got:
        body = sent.body.decode("utf-8", "replace")
        for pattern, text in swaps:
            body = re.sub(pattern, text.format(who=world.probe.who, school=world.probe.school), body)
        return world.answer_to(sent.with_body(body.encode())) or got

    return change


def _for(what: str, answer: Got, url: str = "") -> Change:
    """Another answer to calls with this in their body."""

    def change(_world: World, sent: Sent, got: Got, _times: int) -> Got:
        return answer if what.encode() in sent.body and url in sent.url and sent.method == "POST" else got

    return change


def _for_rule(rule: str, answer: Got) -> Change:
    """Another answer where ours refuses for this rule."""
    return lambda _world, _sent, got, _times: answer if f"[{rule}: ".encode() in got.body else got


def _confirmed() -> Got:
    inside = '<leerresultaten_bevestiging xmlns="http://www.edustandaard.nl/leerresultaten/2/leerresultaten"/>'
    return Got(200, "text/xml", f'<s:Envelope xmlns:s="{SOAP_11}"><s:Body>{inside}</s:Body></s:Envelope>'.encode())


def _nothing(element: str) -> Got:
    inside = f'<leerlinggegevens_antwoord xmlns="{PUPILS}"><{element}/></leerlinggegevens_antwoord>'
    return Got(200, "text/xml", f'<s:Envelope xmlns:s="{SOAP_11}"><s:Body>{inside}</s:Body></s:Envelope>'.encode())


HTML = Got(500, "text/html", b"<html><body><p>Runtime Error<br></body></html>")
VERSION, MESSAGE = r"s:Client\.XsdVersieOngeldig", "s:Client.OngeldigBericht"
_FIRST = r'(<leerling key=")[^"]+'

_mutant("an unknown version is a wrong message", "VELD-16 ORDE-02 FOUT-06", _in_fault((VERSION, MESSAGE)))
_mutant("a faultcode of its own", "VELD-16 ORDE-02 FOUT-06 FOUT-02", _in_fault((VERSION, "s:Client.Fout")))
_mutant("a fault with status 200", "FOUT-01", _in_fault(status=200))
_mutant("a faultcode without a prefix", "FOUT-03", _in_fault((r"<faultcode>s:", "<faultcode>")))
_mutant("an empty faultstring", "FOUT-04", _in_fault((r"<faultstring>[^<]*", "<faultstring>")))


def _tells_the_key(_world: World, sent: Sent, got: Got, _times: int) -> Got:
    key = re.search(rb"<autorisatiesleutel>([^<]{8,})", sent.body)
    return replace(got, body=got.body.replace(b"</faultstring>", (key[1] if key else b"") + b"</faultstring>"))


_mutant("a fault that repeats the key", "FOUT-05", _tells_the_key)
_mutant(
    "a pupil in a group that is not there", "HAAL-04", _in_whole((r'(<leerling .*?<groep key=")[^"]+', r"\1nergens"))
)
_mutant(
    "a teacher in a group that is not there",
    "HAAL-04",
    _in_whole((r'(<leerkracht .*?<groep key=")[^"]+', r"\1nergens")),
)
_mutant(
    "a pupil at a location that is not there",
    "HAAL-04",
    _in_whole((r'(</groep.*?<vestiging key=")[^"]+', r"\1nergens")),
)
_mutant(
    "two pupils with one key",
    "HAAL-05",
    _in_whole((r'(<leerling key=")([^"]+)(.*?<leerling key=")[^"]+', r"\1\2\3\2")),
)
_mutant(
    "two pupils with one ECK iD",
    "HAAL-05",
    _in_whole((r'(<leerling [^>]*eckid=")([^"]+)(.*?<leerling [^>]*eckid=")[^"]+', r"\1\2\3\2")),
)
_mutant("the namespace of UWLR 1", "HAAL-03", _in_whole((re.escape(PUPILS), PUPILS.replace("/2/", "/1/"))))
_mutant(
    "an element in no namespace",
    "HAAL-03",
    _in_whole((r"<roepnaam>", '<roepnaam xmlns="">')),
)
_mutant("a year group that does not exist", "HAAL-02", _in_whole((r"(<leerling .*?<jaargroep>)[^<]+", r"\g<1>99")))
_mutant("a group without a name", "HAAL-02", _in_whole((r"(<groep [^>]*>)<naam>[^<]*</naam>", r"\1")))
_mutant("an element of its own", "HAAL-02 HAAL-14", _in_whole((r"</leerling>", "<klas>3b</klas></leerling>")))
_mutant(
    "names in another order",
    "HAAL-02",
    _in_whole((r"(<achternaam>[^<]*</achternaam>)(.*?)(<roepnaam>[^<]*</roepnaam>)", r"\3\2\1")),
)
_mutant("the second pupil without a key", "HAAL-02", _in_whole((r'(<leerling .*?<leerling) key="[^"]+"', r"\1")))
_mutant("an ECK iD in version 2.1", "HAAL-08", _as_if((r"<xsdversie>2\.1<", "<xsdversie>2.2<")))
_mutant("an ECK iD in version 2.0", "HAAL-09", _as_if((r"<xsdversie>2\.0<", "<xsdversie>2.2<")))


def _newest_by_default(world: World, sent: Sent, got: Got, _times: int) -> Got:
    if b"_verzoek" not in sent.body or b"<xsdversie>" in sent.body or not _is_whole(got):
        return got
    return next(found for one, found in world.answers.items() if b"<xsdversie>2.2<" in one.body and _is_whole(found))


_mutant("the newest version where none is asked", "VELD-18", _newest_by_default)
_mutant("the answer of another school", "HAAL-06", _in_whole((r"<brincode>[^<]*", "<brincode>98QQ")))
_mutant("an answer that says 2.3", "HAAL-07", _in_whole((r"<xsdversie>2\.2<", "<xsdversie>2.3<")))
_mutant(
    "never geenwijzigingen",
    "HAAL-10",
    _as_if((r"<laatstontvangengegevens>2[^<]*</laatstontvangengegevens>", "")),
)
_mutant("always geenwijzigingen", "HAAL-11", _for("<laatstontvangengegevens>1990", _nothing("geenwijzigingen")))


def _one_less_each_time(_world: World, _sent: Sent, got: Got, times: int) -> Got:
    if not _is_whole(got) or times == 1:
        return got
    return replace(got, body=re.sub(rb"<leerling .*?</leerling>", b"", got.body, count=1))


_mutant("a pupil less the second time", "HAAL-12", _one_less_each_time)
_mutant("SOAP 1.2 answered in 1.1", "HAAL-13", _in(_is_whole, *[(re.escape(SOAP_12), SOAP_11)]))
_mutant(
    "more than the Smalle set",
    "HAAL-14",
    _as_if((r"<gegevenssetid>Smalle-set</gegevenssetid>", "")),
)
_mutant(
    "a structure without a group",
    "GETRAPT-02",
    _in(lambda got: b"<structuur_antwoord" in got.body, (r"<groep .*?</groep>", "")),
)
_mutant(
    "pupils of another group too",
    "GETRAPT-03",
    _in(lambda got: b"<leerlingen_antwoord" in got.body, (r'(<groep key=")[^"]+', r"\1een-andere")),
)
_mutant(
    "pages in another media type",
    "HTTP-08",
    lambda _w, _s, got, _t: replace(got, media="text/html") if _is_whole(got) else got,
)
_mutant("data with status 500", "HTTP-09", lambda _w, _s, got, _t: replace(got, status=500) if _is_whole(got) else got)
_mutant("no WSDL", "WSDL-01", lambda _w, sent, got, _t: HTML if sent.url.endswith("?wsdl") else got)


def _answers_get(world: World, sent: Sent, got: Got, _times: int) -> Got:
    if sent.method != "GET" or sent.url.endswith("?wsdl"):
        return got
    return next(found for found in world.answers.values() if _is_whole(found))


_mutant("GET is answered with pupils", "HTTP-01", _answers_get)


def _answers_half(_world: World, sent: Sent, got: Got, _times: int) -> Got:
    is_half = sent.method == "RAW" and b"</s:Envelope>" not in sent.body
    return replace(got, body=b"HTTP/1.1 200 OK\r\n\r\n<x/>") if is_half else got


_mutant("half a message is answered", "HTTP-05", _answers_half)
_mutant(
    "the key is not looked at",
    "SLEUTEL-01 BRENG-13",
    _as_if((r"<autorisatiesleutel>[^<]{2,}<", "<autorisatiesleutel>{who.key}<")),
)
_mutant("klantcode is not looked at", "KLANT-01", _as_if((r"<klantcode>oefen[^<]+<", "<klantcode>{who.client_code}<")))
_mutant("klantnaam is not looked at", "KLANT-02", _as_if((r"<klantnaam>Oefen[^<]+<", "<klantnaam>{who.client_name}<")))
_mutant("the location is not looked at", "SLEUTEL-02", _as_if((r"<dependancecode>98<", "<dependancecode>00<")))
_mutant(
    "no header is a wrong message", "AUT-01", _in_fault((r"s:Client\.AutorisatieOngeldig", MESSAGE), where="[AUT-01: ")
)
_mutant("cut XML gives a page of HTML", "XML-01", _for_rule("XML-01", HTML))
_mutant("a DOCTYPE is read", "XML-02", _for_rule("XML-02", _nothing("geengegevens")))
_mutant("mustUnderstand is not understood", "SOAP-05", _for_rule("SOAP-05", _nothing("geengegevens")))
_mutant("two results with one key are stored", "BRENG-01", _for_rule("INHOUD-01", _confirmed()))
_mutant("an unknown test is stored", "BRENG-05", _for_rule("INHOUD-05", _confirmed()))
_mutant("a score outside the norm is stored", "BRENG-06", _for_rule("INHOUD-06", _confirmed()))
_mutant(
    "a confirmation that is not empty",
    "BRENG-20 BRENG-21 BRENG-22",
    _in(
        lambda got: b"leerresultaten_bevestiging" in got.body,
        (r"/></s:Body>|></leerresultaten", r"><x/></leerresultaten"),
    ),
)


def _refuses_again(world: World, sent: Sent, got: Got, times: int) -> Got:
    if times == 1 or b"leerresultaten_bevestiging" not in got.body:
        return got
    return next(found for found in world.answers.values() if b"[INHOUD-01: " in found.body)


_mutant("the same message twice is refused", "BRENG-21", _refuses_again)
