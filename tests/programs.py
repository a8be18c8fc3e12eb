"""The number of programs started by the tests of this process, which may outlive their test."""

from __future__ import annotations

import subprocess
from typing import Any

started = 0


def count_started() -> None:
    """Count from now on; whatever starts a program does it by `Popen`."""
    begin = subprocess.Popen.__init__

    def counted(self: subprocess.Popen[Any], *arguments: Any, **named: Any) -> None:
        global started
        started += 1
        begin(self, *arguments, **named)

    subprocess.Popen.__init__ = counted  # type: ignore[method-assign]
