"""The program from Python: one set of requests for `Esis` and `AsyncEsis`, exceptions, fixtures; with a program that plays it."""

from __future__ import annotations

import asyncio
import inspect
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_esis import (
    AsyncEsis,
    CannotDo,
    EsisError,
    NotOnScreen,
    NotSo,
    ProgramEnded,
    ProgramFault,
    Refused,
    Stopped,
    TimedOut,
    WrongUse,
)
from pytest_esis.driving import Esis
from pytest_esis.errors import of_reply
from pytest_esis.requests import Asking, Method, Request
from pytest_esis.seen import read_cells

from app.training.driving.vocabulary import CODES, COMMANDS, Code

pytest_plugins = ["pytester"]
FAKE = r"""
import json, os, sys, time
SCREEN = {"text": "[ scherm ]\n", "columns": 80, "rows": 24, "program": "ESIS", "path": "A > B", "title": "B", "window": "",
          "user": "rovict", "location": "99QQ00", "now": "2020-04-14T09:00:00+02:00", "messages": [], "later": 1}
assert "PYTHONPATH" not in os.environ
for line in sys.stdin:
    asked = json.loads(line)
    command, result = asked["command"], {}
    reply = {"id": asked["id"], "ok": True, "result": result}
    if command == "screen":
        result.update(SCREEN)
    elif command == "do":
        result["shots"] = [{"name": json.dumps([sys.argv[1:], asked]), "text": "", "svg": ""}]
    elif command == "choose":
        reply = {"id": asked["id"], "ok": False, "error": {"code": "not-on-screen", "message": "Dat staat er niet.",
                 "nearest": "Dit", "screen": "[ fout ]"}}
    elif command == "check":
        result.update(holds=asked["check"] == "waar", sentence="Het is waar.")
    elif command == "picture":
        result["text"] = "plaatje"
    elif command == "type" and asked["text"] == "sterf":
        sys.stderr.write("Het is op.\n")
        os._exit(3)
    elif command == "type":
        time.sleep(600)
    elif command == "stop":
        print("geen JSON", flush=True)
    print(json.dumps(reply), flush=True)
"""
TESTS = """
import pytest
from pytest_esis import AsyncEsis, Esis

PIDS = []

def test_begin(esis: Esis) -> None:
    PIDS.append(esis._connection.process._process.pid)
    assert esis.screen().path == "A > B"

@pytest.mark.esis("half-done", size="80x24")
def test_state(esis, esis_session) -> None:
    assert esis is esis_session
    assert [esis._connection.process._process.pid] == PIDS

def test_wrong(esis) -> None:
    assert esis.check("onwaar")

def test_not_there(esis) -> None:
    esis.choose("x")

def test_dies(esis) -> None:
    esis.type("sterf")

def test_after(async_esis) -> None:
    assert isinstance(async_esis, AsyncEsis)
"""
MATTERS = {
    Code.NOT_ON_SCREEN: NotOnScreen,
    Code.NOT_SO: NotSo,
    Code.CANNOT: CannotDo,
    Code.REFUSED: Refused,
    Code.TIMED_OUT: TimedOut,
    Code.STOPPED: Stopped,
    Code.FAULT: ProgramFault,
}


@pytest.fixture
def fake(tmp_path: Path) -> Callable[[str], str]:
    """Makes a command that starts a program with this text."""

    def command(text: str) -> str:
        path = tmp_path / "fake.py"
        path.write_text(text, encoding="utf-8")
        return f"{sys.executable} {path}"

    return command


def needed(make: Callable[..., object]) -> int:
    """How many arguments it must be given, after the first."""
    _on, *others = inspect.signature(make).parameters.values()
    return sum(one.default is one.empty and one.kind is not one.VAR_POSITIONAL for one in others)


REQUESTS: dict[str, Request[object]] = {
    name: getattr(Asking, name)(None, *["x"] * needed(getattr(Asking, name)))
    for name, method in vars(Asking).items()
    if isinstance(method, Method)
}
"""What each method asks, with texts for what it must be given."""


