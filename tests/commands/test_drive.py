"""`esis drive`: lines of JSON do what a user does, and tell what a user sees; whatever comes, the conversation goes on."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.commands.drive import Conversation
from app.commands.driving import acts, conversation, lines
from app.commands.session import Session
from app.settings import Settings
from app.training.driving.requests import LONGEST
from app.training.driving.vocabulary import BY_NAME
from models.base import real_database
from models.schema import open_database
from tests.commands.conftest import ROOT, Esis

pytestmark = pytest.mark.usefixtures("economical")
TO_COUPLINGS = "Beheer > Import-Export-Koppelingen > Koppelingen"


class Asked(Conversation):
    """Asks, and reads the replies."""

    async def ok(self, command: str, **more: Any) -> dict[str, Any]:
        """The result of what succeeds."""
        told = json.loads(await self.answer(json.dumps({"command": command, **more}).encode()))
        assert told["ok"], told
        return dict(told["result"])

    async def wrong(self, command: str, **more: Any) -> dict[str, Any]:
        """The error of what does not."""
        told = json.loads(await self.answer(json.dumps({"command": command, **more}).encode()))
        assert not told["ok"], told
        return dict(told["error"])

    async def text(self) -> str:
        """The screen."""
        return str((await self.ok("screen"))["text"])

    async def done(self) -> None:
        """The end of stdin."""
        if self._driving is not None:
            await self._driving.close()


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    """A conversation, in which nothing is open."""
    yield Asked(Session(f"sqlite:///{tmp_path / 'own.db'}"), "120x36", "")
    real_database().close()


def test_every_command_of_the_table_is_handled() -> None:
    opening = conversation.Driving(Session(), "80x24", "").openings
    handled = [*acts.LINES, *conversation.IN_PROGRAM, *opening, "hello", "commands"]
    assert sorted(handled) == sorted(BY_NAME)


def test_a_size_or_a_theme_that_cannot_be_is_told_before_anything_is_answered(esis: Esis) -> None:
    for option, said in (("--size=1x1", "'1x1' is geen maat."), ("--theme=paars", "Thema 'paars' bestaat niet.")):
        told = esis("drive", option)
        assert (told.status, told.out) == (1, "")
        assert said in told.err


async def test_words_and_structured_forms_do_what_a_user_does(asked: Asked) -> None:
    assert (await asked.wrong("screen"))["code"] == "not-started"
    assert (await asked.wrong("start", board="bgin"))["message"].startswith("Beginstand 'bgin' bestaat niet. Er zijn:")
    assert (await asked.wrong("start", user="niemand"))["code"] == "wrong-argument"
    assert (await asked.wrong("start", user="a\nb"))["message"] == "'user' is een tekst van een regel."
    assert (await asked.wrong("start", size="1x1"))["code"] == "refused"
    assert (await asked.wrong("restart"))["code"] == "not-started"
    await asked.ok("start")
    await asked.ok("open", path=TO_COUPLINGS)
    found = await asked.wrong("choose", label="Activren", **{"in": "IEP LVS"})
    assert (found["code"], found["nearest"]) == ("not-on-screen", "Activeren")
    assert "Geactiveerde koppelingen" in found["screen"]
    await asked.ok("choose", label="Activeren", **{"in": "IEP LVS"})
    names = await asked.ok("names")
    assert [one["label"] for one in names["fields"]] == ["Uw naam", "Voor akkoord", "Verificatiecode"]
    assert "Gereed" in [one["label"] for one in names["choose"]]
    assert (await asked.ok("check", check="coupling iep-lvs available"))["holds"]
    found = await asked.wrong(
        "do", lines='fill "Uw naam" "R. \\"de\\" Vries"\n# niets\ntick "Voor akkoord"\ncheck coupling iep-lvs ended'
    )
    assert (found["code"], found["line"]) == ("not-so", 4)
    assert 'R. "de" Vries' in found["screen"]
    assert (await asked.ok("focus"))["focus"]["value"] is True
    shots = (await asked.ok("do", lines='choose "Gereed"\ncheck coupling iep-lvs paused\nshot daarna'))["shots"]
    assert [one["name"] for one in shots] == ["daarna"]
    assert (await asked.ok("check", check="coupling iep-lvs active", within=0.01)) == {
        "holds": False,
        "sentence": "De koppeling IEP LVS is actief.",
    }
    assert (await asked.wrong("check", check="coupling iep-lvs actief"))["code"] == "wrong-argument"
    await asked.ok("expect", text="Nog geen code", within=0)
    found = await asked.wrong("expect", text="Uitwiselingen", within=0)
    assert (found["code"], found["nearest"]) == ("not-on-screen", "Uitwisselingen")
    assert (await asked.wrong("expect", text="a", pattern="b"))["code"] == "missing-argument"
    assert (await asked.wrong("sees", pattern="("))["code"] == "wrong-argument"
    assert await asked.ok("sees", pattern="Nog .* code", **{"in": "Status"}) == {"sees": True}
    assert await asked.ok("sees", text="Nog geen code", **{"in": "nergens"}) == {"sees": False}
    await asked.ok("restart", user="leerkracht6", size="80x24", theme="licht")
    told = await asked.ok("screen")
    assert (told["user"], told["columns"], told["rows"]) == ("leerkracht6", 80, 24)
    assert (await asked.ok("check", check="coupling iep-lvs paused"))["holds"]
    await asked.ok("reset")
    told = await asked.ok("screen")
    assert (told["user"], told["columns"], told["title"], told["window"]) == ("rovict", 120, "Startpagina", "")
    assert not (await asked.ok("check", check="coupling iep-lvs paused"))["holds"]
    await asked.done()


async def test_the_mouse_sizes_pictures_and_lines_that_are_none(asked: Asked, tmp_path: Path) -> None:
    await asked.ok("start", at="14-4-2020 09:30", theme="esis-16")
    assert (await asked.ok("screen"))["now"].endswith("T09:30:00+02:00")
    await asked.ok("open", path="Koppelingen")
    rows = (await asked.text()).splitlines()
    row = next(number for number, text in enumerate(rows) if "IEP LVS" in text)
    await asked.ok("click", column=rows[row].index("Activeren"), row=row)
    assert (await asked.ok("screen"))["path"] == "Beheer > Koppelingen > Koppeling activeren"
    assert (await asked.wrong("click", column=1, row=99))["code"] == "cannot"
    assert (await asked.wrong("click", column=1, row=1, times=9))["code"] == "wrong-argument"
    before = (await asked.ok("cells"))["styles"]
    await asked.ok("resize", size="80x24")
    await asked.ok("theme", theme="donker")
    assert (await asked.ok("cells"))["styles"] != before
    assert (await asked.wrong("theme", theme="paars"))["code"] == "refused"
    for name, begin in (("a.png", b"\x89PNG"), ("a.svg", b"<svg"), ("a.txt", b" F6  ESIS")):
        file = str(tmp_path / name)
        await asked.ok("picture", file=file)
        assert Path(file).read_bytes().startswith(begin)
    found = await asked.wrong("picture", file=file)
    assert found["message"].endswith("bestaat al en is niet overschreven.")
    await asked.ok("picture", file=file, replace=True)
    assert (await asked.wrong("picture", file=str(tmp_path / "a.jpg")))["code"] == "wrong-argument"
    assert (await asked.ok("picture", kind="txt"))["text"] == Path(file).read_text(encoding="utf-8")
    for text, line, said in (
        ("open x\nchose", 2, "Bedoelt u 'choose'?"),
        ("press F2\n```\n```esis", 2, "alleen regels"),
    ):
        found = await asked.wrong("do", lines=text)
        assert (found["code"], found["line"]) == ("wrong-line", line)
        assert said in found["message"]
    assert (await asked.wrong("press", keys=["f99"]))["code"] == "wrong-argument"
    assert (await asked.wrong("press", keys="escape", timeout=0))["code"] == "timed-out"
    await asked.ok("restart", user="", size="80x24")
    await asked.ok("sign-in", user="rovict")
    await asked.ok("press", keys="ctrl+q")
    assert (await asked.wrong("open", path="Koppelingen"))["code"] == "stopped"
    await asked.ok("restart", user="rovict")
    await asked.ok("stop")
    assert (await asked.wrong("screen"))["code"] == "not-started"
    await asked.done()


async def test_an_error_of_the_program_is_told_and_the_next_start_is_good(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    from screens.driving import reading

    await asked.ok("start", size="80x24")
    with monkeypatch.context() as patch:
        patch.setattr(reading, "names", lambda _app: 1 / 0)
        found = await asked.wrong("names")
    assert found["code"] == "fault"
    assert "Er ging iets mis in het programma zelf (ZeroDivisionError)." in found["message"]
    app = asked._driving._opened.app  # type: ignore[union-attr]
    app.call_later(lambda: 1 / 0)
    assert (await asked.wrong("press", keys="tab"))["code"] == "fault"
    assert (await asked.wrong("press", keys="tab"))["code"] == "stopped"
    await asked.ok("start", size="80x24")
    assert "Startpagina" in await asked.text()
    await asked.done()


async def test_the_board_of_now_is_used_and_left_and_not_reset(
    practice: str, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Asked(Session(practice), "80x24", "")
    await here.ok("start")
    await here.ok("start", board="here")
    await here.ok(
        "do",
        lines=f'open {TO_COUPLINGS}\nchoose "Activeren" in "IEP LVS"\nfill "Uw naam" "R"\ntick "Voor akkoord"\nchoose "Gereed"',
    )
    assert (await here.wrong("reset"))["code"] == "refused"
    await here.ok("start")
    assert not (await here.ok("check", check="coupling iep-lvs paused"))["holds"]
    await here.ok("start", board="here")
    assert (await here.ok("check", check="coupling iep-lvs paused"))["holds"]
    for folder in ("\0", "x" * 5000):
        assert (await here.wrong("start", folder=folder))["code"] == "refused"
    await here.done()
    open_database(practice)
    monkeypatch.setattr(Settings, "database_url", "postgresql:///x", raising=False)
    elsewhere = Session(practice)
    elsewhere.__dict__["settings"] = Settings(database_url="postgresql:///x")
    monkeypatch.setattr(Session, "open", lambda _session: None)
    found = await Asked(elsewhere, "80x24", "").wrong("start", board="here")
    assert found["message"] == "--here kan alleen op een oefenbestuur in een eigen SQLite-bestand."


async def test_the_end_of_stdin_is_the_end_and_so_is_nobody_who_reads(asked: Asked) -> None:
    for others, replies in ((b'{"command": "screen"}', 2), (b"{}", 0)):
        reading, writing, told, out = (*os.pipe(), *os.pipe())
        os.write(writing, b'{"command": "start", "user": "", "size": "40x12"}\n' + others)
        if replies:
            os.close(writing)
        else:
            os.close(told)  # who asked is gone
        await asked.hold(reading, out)
        os.close(out)
        if replies:
            with open(told, "rb") as heard:
                assert [json.loads(line)["ok"] for line in heard] == [True] * replies
        else:
            os.close(writing)
        assert asked._driving is not None
        assert (asked._driving._opened, asked._driving._board) == (None, None)


async def test_lines_come_whole_however_they_were_cut() -> None:
    reading, writing = os.pipe()
    parts = [b"a\nb", b"b\n\nc" + b"x" * LONGEST, b"\nd\ne", b"e"]

    def write() -> None:
        with open(writing, "wb", buffering=0) as pipe:
            for part in parts:
                pipe.write(part)

    found: list[bytes | None] = []
    writer = asyncio.get_running_loop().run_in_executor(None, write)
    async for line in lines.coming(reading):
        found.append(line)
    await writer
    os.close(reading)
    assert found == [b"a", b"bb", b"", None, b"d", b"ee"]


async def test_who_does_not_read_keeps_nothing_from_ending() -> None:
    reading, writing = os.pipe()
    waiting = asyncio.create_task(lines.say(writing, b"x" * 10_000_000))
    done, _ = await asyncio.wait([waiting], timeout=0.1)
    assert not done, "the pipe is full"
    waiting.cancel()  # as a signal does
    with pytest.raises(asyncio.CancelledError):
        await waiting
    os.close(reading)


@contextmanager
def program(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """`esis drive` as a process, whose temporary folders are in `folder`."""
    folder.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, *(arguments or ("-m", "app", "drive", "--size", "80x24"))],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(folder)},
    )
    with process:
        yield process
        process.kill()


PRINTS = """
import os, subprocess, sys
from app.commands.driving import looks
usual = looks.reading.place
def place(app):
    print("van print"); os.write(1, b"van os"); subprocess.run(["echo", "van een kind"], check=True)
    assert sys.stdin.read() == ""
    return usual(app)
looks.reading.place = place
from app.cli import main
sys.argv = ["esis", "drive", "--size", "80x24"]
main()
"""


def test_stdout_has_replies_only_and_a_signal_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    with program(folder, "-c", PRINTS) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b'kapot\n{"command": "start"}\n\n{"command": "screen", "id": "x"}\n')
        process.stdin.flush()
        replies = [json.loads(process.stdout.readline()) for _ in range(3)]
        assert list(folder.iterdir())
        process.terminate()
        assert process.stdout.read() == b""
        assert process.wait(60) == 128 + signal.SIGTERM
        errors = process.stderr.read().decode()
    assert [(one.get("id"), one["ok"]) for one in replies] == [(None, False), (None, True), ("x", True)]
    assert all(text in errors for text in ("van os", "van een kind", "Afgebroken."))
    assert list(folder.iterdir()) == []
