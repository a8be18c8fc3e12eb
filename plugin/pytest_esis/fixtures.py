"""Fixtures for tests that drive the program: `esis`, a fresh board for each test, in one process for all of them."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Literal

import pytest

from pytest_esis.driving import AsyncEsis, Esis
from pytest_esis.errors import EsisError

MARK = "esis(board='begin', at=..., user=..., location=..., size=..., theme=..., folder=...): how the fixture `esis` begins"
SHOWN = "Op het scherm van ESIS stond"
ENOUGH = 10.0
"""Seconds that the screen of a test that failed may take."""
KINDS: tuple[Literal["txt", "png"], ...] = ("txt", "png")
"""Of pictures that are kept of it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("draaiboeken").addoption(
        "--esis-artifacts",
        type=Path,
        metavar="FOLDER",
        help="where the last screen of a failed test comes, as text and PNG",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Say which mark there is."""
    config.addinivalue_line("markers", MARK)


@pytest.fixture(scope="session")
def esis_session(request: pytest.FixtureRequest) -> Iterator[Esis]:
    """One process of the program for all tests (of a worker of pytest-xdist); nothing is open in it."""
    config = request.config
    with Esis(
        config.getoption("--esis") or config.getini("esis"), size=config.getoption("--draaiboek-size")
    ) as program:
        yield program


@pytest.fixture
def esis(request: pytest.FixtureRequest, esis_session: Esis) -> Iterator[Esis]:
    """The program on a fresh practice board, with `rovict` signed in, or as the mark `esis` says: what `Esis.start` takes.

    A test that fails shows the screen.
    """
    mark = request.node.get_closest_marker("esis")
    if not esis_session.alive:
        esis_session.close()  # it died in a test before this one
    before = esis_session.timeout
    esis_session.start(*(mark.args if mark else ()), **(mark.kwargs if mark else {}))
    yield esis_session
    esis_session.timeout = before


@pytest.fixture
def async_esis(esis: Esis) -> AsyncEsis:
    """As `esis`, with methods to await."""
    return esis.asynchronous()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the screen to the report of a test that failed."""
    report = yield
    if report.when == "call" and report.failed:
        found = [one for one in getattr(item, "funcargs", {}).values() if isinstance(one, Esis | AsyncEsis)]
        told = call.excinfo is not None and bool(getattr(call.excinfo.value, "screen", ""))
        for program in found[:1]:
            sync = program if isinstance(program, Esis) else program.synchronous()
            if sync.alive:
                _add_screen(report, sync, told, item.config.getoption("--esis-artifacts"))
    return report


def _add_screen(report: pytest.TestReport, program: Esis, told: bool, folder: Path | None) -> None:
    """As text, unless the error told it, and in files."""
    program.timeout, before = ENOUGH, program.timeout
    try:
        if not told:
            report.sections.append((SHOWN, program.screen().text))
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"[^\w.-]+", "-", report.nodeid).strip("-")[-150:]
            for kind in KINDS:
                (folder / f"{name}.{kind}").write_bytes(program.picture(kind, still=False))
    except (EsisError, OSError) as error:
        report.sections.append((SHOWN, f"Het scherm is er niet meer: {error}"))
    finally:
        program.timeout = before