def test_every_command_is_a_method_and_knows_the_arguments() -> None:
    asked = {request.command for request in REQUESTS.values()} | {"hello", "commands"}
    assert asked == {command.name for command in COMMANDS}
    for request in REQUESTS.values():
        (command,) = (one for one in COMMANDS if one.name == request.command)
        assert {name for name in request.given if command.argument(name) is None} == set()
    for command in COMMANDS:
        given = {name for one in REQUESTS.values() if one.command == command.name for name in one.given}
        assert command.name in ("hello", "commands") or {one.name for one in command.arguments} == given


def test_every_code_is_an_exception() -> None:
    for code in CODES:
        error = of_reply({"code": code, "message": "Nee.", "screen": "[ x ]", "nearest": "Ja", "line": 2})
        assert type(error) is MATTERS.get(code, WrongUse)
        assert str(error) == "Regel 2: Nee.\n\nOp het scherm stond:\n\n[ x ]"
        assert (error.code, error.nearest) == (code, "Ja")


def test_what_was_asked_reaches_the_program_and_what_it_tells_comes_back(fake: Callable[[str], str]) -> None:
    with Esis(fake(FAKE), size="80x24", theme="esis-licht", database="sqlite:///x") as esis:
        assert not esis.alive
        (shot,) = esis.do('fill "é" "x"')
        options, asked = json.loads(shot.name)
        assert options == ["--database", "sqlite:///x", "drive", "--size", "80x24", "--theme", "esis-licht"]
        assert asked == {"id": 2, "command": "do", "lines": 'fill "é" "x"'}
        esis.timeout = 5
        assert json.loads(esis.do("x")[0].name)[1]["timeout"] == 5
        screen = esis.screen()
        assert "scherm" in screen
        assert (screen.title, screen.now.hour) == ("B", 9)
        assert esis.check("waar")
        assert repr(esis.check("onwaar")) == "Checked(holds=False, sentence='Het is waar.')"
        assert esis.picture("txt") == b"plaatje"
        esis.stop()  # what is no JSON is passed over
        with pytest.raises(NotOnScreen, match="Dat staat er niet") as wrong:
            esis.choose("x")
        assert (wrong.value.nearest, wrong.value.screen) == ("Dit", "[ fout ]")
        assert esis.alive


async def test_the_same_can_be_awaited_many_at_once(fake: Callable[[str], str]) -> None:
    async with AsyncEsis(fake(FAKE)) as esis:
        screens = await asyncio.gather(*(esis.screen() for _ in range(20)))
        assert {one.path for one in screens} == {"A > B"}
        with pytest.raises(NotOnScreen):
            await esis.choose("x")
        with pytest.raises(ProgramEnded) as ended:
            await asyncio.gather(esis.type("sterf"), esis.screen())
        assert (ended.value.status, ended.value.stderr.strip()) == (3, "Het is op.")
        assert "status 3" in str(ended.value)
        with pytest.raises(ProgramEnded):
            await esis.screen()
        await esis.close()
        assert await esis.check("waar")
        assert esis.synchronous().check("waar")


def test_who_does_not_answer_is_ended(fake: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_esis.driving.GRACE", 0.0)
    with Esis(fake(FAKE)) as esis:
        esis.start()
        esis.timeout = 0.01
        with pytest.raises(TimedOut, match="antwoordde niet binnen"):
            esis.type("slaap")
        esis.timeout = None
        with pytest.raises(ProgramEnded):
            esis.screen()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import sys; sys.exit('Er is geen opdracht drive.')", "Er is geen opdracht drive."),
        (
            "import json\nfor line in open(0):\n print(json.dumps({'id': 1, 'ok': False, 'error': "
            "{'code': 'unknown-version', 'message': 'Versie 1 niet.'}}), flush=True)",
            "Versie 1 niet.",
        ),
    ],
    ids=["no-drive", "other-version"],
)
def test_a_program_that_cannot_be_driven_says_so(fake: Callable[[str], str], text: str, told: str) -> None:
    with Esis(fake(text)) as esis, pytest.raises(EsisError, match=told):
        esis.start()


