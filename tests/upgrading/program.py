"""A process for tests to kill while it upgrades: `python -m tests.upgrading.program URL POINT [FOLDER]`.

It prints on stdout where it halts, and continues when it gets a line on stdin. POINT: `a table`, a migration (after
it), `triggers` or `committed`; `waits`: it prints that and halts before it waits for another program that upgrades the
file, and at no other point; `no room` does not halt but lets no file grow. FOLDER: replaces the program's migrations.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import Any

from playhouse.migrations import Runner

from models import altering, sole, triggers, upgrading, waiting
from models.base import is_sqlite, real_database
from models.schema import open_database
from tests.workers.program import Halt


def put_hooks(halt: Halt) -> None:
    """Call `halt` at every point between two steps of an upgrade."""
    run, make, rebuild = Runner._run, triggers.make, altering.rebuild

    def hooked_run(self: Any, name: str, *rest: Any, **named: Any) -> None:
        run(self, name, *rest, **named)
        halt(name)

    def hooked_make(*args: Any) -> None:
        make(*args)
        halt("triggers")

    def hooked_rebuild(*args: Any) -> None:
        rebuild(*args)
        halt("a table")

    Runner._run, triggers.make, altering.rebuild = hooked_run, hooked_make, hooked_rebuild


def main(url: str, point: str, *folder: str) -> None:
    halt = Halt(point)
    if folder:
        upgrading.FOLDER = Path(folder[0])
    put_hooks(halt)

    def begun(_sentence: str) -> None:
        if is_sqlite():  # what is written goes to the file soon, and not only at the commit
            real_database().execute_sql("PRAGMA cache_size = 5")

    def hooked_lock(number: int) -> None:
        halt("waits")
        lock(number)

    if point == "waits":
        lock, waiting.LONGEST = sole.lock, 0
        sole.lock = hooked_lock
    if point == "no room":
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    open_database(url, begun)
    halt("committed")


if __name__ == "__main__":
    main(*sys.argv[1:])
