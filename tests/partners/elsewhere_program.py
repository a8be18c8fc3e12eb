"""A worker that halts when the other ESIS has answered, before that is recorded here.

`python -m tests.partners.elsewhere_program URL BOARD`.
"""

from __future__ import annotations

import sys
from typing import Any

from app.partners.results_supplier.delivering_elsewhere import DeliveryElsewhere
from app.runs import Holder, Page
from app.workers.walker import walk
from models.schema import open_database


def main(url: str, board: str) -> None:
    open_database(url)
    page = DeliveryElsewhere.page

    def halting(self: Any) -> Page:
        done = page(self)
        print("answered", flush=True)
        sys.stdin.readline()
        return done

    DeliveryElsewhere.page = halting  # type: ignore[method-assign]
    walk(int(board), holder=Holder.here(0.4))


if __name__ == "__main__":
    main(*sys.argv[1:])
