"""Several draaiboeken at the same time: whole events in the order of the files, and nothing is left after Ctrl+C.

The plays are fake, the processes are real.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

import pytest

from app.cli import run
from app.commands import play_pool, playing
from app.training.scripts.document import read
from app.workers import mishaps
from tests.commands import fake_plays
from tests.commands.fake_plays import script_of

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from app import ending
from app.cli import run
from app.commands import playing
from tests.commands import lasting_plays
playing.play_through = lasting_plays.play_through
ending.listen()
sys.exit(run(sys.argv[1:]))
"""
pytestmark = pytest.mark.skipif(not play_pool.FORKS, reason="the plays are handed on by a fork")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four draaiboeken, and a folder for temporary files."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "map").mkdir()
    for number in range(4):
        (tmp_path / "map" / f"nr-{number}.draaiboek.md").write_text(script_of('type "x"\nshot een', "shot twee"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr(play_pool, "_context", lambda: get_context("fork"))
    return tmp_path


def test_events_of_a_draaiboek_stay_together_in_the_order_of_the_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(playing, "play_through", fake_plays.play_through)
    before = fake_plays.played
    assert run(["play", "map", "--jobs", "3", "--json", "--repeat", "2"]) == 0
    assert fake_plays.played == before, "it was in other processes"
    *found, done = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    each = ["started", "step", "step", "step", "skipped", "skipped", "passed"]
    assert [one["event"] for one in found] == each * 4
    files = [one["file"] for one in found]
    assert files == sorted(files)
    assert done["event"] == "done"
    assert list((folder / "tmp").iterdir()) == []


def test_a_trace_comes_from_another_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "play_through", fake_plays.play_through)
    assert run(["play", "map", "--jobs", "2", "--trace", "on"]) == 0
    assert sorted(path.name for path in (folder / "verloop").iterdir()) == [f"nr-{number}.html" for number in range(4)]
    assert "shot twee" in (folder / "verloop" / "nr-3.html").read_text("utf-8")


def test_a_play_that_ends_its_process_is_a_fault_with_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(playing, "play_through", lambda *_, **__: os._exit(7))
    assert run(["play", "map", "--jobs", "2"]) == 3
    said = capfd.readouterr().err
    assert re.match(r"Het proces dat nr-[01]\.draaiboek\.md speelde, is onverwacht geëindigd \(status 7\)\.\n", said)
    assert list((folder / "tmp").iterdir()) == []


def test_a_fault_in_a_process_is_a_fault_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Strange(Exception):
        """Cannot travel: another process does not know it."""

    def fail(*_: object, **__: object) -> None:
        raise Strange("x")

    monkeypatch.setattr(playing, "play_through", fail)
    scripts = [read(path) for path in sorted((folder / "map").iterdir())]
    faults = [one.fault for one in play_pool.play_all(scripts, None, play_pool.How((80, 24)), 2, lambda *_: None)]
    assert [str(fault) for fault in faults] == ["Strange: x"] * 4
    assert run(["play", "map", "--jobs", "2"]) == 3
    assert list((folder / "tmp").iterdir()) == []


class Twofold(Exception):
    """Travels, and cannot be made again where it arrives."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


@pytest.mark.parametrize("fault", [KeyError("x"), Twofold("x", "y")])
def test_where_a_process_went_wrong_is_known_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def goes_wrong_here(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(playing, "play_through", goes_wrong_here)
    scripts = [read(path) for path in sorted((folder / "map").iterdir())]
    for one in play_pool.play_all(scripts, None, play_pool.How((80, 24)), 2, lambda *_: None):
        assert one.fault is not None
        known = "\n".join(mishaps.details(one.fault))
        assert "goes_wrong_here" in known
        assert type(fault).__name__ in known


def test_ctrl_c_ends_all_processes_and_leaves_no_folder(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "play", "map", "--jobs", "2"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "tmp")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    children = [int(process.stdout.readline()) for _ in range(2)]
    os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to all of them
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGINT
    assert err == "Afgebroken.\n"
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []
    assert list((folder / "tmp").iterdir()) == []
