"""Collects each draaiboek as a test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest
from _pytest._code.code import ReprFileLocation, TerminalRepr
from _pytest._io import TerminalWriter

from pytest_esis.running import Event, Play, Process, Runner

pytest_plugins = ["pytest_esis.fixtures"]
SUFFIX = ".draaiboek.md"
UPDATE = "--draaiboek-update"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's options."""
    group = parser.getgroup("draaiboeken")
    group.addoption("--esis", metavar="COMMAND", help="how to start the esis program (esis on the PATH)")
    group.addoption(UPDATE, action="store_true", help="keep the screens of draaiboeken as golden")
    group.addoption(
        "--draaiboek-report", default="verschillen", type=Path, metavar="FOLDER", help="where pages of differences come"
    )
    group.addoption("--draaiboek-size", default="120x36", metavar="SIZE", help="columns and rows, as in 120x36")
    group.addoption(
        "--draaiboek-trace",
        default="",
        choices=("fail", "on"),
        help="write what happened line by line as a page, below the folder of pages of differences: of what fails, or of all",
    )
    parser.addini("esis", "how to start the esis program, where --esis does not say it", default="esis")


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the plugin's hook."""
    from pytest_esis import hooks

    pluginmanager.add_hookspecs(hooks)


@pytest.hookimpl(trylast=True)
def pytest_esis_runner(config: pytest.Config) -> Runner:
    """The default runner: a process for each draaiboek."""
    return Process(config.getoption("--esis") or config.getini("esis"))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a draaiboek as a file with one test."""
    return ScriptFile.from_parent(parent, path=file_path) if file_path.name.endswith(SUFFIX) else None


class ScriptFile(pytest.File):
    """A draaiboek."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the test that plays it."""
        yield ScriptItem.from_parent(self, name=self.path.name.removesuffix(SUFFIX))


class WentWrong(Exception):
    """What is wrong with a draaiboek, with the location of the page of differences."""

    def __init__(self, events: Sequence[Event], page: str) -> None:
        super().__init__(page)
        self.events, self.page = events, page


class ScriptItem(pytest.Item):
    """The test that plays it, on a board of its own."""

    def runtest(self) -> None:
        """Play it, and compare or store its screens."""
        events = list(self._runner()(self._play()))
        wrong = [event for event in events if event.get("event") in ("failed", "skipped")]  # the program skips no test
        if wrong:
            page = next((str(event.get("message", "")) for event in events if event.get("picture")), "")
            raise WentWrong(wrong, page)

    @property
    def _updates(self) -> bool:
        return bool(self.config.getoption(UPDATE))

    def _runner(self) -> Runner:
        return cast("Runner", self.ihook.pytest_esis_runner(config=self.config))

    def _play(self) -> Play:
        inside = self.path.is_relative_to(self.config.rootpath)
        parts = self.path.relative_to(self.config.rootpath).parts if inside else (self.path.name,)
        folder = self.config.invocation_params.dir / self.config.getoption("--draaiboek-report")
        report = folder / f"{'-'.join(parts).removesuffix(SUFFIX)}.html"
        trace, traces = self.config.getoption("--draaiboek-trace"), folder.joinpath("verloop", *parts[:-1])
        return Play(self.path, self.config.getoption("--draaiboek-size"), self._updates, report, trace, traces)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str | TerminalRepr:  # noqa: ARG002
        """The failure, with its file and line."""
        if isinstance(excinfo.value, WentWrong):
            return Told(self.path, excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The location of the draaiboek."""
        return self.path, None, f"draaiboek {self.name}"


class Told(TerminalRepr):
    """A failure as readable text, and its first line for the summary."""

    def __init__(self, path: Path, wrong: WentWrong) -> None:
        self._text = "\n".join([*(_told(path, event) for event in wrong.events), *filter(None, [wrong.page])])
        first = wrong.events[0]
        self.reprcrash = ReprFileLocation(first.get("file") or str(path), first.get("line") or 1, _sentence(first))

    def toterminal(self, tw: TerminalWriter) -> None:
        """Write it to the terminal."""
        tw.line(self._text)


def _told(path: Path, event: Event) -> str:
    line = event.get("line")
    place = f"{event.get('file') or path}:{line}: " if line else ""
    shown = f"\n\nOp het scherm stond:\n\n{event['seen']}" if "seen" in event and "golden" not in event else ""
    return f"{place}{_sentence(event)}{shown}"


def _sentence(event: Event) -> str:
    """The program's sentence, with pytest's option in place of its own."""
    message = str(event.get("message", ""))
    return message.replace("--update", UPDATE) if "golden" in event else message
