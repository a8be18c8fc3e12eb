"""How a signal ends the process: like an error, so that everything open is closed, with status 128+n.

Ctrl+C (INT), a kill (TERM) and a closed terminal (HUP) are treated alike; signals ignored from the start (`nohup`) stay
ignored. Signals reach the main thread only.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from app.platform_parts import ENDING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

Result = TypeVar("Result")
Answer = Callable[[int], None]
AGAIN, TRIES = 2.0, 5
"""Seconds after which a task that is still there is cancelled again, and how often that is tried."""


class Ended(SystemExit):
    """A signal ended the program. A `SystemExit`, so that only the outermost handler treats it as an error."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.number = number


def _end(number: int) -> None:
    raise Ended(number)


_answers: list[Answer] = [_end]


def listen() -> None:
    """Install the signal handlers: a signal raises `Ended` where the program is, or goes to the innermost
    `answering`.
    """
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _signalled)


@contextmanager
def answering(answer: Answer) -> Iterator[None]:
    """Call `answer` for the first signal in this block, in the main thread between two steps; a second one raises
    `Ended`.
    """
    _answers.append(answer)
    depth = len(_answers)
    try:
        yield
    finally:
        del _answers[depth - 1 :]


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run like `asyncio.run`, but let a signal end it between two steps: within a step the current task would crash and
    report it.

    Raises `Ended`.
    """
    import asyncio  # imported here: at the top it would be a quarter of every command's time (measured)

    ended: list[Ended] = []

    async def until_signalled() -> Result:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None

        def end(number: int) -> None:
            ended.append(Ended(number))
            loop.set_exception_handler(lambda *_: None)  # what other tasks make of it is not told
            loop.call_soon_threadsafe(task.cancel)

        with answering(end):
            return await work

    try:
        with asyncio.Runner() as runner:
            try:
                result = runner.run(until_signalled())
            finally:
                _end_tasks(runner.get_loop())
    except asyncio.CancelledError:
        raise ended[0] if ended else Ended(signal.SIGINT) from None
    except Exception:
        if not ended:  # otherwise the error comes from the interrupted work
            raise
    if ended:  # also when the work finished anyway
        raise ended[0]
    return result


def _end_tasks(loop: AbstractEventLoop) -> None:
    """Cancel what still goes on, more than once: a task that passes over its cancellation, as those of a screen that just
    opens may do, would otherwise be waited for without an end. A signal meanwhile ends the program afterwards.
    """
    import asyncio

    late: Ended | None = None
    for _ in range(TRIES):
        if not (left := asyncio.all_tasks(loop)):
            break
        for task in left:
            task.cancel()
        try:
            loop.run_until_complete(asyncio.wait(left, timeout=AGAIN))
        except Ended as signalled:
            late = signalled
    if late is not None:
        raise late


def _signalled(number: int, _frame: FrameType | None) -> None:
    answer = _answers[-1]
    if len(_answers) > 1:
        _answers.append(_end)  # a second signal does not wait for anything
    answer(number)
