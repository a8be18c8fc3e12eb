"""What holds for every test here: how many processes, compiled modules that are kept, and how draaiboeken are drawn."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

sys.dont_write_bytecode = False  # the suite starts hundreds of programs, each of which would compile all it imports
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from pytest_esis import SUFFIX, Event, Play, Runner  # noqa: E402

FEW = 3
"""Files of tests that are sooner done in this process than others have started."""


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Generator[None, int, int]:
    """No other processes for a few files; three on two cores for more, and for who asks for that (`-n auto`).

    A fifth of the time a test waits: for a program it started, for PostgreSQL, for a screen. With four they hinder each other.
    """
    asked = any(str(word).startswith(("-n", "--numprocesses")) for word in config.invocation_params.args)
    files = {file for argument in config.args for file in _files(config, argument)}
    cores = yield
    if not asked and len(files) <= FEW:
        return 0
    return cores if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else cores * 3 // 2


def _files(config: pytest.Config, argument: str) -> Iterator[Path]:
    """The files of tests that an argument of the command line names."""
    path = config.invocation_params.dir / argument.partition("::")[0]
    if path.is_dir():
        yield from (found for pattern in ("test_*.py", f"*{SUFFIX}") for found in path.rglob(pattern))
    else:
        yield path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Draaiboeken first: they take longest, and whoever begins one last lets the other processes wait at the end."""
    items.sort(key=lambda item: not item.path.name.endswith(SUFFIX))


def pytest_esis_runner() -> Runner:
    """Our own draaiboeken are played in this process: starting one for each would take longer than playing it."""
    return _play_here


def _play_here(play: Play) -> list[Event]:
    """Without what Textual draws for a terminal that is not there, as the tests of screens are (`screens/driving/economy.py`)."""
    from app.commands.checking import check
    from app.commands.options import When
    from app.refusals import Refused
    from screens.driving.economy import economy

    told: list[Event] = []
    with patch.dict(os.environ), economy():  # what playing sets is not for the other tests
        try:
            check(
                None,
                [play.path],
                play.size,
                update=play.update,
                report=play.report,
                say=lambda one: told.append(one.fields()),
                trace=When(play.trace) if play.trace else None,
                trace_folder=play.trace_folder,
            )
        except Refused:
            if not any(one["event"] == "failed" for one in told):
                raise
    return told
