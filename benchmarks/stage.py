"""The measuring environment: folders of its own, a practice board in SQLite, and real processes of the program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CODE = "99QQ00abcdefghijklmnopqrstuv"
OWN_FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")


@dataclass(frozen=True)
class Ended:
    """A finished process: its wall time and peak memory."""

    milliseconds: float
    megabytes: float


@dataclass(frozen=True)
class Stage:
    """Folders and environment without any of the user's own data."""

    folder: Path
    environment: dict[str, str]

    def copy(self, name: str) -> str:
        """The URL of a new database with the practice board in its initial state."""
        path = self.folder / f"{name}.db"
        shutil.copy(self.folder / "practice.db", path)
        return f"sqlite:///{path}"

    def esis(self, url: str, *arguments: str) -> Ended:
        """Run one command of the program and wait for it."""
        return self.run([*esis(url), *arguments])

    def run(self, command: Sequence[str], besides: Mapping[str, str] = MappingProxyType({})) -> Ended:
        """Run a command without its output. Raises `RuntimeError` with what it said when it fails."""
        begin = perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env={**self.environment, **besides}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert process.stderr is not None
        with process.stderr as narration:
            said = narration.read()
        megabytes = wait(process)
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} failed: {said.decode()}")
        return Ended((perf_counter() - begin) * 1000, megabytes)

    def connect(self, url: str) -> None:
        """Connect both sides of the IEP LVS coupling, with the test message."""
        self.esis(url, "coupling", "activate", "iep-lvs", "--name", "R. Ovict", "--agree", "--code", CODE)
        self.esis(url, "partner", "iep-lvs", "connect", "--code", CODE)


def esis(url: str) -> list[str]:
    """The program on a database, as a user starts it."""
    return [str(Path(sys.executable).with_name("esis")), "--database", url]


def bare(*arguments: str) -> list[str]:
    """The bare Textual app (`bare.py`)."""
    return [sys.executable, "-m", "benchmarks.bare", *arguments]


def pytest(*arguments: str) -> list[str]:
    """Run tests; failures are reported on stderr, like every failure here."""
    told = "import sys, pytest; sys.stdout = sys.stderr; sys.exit(pytest.main(sys.argv[1:]))"
    return [sys.executable, "-c", told, *arguments]


def inside(stage: Stage, *arguments: str) -> Any:
    """The answer of `inside.py`."""
    command = [sys.executable, "-m", "benchmarks.inside", *arguments]
    return json.loads(
        subprocess.run(command, cwd=ROOT, env=stage.environment, check=True, stdout=subprocess.PIPE).stdout
    )


def wait(process: subprocess.Popen[bytes]) -> float:
    """Wait until it ends; returns its peak memory in MB."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_maxrss / 1024


@contextmanager
def build_stage() -> Iterator[Stage]:
    """Create folders with a practice board, and remove them afterwards."""
    with TemporaryDirectory(prefix="esis-benchmarks-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # PYTHON...: bytecode must be kept between processes, as it is for a user.
        left_out = ("ESIS_", "TEXTUAL", "NO_COLOR", "COLUMNS", "LINES", "PYTHON")
        environment = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
        for variable in OWN_FOLDERS:
            (folder / variable).mkdir(mode=0o700)
            environment[variable] = str(folder / variable)
        # No animation, and no waiting for the next frame at 60 fps, which would hide the cost of a key.
        environment |= {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TEXTUAL_ANIMATIONS": "none",
            "TEXTUAL_FPS": "1000",
            "ESIS_IDLE_SECONDS": "1",
        }
        stage = Stage(folder, environment)
        stage.esis(f"sqlite:///{folder / 'practice.db'}", "reset")
        yield stage


def large_actor(url: str, pupils: int) -> Any:
    """A user of a new location with so many pupils."""
    from app.access import actor_for, find_user
    from fixtures.large import build_large_location
    from models.board import Board
    from models.schema import open_database

    open_database(url)
    board = Board.get()
    return actor_for(find_user(board, "rovict"), build_large_location(board, pupils))
