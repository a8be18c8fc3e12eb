"""Plays draaiboeken in as many processes as there are processors; one is played in this process.

The processes ignore Ctrl+C: the program ends them, and takes away the one temporary folder that holds all theirs.
"""

from __future__ import annotations

import pickle
import signal
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import opening, outcomes
from app.commands.output import tell
from app.files import temporary
from app.platform_parts import ENDING, FORKS
from app.training.scripts.outcome import Outcome
from app.workers import mishaps

if TYPE_CHECKING:
    from app.commands.session import Session
    from app.training.scripts.document import Script, Step

Begun = Callable[[int, "Step | None"], object]
"""Hears that a draaiboek begins, by its place, and then each of its steps."""


@dataclass(frozen=True)
class How:
    """How each is played."""

    size: tuple[int, int]
    """Columns and rows."""
    traced: bool = False


ENDED = "Het proces dat {} speelde, is onverwacht geëindigd (status {})."


class LostProcess(Exception):
    """A process ended without saying how its draaiboek went."""


def play_all(
    scripts: Sequence[Script], here: Session | None, how: How, jobs: int, begun: Begun
) -> Generator[Outcome, None, None]:
    """Yield how each went, in their order. In one process `begun` hears all as it begins; with more, a draaiboek's when it
    is its turn. Raises `LostProcess`.
    """
    if here is not None or min(jobs, len(scripts)) <= 1:
        for place, script in enumerate(scripts):
            begun(place, None)
            yield outcomes.play(script, here, how.size, partial(begun, place), how.traced)
        return
    with _workers(min(jobs, len(scripts)), how) as workers:
        for place, outcome in enumerate(_in_order(scripts, workers)):
            begun(place, None)
            for step, _ in outcome.begun:
                begun(place, scripts[place].steps[step])
            yield outcome


def _in_order(scripts: Sequence[Script], workers: Sequence[_Worker]) -> Iterator[Outcome]:
    waiting = list(enumerate(scripts))[::-1]
    done: dict[int, Outcome] = {}
    for worker in workers:
        worker.give(*waiting.pop())
    for place in range(len(scripts)):
        while place not in done:
            ready = wait([worker.ours for worker in workers if worker.place is not None])
            for worker in workers:
                if worker.ours in ready:
                    at, outcome = worker.take()
                    done[at] = outcome
                    if waiting:
                        worker.give(*waiting.pop())
        yield done.pop(place)


class _Worker:
    """A process that plays one draaiboek after another."""

    def __init__(self, context: Any, how: How, folder: Path) -> None:
        self.ours, theirs = context.Pipe()
        self.place: int | None = None
        """The place of what it plays now."""
        self._name = ""
        self.process: BaseProcess = context.Process(target=_work, args=(theirs, self.ours, how, folder), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, place: int, script: Script) -> None:
        """Let it play this one."""
        self.place, self._name = place, script.path.name
        with suppress(BrokenPipeError):  # taking says how it ended
            self.ours.send(script)

    def take(self) -> tuple[int, Outcome]:
        """How it went. Raises `LostProcess`."""
        place, self.place = self.place, None
        assert place is not None
        try:
            told = self.ours.recv()
        except (EOFError, ConnectionResetError):
            self.process.join()
            tell(sentence := ENDED.format(self._name, self.process.exitcode))
            raise LostProcess(sentence) from None
        assert isinstance(told, Outcome)
        return place, told


@contextmanager
def _workers(number: int, how: How) -> Iterator[list[_Worker]]:
    """Processes with a temporary folder together; afterwards both are gone, whatever happened."""
    found: list[_Worker] = []
    with temporary.folder() as folder:
        try:
            context = _context()
            for _ in range(number):
                found.append(_Worker(context, how, folder))
            yield found
        finally:
            for worker in found:
                worker.process.kill()
            for worker in found:
                worker.process.join()
                worker.ours.close()


def _context() -> Any:
    """Copies of this process where that is safe and cheap: they need not import anything. Otherwise fresh ones."""
    if FORKS and threading.active_count() == 1:
        opening.prepare()
        import screens.driving.screen_driver
        import screens.shell.esis  # noqa: F401  # once, for all of them

        return get_context("fork")
    return get_context("spawn")


def _work(theirs: Connection, ours: Connection, how: How, folder: Path) -> None:
    """In the process: play what comes until nothing comes any more."""
    ours.close()  # or the end of the program that started us would not be noticed
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)
    tempfile.tempdir = str(folder)
    with suppress(EOFError, ConnectionResetError, BrokenPipeError):
        while True:
            _send(theirs, outcomes.play(theirs.recv(), None, how.size, traced=how.traced))


def _send(theirs: Connection, outcome: Outcome) -> None:
    theirs.send(outcome if outcome.fault is None else replace(outcome, fault=_travelling(outcome.fault)))


def _travelling(fault: Exception) -> Exception:
    """The same error, or one that says the same where it cannot be made again in another process."""
    mishaps.keep_details(fault)
    try:
        pickle.loads(pickle.dumps(fault))
    except Exception:  # whatever its class does
        other = RuntimeError(f"{type(fault).__name__}: {fault}")
        mishaps.keep_details(other, fault)
        return other
    return fault
