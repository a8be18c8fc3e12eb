"""Everything is seen: what is no message, no HTTP or no TLS is a row in the journal, with its reason."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from app import clock
from app.uwlr import certificates, disturbing, spoiling
from app.uwlr.certificates import Authority, Pair
from app.uwlr.disturbing import FaultForm
from app.uwlr.security import Security
from models.assessment import Result
from models.board import Board
from tests.uwlr.service import OWN, PATH, PATIENCE, Running, all_rows, envelope, post, pull, push, serving, small_world

CUT_OFF = post(b"<s:Envelope", said=5000)
PLAIN: dict[str, tuple[bytes, bool, str, int, str]] = {
    "no HTTP": (b"HALLO DAAR\r\n\r\n", False, "HTTP-07", 400, "iets anders"),
    "TLS on plain http": (
        b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03\r\n\r\n",
        False,
        "HTTP-07",
        400,
        "TLS op een http-adres",
    ),
    "half a head": (b"POST /UWLR HTTP/1.1\r\nHos", True, "HTTP-07", 0, "het einde van de verbinding"),
    "another method": (
        b"PUT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".replace(b"/ ", PATH.encode() + b" "),
        False,
        "HTTP-01",
        405,
        "PUT",
    ),
    "a wrong path": (post(pull(), "/UWLR/Anders.svc"), False, "HTTP-02", 404, "/UWLR/Anders.svc"),
    "no XML": (post(b"klantcode=eigen"), False, "XML-01", 500, ""),
    "nothing": (post(b""), False, "XML-01", 500, ""),
    "no SOAP": (post(b"<bestelling/>"), False, "SOAP-01", 500, ""),
    "an unknown request": (post(envelope("<vraag/>")), False, "SOAP-03", 500, ""),
    "cut off in the middle": (CUT_OFF, True, "HTTP-05", 408, "het einde van de verbinding"),
    "too large": (post(b"<a>" + b" " * (1 << 20)), False, "HTTP-04", 413, ""),
    "no gzip": (
        post(b"geen gzip").replace(b"Content-Type", b"Content-Encoding: gzip\r\nContent-Type"),
        False,
        "HTTP-06",
        400,
        "",
    ),
}


async def test_twelve_calls_that_are_no_message_are_twelve_rows_with_a_reason(sqlite: str) -> None:
    board, _ = small_world()
    async with serving(board) as service:
        for name, (sent, leave, rule, status, found) in PLAIN.items():
            seen = await service.call(sent, leave=leave)
            row = await service.row()
            assert (name, row.outcome, row.rule, row.status) == (name, "refused", rule, status)
            assert found in row.found, name
            assert row.rule in row.told, name
            assert row.client == "127.0.0.1"
            assert leave or seen.split(b" ")[1] == str(status).encode(), name
    assert len(all_rows(board)) == len(PLAIN) == 12


async def test_who_does_not_wait_for_the_answer_is_told_of_and_the_work_stays_done(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = asyncio.Event()

    async def until_gone(_disturbance: object, request: web.Request) -> bool:
        ready.set()
        while request.transport is not None:
            await asyncio.sleep(0)
        return True

    monkeypatch.setattr(spoiling, "on_its_way", until_gone)
    board, _ = small_world()
    async with serving(board) as service:
        _reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
        writer.write(post(push()))
        await asyncio.wait_for(ready.wait(), PATIENCE)
        writer.close()
        row = await service.row()
    (row,) = all_rows(board)
    assert (row.outcome, Result.select().count()) == ("accepted", 1)
    assert "HTTP-10" in row.remarks
    assert row.told.startswith("Resultaten: 1")
    assert row.told.endswith("[HTTP-10: De beller wacht tot hij het hele antwoord heeft]")


async def test_who_sends_nothing_is_no_call_and_a_second_call_on_a_connection_is_one(sqlite: str) -> None:
    board, _ = small_world()
    async with serving(board) as service:
        await service.call(b"", leave=True)
        seen = await service.call(post(pull(), close=False) + post(pull()))
        assert seen.count(b"HTTP/1.1 200 OK") == 2
        assert (await service.row()).id < (await service.row()).id
    assert [row.outcome for row in all_rows(board)] == ["accepted", "accepted"]


# ---- with --self-signed


@dataclass
class Secured:
    """A service with TLS, and clients of every kind."""

    service: Running
    board: Board
    authority: Authority
    other: Authority

    def client(self, pair: Pair | None, trusts: Path | None = None) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=trusts or self.authority.file)
        if pair is not None:
            context.load_cert_chain(pair.certificate, pair.key)
        return context


@pytest.fixture(scope="module")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> tuple[Authority, Authority]:
    """Ours, and somebody else's."""
    folder = tmp_path_factory.mktemp("certificaten")
    both = Authority(folder / "onze"), Authority(folder / "andere")
    for one in both:
        one.of_supplier(OWN)
    return both


@pytest.fixture
async def secured(
    sqlite: str, authorities: tuple[Authority, Authority], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Secured]:
    """Running, for a small board."""
    authority, other = authorities
    monkeypatch.setattr(certificates, "folder_here", lambda: authority.file.parent)
    board, _ = small_world()
    security = Security.ready(board.id, "127.0.0.1")
    async with serving(board, secured=security.context) as service:
        yield Secured(service, board, authority, other)


def blocking(port: int, context: ssl.SSLContext) -> None:
    """A call as most programs make it: unlike asyncio, they say why they refuse."""
    plain = socket.create_connection(("127.0.0.1", port), PATIENCE)
    with plain, context.wrap_socket(plain, server_hostname="localhost") as connection:
        connection.sendall(post(pull()))
        assert connection.recv(100), "the connection is not closed without a word"


