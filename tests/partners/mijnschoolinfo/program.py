"""A process to kill: carries out what is due on a board, in pages of three pupils, and halts during a delivery.

`python -m tests.partners.mijnschoolinfo.program URL BOARD LEASE POINT`. It prints the point on stdout and waits for a
line.
"""

from __future__ import annotations

import sys
from functools import partial

from app.partners.mijnschoolinfo import delivery
from app.partners.mijnschoolinfo.apply_delivery import Taking
from app.runs import Holder
from app.webservice import contacts
from app.workers import execution, walker
from models.schema import open_database
from tests.school.transition.program import halting
from tests.workers.program import Halt

STEPS = ("groups", "staff", "_remove_pupils", "_place", "_guardians")
POINTS = (*STEPS, "ended, not closed", "closed, not committed", "between pages")


def main(url: str, board: str, lease: str, point: str) -> None:
    halt = Halt(point)
    open_database(url)
    contacts.pull_contacts = partial(contacts.pull_contacts, limit=3)  # type: ignore[assignment]
    for name in STEPS:
        setattr(Taking, name, halting(halt, name, getattr(Taking, name)))
    delivery._end = halting(halt, "ended, not closed", delivery._end)
    delivery._close = halting(halt, "closed, not committed", delivery._close)
    execution._step = halting(halt, "between pages", execution._step)
    print(walker.walk(int(board), None, Holder.here(float(lease))).name, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