GARBAGE = r"""
import json, sys
line = sys.stdin.readline()
print(json.dumps({"id": json.loads(line)["id"], "ok": True, "result": {}}), flush=True)
for asked in map(json.loads, sys.stdin):
    number = json.dumps(asked["id"])
    for odd in ("[" * 5000, "[]", "null", '{"id": [1]}', '{"id": {}}', '{"id": "1"}', "\udcff"):
        sys.stdout.buffer.write(odd.encode(errors="surrogateescape") + b"\n")
    sys.stdout.flush()
    print('{"id": %s, %s}' % (number, asked["lines"]), flush=True)
"""


NO_ANSWERS = (
    '"ok": true, "result": null',
    '"ok": true, "result": []',
    '"ok": true, "result": {"shots": 1}',
    '"ok": 1',
    '"ok": false',
    '"ok": false, "error": 5',
    '"ok": false, "error": {"line": "x", "screen": []}',
    '"x": 1',
)


@pytest.mark.parametrize("answer", NO_ANSWERS)
def test_an_answer_that_is_none_is_an_error_and_no_wait(fake: Callable[[str], str], answer: str) -> None:
    with Esis(fake(GARBAGE), timeout=5) as esis:
        with pytest.raises(EsisError):
            esis.do(answer)
        assert esis.do('"ok": true, "result": {"shots": []}') == (), "it goes on"


HANGS = r"""
import json, subprocess, sys, time
print(json.dumps({"id": json.loads(sys.stdin.readline())["id"], "ok": True, "result": {}}), flush=True)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(20)"])
time.sleep(20)
"""


def test_who_reads_nothing_and_leaves_a_child_keeps_nobody_waiting(
    fake: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pytest_esis.driving.GRACE", 0.0)
    monkeypatch.setattr("pytest_esis.process.GONE", 0.1)
    esis = Esis(fake(HANGS), timeout=0.5)
    began = time.monotonic()
    with pytest.raises(TimedOut):
        esis.do("x" * 900_000)
    with pytest.raises(ProgramEnded):
        esis.screen()
    assert not esis.alive
    esis.close()
    assert time.monotonic() - began < 10


def test_a_program_that_is_not_there_is_told() -> None:
    with Esis("weg/esis") as esis, pytest.raises(ProgramEnded, match="is niet gevonden"):
        esis.start()


def test_cells_are_found_by_place_and_by_text_wide_signs_too() -> None:
    told = {
        "styles": [{}, {"fg": "#ffffff", "bold": True, "new": 1}],
        "rows": [[["a", 0], ["界", 1, 2], ["b", 1]], [["Ja", 0]]],
    }
    cells = read_cells(told)
    assert [cell.text for cell in cells.rows[0]] == ["a", "界", "", "b"]
    assert cells.find("b") == (3, 0)
    assert cells.find("Ja") == (0, 1)
    assert cells.find("Nee") is None
    assert cells.style_of("界b").bold
    assert cells.at(3, 0).style.fg == "#ffffff"
    with pytest.raises(IndexError):
        cells.at(-1, 0)


def test_the_fixtures_share_a_process_and_a_failure_shows_the_screen(
    pytester: pytest.Pytester, fake: Callable[[str], str]
) -> None:
    pytester.makeini(f"[pytest]\naddopts = -p no:asyncio -p no:xdist\nesis = {fake(FAKE)}")
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_inprocess("--esis-artifacts", "art", "--strict-markers")
    result.assert_outcomes(passed=3, failed=3)
    result.stdout.fnmatch_lines(
        [
            "*Checked(holds=False, sentence='Het is waar.')*",
            "*Op het scherm van ESIS stond*",
            "[[] scherm ]",
            "E*NotOnScreen: Dat staat er niet.",
            "*ProgramEnded: Het programma is geëindigd met status 3.",
            "*Het is op.",
        ]
    )
    result.stdout.no_fnmatch_line("*concurrent*futures*")
    kept = sorted(path.name for path in (pytester.path / "art").iterdir())
    assert len(kept) == 4
    assert kept[0].endswith("test_not_there.png")