def _nobody(one: Secured) -> ssl.SSLContext:
    return one.client(None)


def _of_another(one: Secured) -> ssl.SSLContext:
    return one.client(one.other.of_supplier(OWN))


def _expired(one: Secured) -> ssl.SSLContext:
    return one.client(one.authority.expired())


def _does_not_trust(one: Secured) -> ssl.SSLContext:
    return one.client(one.authority.of_supplier(OWN), one.other.file)


@pytest.mark.parametrize(
    ("client", "found", "word"),
    [
        (_nobody, "geen certificaat", "alert certificate required"),
        (_of_another, "een certificaat dat deze dienst niet kent", "alert unknown ca"),
        (_expired, "een verlopen certificaat", "alert certificate expired"),
        (_does_not_trust, "de beller vertrouwt het certificaat van de dienst niet", "certificate verify failed"),
    ],
    ids=["no certificate", "of another authority", "expired", "a client that does not trust ours"],
)
async def test_tls_that_does_not_come_about_is_a_row_with_its_reason(
    secured: Secured, client: Callable[[Secured], ssl.SSLContext], found: str, word: str
) -> None:
    with pytest.raises(ssl.SSLError, match=word):
        await asyncio.to_thread(blocking, secured.service.port, client(secured))
    row = await secured.service.row()
    assert (row.outcome, row.rule, row.found, row.status, row.client) == ("refused", "HTTP-09", found, 0, "127.0.0.1")


async def test_plain_http_on_https_is_told_what_to_do_and_half_a_handshake_is_seen(secured: Secured) -> None:
    seen = await secured.service.call(post(pull()))
    assert seen.startswith(b"HTTP/1.1 400 ")
    assert b"gebruik https://" in seen
    assert (await secured.service.row()).rule == "HTTP-08"
    await secured.service.call(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", leave=True)
    row = await secured.service.row()
    assert (row.rule, row.found) == ("HTTP-09", "het einde van de verbinding")


async def test_a_certificate_belongs_to_a_supplier(secured: Secured) -> None:
    own = secured.client(secured.authority.of_supplier(OWN))
    assert b"leerlinggegevens_antwoord" in await secured.service.call(post(pull()), own)
    assert (await secured.service.row()).outcome == "accepted"
    for body, rule in (
        (pull(code="iep-lvs", name="Bureau ICE"), "KLANT-02"),
        (pull(code="niemand"), "KLANT-01"),
        (pull(code="fout-Client.ScoreOngeldig"), "DIENST-03"),
    ):
        seen = await secured.service.call(post(body), own)
        row = await secured.service.row()
        assert (row.rule, rule in seen.decode()) == (rule, True)
    partner = secured.client(secured.authority.of_supplier("iep-lvs"))
    assert b"_antwoord" in await secured.service.call(post(pull(code="iep-lvs", name="Bureau ICE")), partner)


async def test_an_expired_certificate_of_the_service_is_a_disturbance(secured: Secured) -> None:
    own = secured.client(secured.authority.of_supplier(OWN))
    trainer = small_world()[1]
    disturbing.put(trainer, FaultForm("expired"))  # of another board: it has no certificate of its own
    assert b" 200 OK" in await secured.service.call(post(pull()), own)
    await secured.service.row()
    mine = disturbing.ServiceFault.create(board=secured.board, kind="expired", nth=1)
    with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
        await asyncio.to_thread(blocking, secured.service.port, own)
    row = await secured.service.row()
    assert (row.rule, row.found) == ("HTTP-09", "de beller weigert een verlopen certificaat van de dienst")
    assert b" 200 OK" in await secured.service.call(post(pull()), own), "the second connection is a usual one"
    assert disturbing.ServiceFault.get_by_id(mine.id).calls == 2


# ---- the files


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix == ".pem"}


def test_certificates_are_made_once_in_private_and_renewed_before_they_expire(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "eigen" / "certificaten"

    def made() -> dict[str, bytes]:
        authority = Authority(folder)
        authority.of_service()
        authority.of_supplier(OWN)
        authority.of_supplier("Ander/../é")
        return contents(folder)

    first = made()
    assert len(first) == 8
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert made() == first
    now = clock.wall_now()
    monkeypatch.setattr(clock, "wall_now", lambda: now + certificates.LASTS - certificates.EARLY + timedelta(days=1))
    renewed = made()
    assert {name for name in first if renewed[name] == first[name]} == {"autoriteit.pem", "autoriteit-sleutel.pem"}
    (folder / "dienst.pem").write_bytes(b"kapot")
    (folder / f"leverancier-{OWN}-sleutel.pem").write_bytes(renewed["dienst-sleutel.pem"])
    mended = made()
    assert {name.partition("-")[0] for name in mended if mended[name] != renewed[name]} == {
        "dienst",
        "dienst.pem",
        "leverancier",
    }
    (folder / "autoriteit-sleutel.pem").unlink()
    assert {name for name in mended if made()[name] == mended[name]} == set()


def test_names_are_those_that_a_certificate_can_have() -> None:
    found = certificates.names_of("school.local", ["192.0.2.7", "2001:db8::7"])
    assert {"localhost", "127.0.0.1", "::1", "school.local", "192.0.2.7", "2001:db8::7"} <= set(found)
    assert "met_streepje" not in certificates.names_of("met_streepje", ())


async def test_a_key_in_an_address_is_not_kept(sqlite: str) -> None:
    board, _ = small_world()
    key = "99QQ00oefensleutel2020"
    async with serving(board) as running:
        answer = await running.call(post(pull(), f"/uwlr/{key}"))
        row = await running.row()
    assert "/uwlr/" in row.address
    assert key not in f"{row.address} {row.found} {row.told} {bytes(row.answer)!r} {answer!r}"
