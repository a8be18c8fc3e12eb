"""`esis serve` as a command: what it prints, what it refuses, and that it stops."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from app import ending
from app.commands import serve
from app.ending import Ended
from app.platform_parts import APART
from app.refusals import Refused
from app.serving import endings
from app.serving.session import Told
from models.board import Board
from tests.commands.conftest import ROOT, Esis


def test_it_tells_the_address_of_the_board_serves_it_and_stops(practice: str) -> None:
    command = [sys.executable, "-m", "app", "--database", practice, "serve", "--port", "0"]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    told = server.stderr.readline().strip()
    assert told.startswith("Oefenbestuur: http://127.0.0.1:")
    with urllib.request.urlopen(told.partition(": ")[2], timeout=30) as answer:
        assert "ESIS wordt geopend: Oefenbestuur" in answer.read().decode()
    assert "Hoogstens 30 sessies" in server.stderr.readline()
    address = told.partition("//")[2].partition("/")[0].split(":")
    with socket.create_connection((address[0], int(address[1]))) as strange:
        strange.sendall(b"GET / HTTP/1.1\r\n\xff\x00 geen http\r\n\r\n")
        assert b"400" in strange.recv(100)
    server.send_signal(signal.SIGHUP)
    assert server.wait(30) == 128 + signal.SIGHUP
    assert server.stderr.read() == "Afgebroken.\n", "and nothing of what came over the network"
    server.stderr.close()


def test_on_a_network_the_practice_board_is_not_served_by_itself(esis: Esis) -> None:
    said = esis("serve", "--host", "0.0.0.0", "--port", "0")
    assert said.status == 1
    assert "een dat iedereen kent" in said.err


def test_a_network_is_warned_of(practice: str) -> None:
    command = [
        sys.executable,
        "-m",
        "app",
        "--database",
        practice,
        "serve",
        "--host",
        "0.0.0.0",
        "--port",
        "0",
        "--board",
        "Oefenbestuur",
    ]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    told = server.stderr.readline()
    assert f"/b/oefenbestuur-{Board.get().id}" in told
    assert "//0.0.0.0:" not in told, "nobody can open that"
    assert any("onversleuteld" in server.stderr.readline() for _ in range(2))
    server.terminate()
    assert server.wait(30) == 128 + signal.SIGTERM
    server.stderr.close()


def test_a_port_that_is_taken_and_a_board_that_is_not_there_are_refused(esis: Esis) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = esis("serve", "--port", str(taken.getsockname()[1]))
    assert said.status == 1
    assert "Kies met --port een andere poort" in said.err
    assert esis("serve", "--board", "Bestaat niet").status == 1
    assert esis("serve", "--sessions", "0").status == 2


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (Refused("Dit bestuur is er niet meer."), 1, "Dit bestuur is er niet meer."),
        (OSError(errno.ENOSPC, "geheim"), 3, "De schijf is vol."),
        (Ended(signal.SIGTERM), 128 + signal.SIGTERM, ""),
    ],
)
def test_what_the_program_behind_a_page_cannot_go_on_after_is_told_to_the_page(
    error: BaseException,
    status: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setenv("ESIS_DATABASE_URL", f"sqlite:///{tmp_path / 'x.db'}")
    monkeypatch.setattr(ending, "listen", lambda: None)
    monkeypatch.setattr(serve, "behind_a_page", fails)
    assert serve.main(1, "oefenbestuur-1") == status
    said = capsysbinary.readouterr()
    assert said.err == b""
    assert b"geheim" not in said.out
    heard = Told.read(said.out.partition(b"__GANGLION__\nM")[2][4:])
    assert (heard.failed if heard else "") == (f"ESIS kon niet verder. {told}" if told else "")


def test_the_page_of_a_removed_board_says_so(practice: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert practice
    serve._tell_removed(1)
    assert capsysbinary.readouterr().out == b""
    serve._tell_removed(999)
    heard = Told.read(capsysbinary.readouterr().out[5:])
    assert heard is not None
    assert heard.failed == endings.REMOVED


BOTH = """
import os
from app.commands import program, serve
program.keep_open = lambda settings, board: print(os.nice(0), board.name)
serve.behind_a_page(1, "oefenbestuur-1")
serve.behind_a_page(2, "klas-2")
"""


def test_the_program_of_a_learner_gives_way_to_that_of_the_trainer(practice: str, esis: Esis) -> None:
    assert esis("board", "create", "--count", "1").status == 0
    own = {**os.environ, "ESIS_DATABASE_URL": practice}
    # Apart, as behind a page: Linux lets a whole session give way, here that of the tests.
    done = subprocess.run(
        [sys.executable, "-c", BOTH], cwd=ROOT, env=own, capture_output=True, text=True, check=False, **APART
    )
    nice = 0 if sys.platform == "win32" else os.nice(0)
    assert done.stdout.splitlines() == [f"{nice} Oefenbestuur", f"{nice + 10} Klas 01"], done.stderr
