"""Starts `program.py` for a test and makes sure it is gone afterwards."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0


class Program:
    """A running program, with what tests do to it."""

    def __init__(self, *arguments: str, module: str = "tests.workers.program") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def wait_for(self, line: str) -> None:
        """Wait until it says this."""
        assert self.process.stdout is not None
        said = self.process.stdout.readline().strip()
        assert said == line, f"it said {said!r}: {self.process.stderr.read() if self.process.stderr else ''}"

    def go_on(self) -> None:
        """Let it leave the point where it halts."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """Kill -9, and see that it is dead."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def finish(self) -> tuple[int, str]:
        """Wait until it ends by itself: exit status and stderr."""
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors


def wait_until(happened: Callable[[], bool]) -> None:
    """Look until it happened, for as long as a slow machine may need."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


@contextmanager
def program(*arguments: object, module: str = "tests.workers.program") -> Iterator[Program]:
    """A program that is gone, with its pipes, when the test is."""
    running = Program(*map(str, arguments), module=module)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.communicate()
