"""How the process ends when a signal says so: as after an error, so whatever is open is closed, and with status 128+n.

Ctrl+C (INT), a kill (TERM) and a terminal that is closed (HUP) are alike; what was ignored from the start (`nohup`) stays
so. Signals reach the main thread only.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

from app.platform_parts import ENDING

Result = TypeVar("Result")
Answer = Callable[[int], None]


class Ended(SystemExit):
    """A signal ended the program. A `SystemExit`, which nothing but the outermost edge takes for an error."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.number = number


def _end(number: int) -> None:
    raise Ended(number)


_answers: list[Answer] = [_end]


def listen() -> None:
    """From now on a signal ends what goes on by raising `Ended` there, or is answered by who asked for that."""
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _signalled)


@contextmanager
def answering(answer: Answer) -> Iterator[None]:
    """Within this the first signal is `answer`ed, in the main thread between two steps of it; another one just ends."""
    _answers.append(answer)
    depth = len(_answers)
    try:
        yield
    finally:
        del _answers[depth - 1 :]


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """As `asyncio.run`, ended by a signal between two steps of it: within one, the task at work would die of it and tell so.

    Raises `Ended`.
    """
    import asyncio  # above, it would be a quarter of the time of every command (measured)

    ended: list[Ended] = []

    async def until_signalled() -> Result:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None

        def end(number: int) -> None:
            ended.append(Ended(number))
            loop.call_soon_threadsafe(task.cancel)

        with answering(end):
            return await work

    try:
        result = asyncio.run(until_signalled())
    except asyncio.CancelledError:
        raise ended[0] if ended else Ended(signal.SIGINT) from None
    except Exception:
        if not ended:  # else it is of work that was broken off
            raise
    if ended:  # also where the work went on after all
        raise ended[0]
    return result


def _signalled(number: int, _frame: FrameType | None) -> None:
    answer = _answers[-1]
    if len(_answers) > 1:
        _answers.append(_end)  # whoever asks twice waits for nothing
    answer(number)
