"""`esis serve` as a command: what it tells, whom it refuses, and that it stops."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request

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
    server.send_signal(signal.SIGTERM)
    assert server.wait(30) == 0
    server.stderr.close()


def test_on_a_network_the_practice_board_is_not_served_by_itself(esis: Esis) -> None:
    said = esis("serve", "--host", "0.0.0.0", "--port", "0")
    assert said.status == 1
    assert "een dat iedereen kent" in said.err


def test_a_network_is_warned_of(practice: str) -> None:
    command = [sys.executable, "-m", "app", "--database", practice, "serve", "--host", "0.0.0.0", "--port", "0",
               "--board", "Oefenbestuur"]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    assert f"/b/oefenbestuur-{Board.get().id}" in server.stderr.readline()
    assert "onversleuteld" in server.stderr.readline()
    server.terminate()
    assert server.wait(30) == 0
    server.stderr.close()


def test_a_port_that_is_taken_and_a_board_that_is_not_there_are_refused(esis: Esis) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = esis("serve", "--port", str(taken.getsockname()[1]))
    assert said.status == 1
    assert "Kies met --port een andere poort" in said.err
    assert esis("serve", "--board", "Bestaat niet").status == 1
    assert esis("serve", "--sessions", "0").status == 2
