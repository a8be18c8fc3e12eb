"""The worker as a process of its own: `python -m app.workers`, settings from the environment; see `process.py`."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress

from app import settings
from app.workers import log
from app.workers.process import WorkerRunning, run_worker


def main() -> int:
    """Work until there is nothing to do; what ends it otherwise is in the log, without a value."""
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
