"""Starts `program.py` for a test and makes sure it is gone afterwards.

Each is a process of its own, forked from one that has imported the program and done nothing else: importing it again for
each was half of what a test with a process cost.
"""

from __future__ import annotations

import multiprocessing.util
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests import programs
from tests.workers.forked import run

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    ["__main__", "tests.workers.forked", "tests.workers.program", "tests.school.transition.program"]
)
multiprocessing.util.get_temp_dir()  # now, and not in the folder of the first test that starts one


class Program:
    """A running program, with what tests do to it."""

    def __init__(self, *arguments: str, module: str = "tests.workers.program") -> None:
        pipes = [FORKS.Pipe(duplex=False) for _ in range(3)]
        theirs = [pipes[0][0], pipes[1][1], pipes[2][1]]
        ours = [pipes[0][1], pipes[1][0], pipes[2][0]]
        self.process = FORKS.Process(target=run, args=(module, arguments, dict(os.environ), theirs))
        self.process.start()
        programs.started += 1
        for end in theirs:
            end.close()
        self._stdin, self._stdout, self._stderr = (
            open(os.dup(end.fileno()), mode)  # noqa: SIM115
            for end, mode in zip(ours, "wrr", strict=True)
        )
        for end in ours:
            end.close()

    def wait_for(self, line: str) -> None:
        """Wait until it says this."""
        said = self._stdout.readline().strip()
        assert said == line, f"it said {said!r}: {self._stderr.read()}"

    def go_on(self) -> None:
        """Let it leave the point where it halts."""
        self._stdin.write("\n")
        self._stdin.flush()

    def send_signal(self, number: int) -> None:
        """As the operating system does it."""
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def kill(self) -> None:
        """Kill -9, and see that it is dead."""
        self.process.kill()
        self.process.join(PATIENCE)

    def finish(self) -> tuple[int | None, str]:
        """Wait until it ends by itself: exit status and stderr."""
        self._stdin.close()
        self.process.join(PATIENCE)
        assert self.process.exitcode is not None, "it does not end"
        return self.process.exitcode, self._stderr.read()

    def close(self) -> None:
        """Be rid of it, whatever it does."""
        self.kill()
        for end in (self._stdin, self._stdout, self._stderr):
            with suppress(BrokenPipeError):
                end.close()
        self.process.close()


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
        running.close()
