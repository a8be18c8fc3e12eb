"""Starts this program again in a new process, with its own modules wherever it is started.

Many projects have packages with the same names as ours (`app`, `models`), and Python searches the current folder and
PYTHONPATH first.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def command(module: str, *arguments: str) -> list[str]:
    """The command line that runs one of our modules, ignoring the current folder."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """The current environment, with our modules first on the path."""
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *([before] if before else [])])}
