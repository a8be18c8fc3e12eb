"""What a forked process does; it does not import what forks it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from multiprocessing.connection import Connection


def run(module: str, arguments: Sequence[str], environment: Mapping[str, str], ends: Sequence[Connection]) -> None:
    """As `python -m MODULE ARGUMENTS` would, with these as stdin, stdout and stderr."""
    for number, end in enumerate(ends):
        os.dup2(end.fileno(), number)
        end.close()
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", buffering=1)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [module, *arguments]
    import_module(module).main(*arguments)
