"""What HTTP adds: encodings, packed and chunked bodies, media types, SOAP 1.1 and 1.2, readiness, a fault of our own."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable

import pytest
from lxml import etree

from app.exchange.uwlr_xml.namespaces import SOAP_11, SOAP_12
from app.exchange.uwlr_xml.rules import FaultCode
from app.uwlr import handling
from app.uwlr.handling import Manner
from app.uwlr.journal import Outcome
from tests.uwlr.conftest import Server
from tests.uwlr.messages import result as brought
from tests.uwlr.messages import sitting
from tests.uwlr.official import content, fault, found


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16", "utf-16-le"),
        ("utf-16", "utf-16-be"),
        ("iso-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
    ],
)
def test_it_reads_the_encoding_that_is_declared(server: Server, encoding: str, body: str) -> None:
    name = f"é {body}"
    text = server.school.letter.but(sittings=sitting(name, brought(f"R {body}"))).push.replace("utf-8", encoding)
    status, _, answer = server.send(text.encode(body), SOAPAction='"BrengLeerresultaten"')
    assert status == 200, answer
    assert name in server.school.waiting_for_a_pupil()
    assert server.last()["remarks"] == []


@pytest.mark.parametrize(
    ("charset", "codec"), [("iso-8859-1", "latin-1"), ("Windows-1252", "cp1252"), ("utf-8", "utf-8")]
)
def test_it_reads_the_encoding_that_only_http_tells(server: Server, charset: str, codec: str) -> None:
    name = f"ë {charset}"
    text = server.school.letter.but(sittings=sitting(name, brought(f"R {charset}"))).push.partition("\n")[2]
    status, _, answer = server.send(text.encode(codec), Content_Type=f'text/xml; charset="{charset}"')
    assert status == 200, answer
    assert name in server.school.waiting_for_a_pupil()


def test_what_http_says_of_the_encoding_is_not_believed_against_the_xml(server: Server) -> None:
    text = server.school.letter.but(sittings=sitting("ü tegen", brought("R tegen"))).push
    status, _, _ = server.send(text.encode(), Content_Type="text/xml; charset=iso-8859-1")
    assert status == 200
    assert "ü tegen" in server.school.waiting_for_a_pupil()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("", bytes)],
    ids=["gzip", "deflate", "plain"],
)
@pytest.mark.parametrize("chunked", [False, True], ids=["whole", "chunked"])
def test_it_unpacks_what_comes(server: Server, encoding: str, pack: Callable[[bytes], bytes], chunked: bool) -> None:
    packed = pack(server.school.letter.pull.encode())
    status, _, answer = server.send(
        packed, chunked=chunked, Content_Encoding=encoding or None, SOAPAction='"HaalLeerlinggegevens"'
    )
    assert status == 200, answer
    assert len(found(content(answer), "leerlingen/leerling")) == len(server.school.enrolled())
    assert server.last()["remarks"] == []


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_is_not_packed_as_it_says_is_refused(server: Server, encoding: str) -> None:
    status, _, answer = server.send(b"\x99" * 300, Content_Encoding=encoding)
    assert (status, fault(answer)[0]) == (400, "Client.OngeldigBericht")
    assert server.last()["rule"] in ("HTTP-05", "HTTP-06")


@pytest.mark.parametrize(
    ("soap", "media", "status", "told"),
    [
        (SOAP_11, "text/xml", 500, []),
        (SOAP_12, "application/soap+xml", 400, ["SOAP-06"]),
        (SOAP_11, "application/soap+xml", 500, ["HTTP-03"]),
        (SOAP_12, "text/xml", 400, ["SOAP-06", "HTTP-03"]),
        (SOAP_11, "application/xml", 500, ["HTTP-03"]),
        (SOAP_11, "", 500, ["HTTP-03"]),
    ],
)
def test_it_answers_in_the_soap_that_was_sent(
    server: Server, soap: str, media: str, status: int, told: list[str]
) -> None:
    right = "application/soap+xml" if soap == SOAP_12 else "text/xml"
    headers = {"Content_Type": media or None, "SOAPAction": '"HaalLeerlinggegevens"'}
    got = server.send(server.school.letter.but(soap=soap).pull, **headers)
    assert (got[0], got[1]) == (200, f"{right}; charset=utf-8")
    assert etree.QName(etree.fromstring(got[2])).namespace == soap
    assert [one["rule"] for one in server.last()["remarks"]] == told
    refused = server.send(server.school.letter.but(soap=soap, brin="99ZZ").pull, **headers)
    assert (refused[0], refused[1]) == (status, f"{right}; charset=utf-8")
    assert fault(refused[2])[0] == "Client.AutorisatieOngeldig"


def test_the_action_of_soap_12_is_a_parameter(server: Server) -> None:
    text = server.school.letter.but(soap=SOAP_12).pull
    server.send(text, Content_Type='application/soap+xml; charset=utf-8; action="HaalIets"')
    assert [one["rule"] for one in server.last()["remarks"]] == ["SOAP-06", "SOAP-04"]
    server.send(text, Content_Type='application/soap+xml; charset=utf-8; action="HaalLeerlinggegevens"')
    assert [one["rule"] for one in server.last()["remarks"]] == ["SOAP-06"]


def test_a_wrong_media_type_is_refused_when_strict(server: Server) -> None:
    lenient, server.service.manner = server.service.manner, Manner(strict=True)
    try:
        headers = {"Content_Type": "application/json", "SOAPAction": '"HaalLeerlinggegevens"'}
        status, _, answer = server.send(server.school.letter.pull, **headers)
    finally:
        server.service.manner = lenient
    assert (status, fault(answer)[1].rpartition("[")[2].partition(":")[0]) == (500, "HTTP-03")


@pytest.mark.parametrize(
    ("path", "status", "is_ready"),
    [
        ("/gereed", 200, True),
        ("/gereed?wacht=10", 200, True),
        ("/gereed?wacht=lang", 400, False),
        ("/gereed?wacht=-1", 400, False),
    ],
)
def test_it_says_when_it_is_ready(server: Server, path: str, status: int, is_ready: bool) -> None:
    got, media, body = server.get(path)
    assert (got, media.partition(";")[0], json.loads(body)["gereed"]) == (status, "application/json", is_ready)


def test_who_waits_for_a_board_is_answered_when_it_is_there(server: Server) -> None:
    find, asked = server.service.board_of, []

    def later(slug: str) -> int | None:
        asked.append(slug)
        return find(slug) if len(asked) > 2 else None

    server.service.board_of = later
    try:
        assert server.get("/gereed")[0] == 503
        assert server.get("/gereed?wacht=10")[0] == 200
    finally:
        server.service.board_of = find


def test_it_is_not_ready_when_its_board_was_removed(server: Server) -> None:
    find = server.service.board_of
    server.service.board_of = lambda _slug: 2**31 - 1
    try:
        assert server.get("/gereed")[0] == 503
    finally:
        server.service.board_of = find


def test_a_fault_of_the_program_is_one_of_the_server(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("iets onverwachts")

    monkeypatch.setattr(handling, "pull", broken)
    status, _, answer = server.send(server.school.letter.pull)
    assert (status, fault(answer)[0]) == (500, FaultCode.INTERNAL)
    assert (server.last()["outcome"], server.last()["rule"]) == (Outcome.FAILED, "DIENST-02")
