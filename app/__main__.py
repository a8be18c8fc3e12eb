"""The `esis` command: runs as `python -m app` and from the executable (`esis_terminal.py`).

The program's own Ctrl+C handling (`app.ending`) takes a tenth of a second to import. Until then Ctrl+C exits at once
and silently, instead of with Python's traceback.
"""

from __future__ import annotations

import gc
import signal

COLLECT_EVERY = 50_000
"""Objects made between two looks for unreachable ones. Python's own 700 costs a start a twelfth: its imports leave none."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(COLLECT_EVERY)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from app.cli import main as run

    run()


if __name__ == "__main__":
    main()
