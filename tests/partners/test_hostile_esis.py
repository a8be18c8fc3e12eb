"""What pretends to be another ESIS: whatever it answers, there is a sentence, within bounds, and nothing is taken over."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from app.exchange.uwlr import Authorisation, PupilData, SchoolReference
from app.exchange.uwlr_xml.answering import Data, write_data
from app.exchange.uwlr_xml.namespaces import SOAP_11
from app.exchange.uwlr_xml.operations import PULL_ALL
from app.exchange.uwlr_xml.versions import NEWEST
from app.other_esis import asking, client
from app.other_esis.certificates import Certificates
from app.other_esis.setting import Elsewhere
from app.refusals import Refused
from app.runs import Unreachable

WHO, SCHOOL = Authorisation("geheim", "k", "n"), SchoolReference("99QQ", "00", "2019-2020")


class Hostile(BaseHTTPRequestHandler):
    """Answers what its server was told."""

    server: Server

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_POST(self) -> None:
        """Answer."""
        self.rfile.read(int(self.headers["Content-Length"]))
        try:
            for part in self.server.parts:
                self.wfile.write(part)
                self.wfile.flush()
                time.sleep(self.server.pause)
        except OSError:
            return


class Server(ThreadingHTTPServer):
    """Its answer, in parts."""

    daemon_threads = True
    parts: list[bytes]
    pause = 0.0


@pytest.fixture
def server() -> Iterator[Server]:
    """It listens."""
    with Server(("127.0.0.1", 0), Hostile) as made:
        Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        yield made
        made.shutdown()


def answered(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: text/xml", *headers))
    return f"{head}\r\n\r\n".encode() + body


def given(school: SchoolReference, *keys: str) -> bytes:
    """An answer with these pupils."""
    pupils = [PupilData(key, "", "A", "", "B", None, "") for key in keys]
    write_data(file := io.BytesIO(), SOAP_11, PULL_ALL, Data(school, datetime(2020, 4, 14), "x", [], pupils), NEWEST)
    return answered(file.getvalue())


def pull(server: Server, *parts: bytes) -> asking.Pulled:
    server.parts = list(parts)
    url = f"http://127.0.0.1:{server.server_port}/x.svc"
    return asking.pull(Elsewhere(url, url, "k", "n"), WHO, SCHOOL)


@pytest.mark.parametrize(
    "part",
    [
        answered(b"<html><script>alert(1)</script>"),
        answered(b""),
        answered(b"", "302 Found", "Location: http://127.0.0.1:1/"),
        answered(b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'),
        answered("<a/>".encode("utf-16"), "200 OK"),
        answered(b"\xff\xfe\x00" * 50),
    ],
)
def test_what_is_no_uwlr_is_refused_and_redirects_are_not_followed(server: Server, part: bytes) -> None:
    with pytest.raises(asking.RefusedThere, match="antwoordt geen UWLR"):
        pull(server, part)


@pytest.mark.parametrize(
    "part",
    [
        b"\0\xff garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n",
        answered(b"nothing packed", "200 OK", "Content-Encoding: gzip"),
        b"",
    ],
)
def test_what_is_broken_can_be_tried_again(server: Server, part: bytes) -> None:
    with pytest.raises(Unreachable, match="niet bereikbaar"):
        pull(server, part)


def test_who_gives_a_byte_now_and_then_or_goes_on_for_ever_is_given_up(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LONGEST", 0.3)
    server.pause = 0.05
    with pytest.raises(Unreachable, match="geeft geen antwoord"):
        pull(server, b"HTTP/1.1 200 OK\r\n\r\n", *[b" "] * 100)
    monkeypatch.setattr(client, "LARGEST", 1_000)
    server.pause = 0.0
    with pytest.raises(Unreachable, match="groter dan"):
        pull(server, b"HTTP/1.1 200 OK\r\n\r\n", *[b" " * 500] * 100)


def test_an_answer_for_another_school_or_year_or_with_too_many_is_not_taken(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(pull(server, given(SCHOOL, "1", "2")).pupils) == 2
    for other in (
        replace(SCHOOL, brin="88AA"),
        replace(SCHOOL, location="01"),
        replace(SCHOOL, school_year="2018-2019"),
    ):
        with pytest.raises(asking.RefusedThere, match="gevraagd was 99QQ00 in 2019-2020"):
            pull(server, given(other, "1"))
    with pytest.raises(asking.RefusedThere, match="klopt niet, en is niet overgenomen"):
        pull(server, given(SCHOOL, "1", "1"))
    monkeypatch.setattr(asking, "MOST", 1)
    with pytest.raises(asking.RefusedThere, match="van één vestiging meer dan 1 leerling"):
        pull(server, given(SCHOOL, "1", "2"))


def test_a_name_that_is_no_address_is_told() -> None:
    for url in (f"http://{'a' * 64}/x", "http://a..b/x"):
        with pytest.raises(Unreachable, match="is geen adres"):
            asking.pull(Elsewhere(url, url, "k", "n"), WHO, SCHOOL)


def test_a_file_for_https_is_a_file_and_no_password_is_asked(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/zero"), tmp_path / "er-is-niets"):
        for name in ("authority", "certificate"):
            with pytest.raises(Refused, match="niet te lezen"):
                Certificates(**{name: path}).context()
