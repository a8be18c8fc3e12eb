"""A process to kill: carries out what is due on a board, and halts at a point of the transition.

`python -m tests.school.transition.program URL BOARD LEASE POINT`. It prints the point on stdout and waits for a line.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from app.runs import Holder
from app.school.transition import applying, running
from app.workers import execution, walker
from models.schema import open_database
from tests.workers.program import Halt

POINTS = ("begun", "looked at a page", *(step.__name__ for step in applying.STEPS), "applied, not committed")
LAST = "committed"


def halting(halt: Halt, point: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """The work, and then the halt."""

    def hooked(*arguments: Any) -> Any:
        result = work(*arguments)
        halt(point)
        return result

    return hooked


def main(url: str, board: str, lease: str, point: str) -> None:
    halt = Halt(point)
    open_database(url)
    applying.STEPS = tuple(halting(halt, step.__name__, step) for step in applying.STEPS)
    running._begin = halting(halt, "begun", running._begin)
    running._look = halting(halt, "looked at a page", running._look)
    running._apply = halting(halt, "applied, not committed", running._apply)
    walker.execute = halting(halt, LAST, execution.execute)
    print(walker.walk(int(board), None, Holder.here(float(lease))).name, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
