"""The worker as a process of its own: `python -m app.workers`, settings from the environment; see `process.py`."""

from __future__ import annotations

import logging
import os

from app import settings
from app.workers.process import WorkerRunning, run_worker

if __name__ == "__main__":
    os.umask(0o077)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    given = settings.load()
    try:
        run_worker(given, idle_exit=given.idle_seconds)
    except WorkerRunning as other:
        logging.getLogger("app.workers").info(other.sentence)
