"""The `esis` command: runs as `python -m app` and from the executable (`esis_terminal.py`).

The program's own Ctrl+C handling (`app.ending`) takes a tenth of a second to import. Until then Ctrl+C exits at once
and silently, instead of with Python's traceback.
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
