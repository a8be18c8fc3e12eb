"""A process for tests to kill or stop: prints on stdout where it halts, and continues on a line on stdin.

`python -m tests.workers.program walk URL BOARD LEASE [POINT]`, `advance URL BOARD TO`, `here URL BOARD LEASE`, `worker
URL IDLE LEASE [POINT]` (idle 0: until a signal).
"""

from __future__ import annotations

import sys
from typing import Any

from app import clock
from app.access import actor_for
from app.couplings import logbook
from app.runs import Holder, claim
from app.settings import Settings
from app.workers import consumer, engine, execution, process, school_time, walker
from models.board import Board, User
from models.schema import open_database
from tests.workers.jobs import countable_jobs


class Halt:
    """Halts the first time the program reaches its point."""

    def __init__(self, point: str) -> None:
        self.point = point

    def __call__(self, point: str) -> None:
        if point == self.point:
            self.point = ""
            print(point, flush=True)
            sys.stdin.readline()


def put_hooks(halt: Halt) -> None:
    """Call `halt` at every point between two steps of the ledger."""
    execute, step, write = execution.execute, execution._step, logbook.write

    def hooked_claim(*args: Any) -> Any:
        halt("before the claim")
        return claim(*args)

    def hooked_execute(*args: Any) -> None:
        halt("claimed")
        execute(*args)
        halt("done")

    def hooked_step(*args: Any) -> bool:
        done = step(*args)
        halt("between pages")
        return done

    def hooked_write(**line: Any) -> Any:
        entry = write(**line)
        halt("logged, not committed")
        return entry

    walker.claim, walker.execute = hooked_claim, hooked_execute
    execution._step, logbook.write = hooked_step, hooked_write


def halt_when_ready(halt: Halt) -> None:
    """Call `halt` when the worker has its lock, before it looks at the queue."""
    consume = consumer.consume

    def hooked_consume(*args: Any) -> bool:
        halt("ready")
        return consume(*args)

    consumer.consume = hooked_consume


def main(command: str, url: str, *rest: str) -> None:
    if command == "walk":
        board, lease, halt = int(rest[0]), float(rest[1]), Halt(rest[2] if len(rest) > 2 else "")
        open_database(url)
        put_hooks(halt)
        print(walker.walk(board, countable_jobs(halt), Holder.here(lease)).name, flush=True)
    elif command == "advance":
        open_database(url)
        halt = Halt("committed")
        engine.send_walk = lambda _board: halt("committed")
        user = User.get(User.board == int(rest[0]))
        school_time.advance(actor_for(user), clock.parse_moment(rest[1]))
    elif command == "worker":
        settings = Settings(database_url=url, idle_seconds=float(rest[0]), lease_seconds=float(rest[1]))
        halt = Halt(rest[2] if len(rest) > 2 else "")
        put_hooks(halt)
        halt_when_ready(halt)
        process.run_worker(settings, settings.idle_seconds or None, countable_jobs(halt))
    elif command == "here":
        settings = Settings(database_url=url, lease_seconds=float(rest[1]))
        open_database(url)
        process.run_here_until_done(settings, Board.get_by_id(int(rest[0])).id, countable_jobs())


if __name__ == "__main__":
    main(*sys.argv[1:])
