"""The worker as a separate process: `python -m app.workers`, configured by the environment; see `process.py`."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress

from app import settings
from app.workers import log
from app.workers.process import WorkerRunning, run_worker


def main() -> int:
    """Work until there is nothing left to do; any other ending is logged, without values."""
    given = settings.load()
    log.keep(given)
    try:
        with suppress(WorkerRunning):
            run_worker(given, idle_exit=given.idle_seconds)
    except Exception:
        logging.getLogger(f"{log.OURS}workers").exception("the worker ended")
        return 3
    return 0


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
