"""Waits for what happens outside the database, and says in the meantime that this process is alive."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, Queue
from threading import Thread


def wait_for(asking: Callable[[], None], stay: Callable[[], None], seconds: float) -> None:
    """Do `asking` in a thread of its own, and call `stay` every so many seconds until it is done.

    Raises what either raises; after what `stay` raises, nobody waits for `asking` any more.
    """
    ended: Queue[BaseException | None] = Queue()

    def ask() -> None:
        try:
            asking()
        except BaseException as error:
            ended.put(error)
        else:
            ended.put(None)

    Thread(target=ask, daemon=True).start()  # a daemon: a process that is told to end does not wait for an answer
    while True:
        try:
            error = ended.get(timeout=seconds)
        except Empty:
            stay()
            continue
        if error is not None:
            raise error
        return
