"""Where the `esis` command begins, under a name that no project has: its own packages go before those of PYTHONPATH."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Run the command line."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from app.__main__ import main as run

    run()
