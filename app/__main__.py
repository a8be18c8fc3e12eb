"""`python -m app`: the `esis` command, where its executable is not on the path."""

from __future__ import annotations

from app.cli import main

if __name__ == "__main__":
    main()
