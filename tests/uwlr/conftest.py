"""The command line beside our own service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.conftest import Esis, in_process
from tests.uwlr.serving import Served, serving


@pytest.fixture
def served(practice_sqlite: str, tmp_path: Path) -> Iterator[Served]:
    """Our own service on loopback, on a practice board."""
    with serving(tmp_path) as found:
        yield found


@pytest.fixture
def esis(practice_sqlite: str, capsys: pytest.CaptureFixture[str]) -> Esis:
    """The command line on the same database."""
    return in_process(practice_sqlite, capsys)
