"""The `esis` command: `python -m app`, and what its executable (`esis_terminal.py`) runs.

Until the program has its own answer to Ctrl+C (`app.ending`), which takes a tenth of a second to read, it ends at once and
without a word: Python's own answer would be a traceback.
"""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command line."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from app.cli import main as run

    run()


if __name__ == "__main__":
    main()
