"""Starting this program once more, in a process of its own: with its own modules, wherever it is started.

Its packages have names that many projects give to theirs (`app`, `models`), and Python looks in the folder where it is started
and in PYTHONPATH first.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def command(module: str, *arguments: str) -> list[str]:
    """Runs a module of ours, which the folder of now has no part in."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """That of now, in which our modules come first."""
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *([before] if before else [])])}
