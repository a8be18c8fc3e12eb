"""The plugin for pytest: each draaiboek (`*.draaiboek.md`) among what is collected is a test, with its golden screens.

`--draaiboek-update` keeps the screens of now as golden; `--draaiboek-size` is the size they are drawn in (120x36);
`--draaiboek-report` is the folder for a page of what differs (NAME.html).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

SUFFIX = ".draaiboek.md"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Our options."""
    group = parser.getgroup("draaiboeken")
    group.addoption("--draaiboek-update", action="store_true", help="keep the screens of draaiboeken as golden")
    group.addoption(
        "--draaiboek-report", default="verschillen", type=Path, metavar="MAP", help="where pages of differences come"
    )
    group.addoption("--draaiboek-size", default="120x36", help="columns and rows, as in 120x36")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A draaiboek is a file of tests, with one in it."""
    return ScriptFile.from_parent(parent, path=file_path) if file_path.name.endswith(SUFFIX) else None


class ScriptFile(pytest.File):
    """A draaiboek."""

    def collect(self) -> Iterator[pytest.Item]:
        """The test that plays it."""
        yield ScriptItem.from_parent(self, name=self.path.name.removesuffix(SUFFIX))


class GoldenDiffers(Exception):
    """The pictures are not the golden ones, or there are no more of them because a line failed."""


class ScriptItem(pytest.Item):
    """Plays it on a board of its own."""

    def runtest(self) -> None:
        """Play, then compare or keep."""
        from unittest.mock import patch

        from app.commands.playing import played
        from app.training.pictures import parse_size
        from app.training.scripts import goldens
        from app.training.scripts.errors import PlayFailed

        failed: list[PlayFailed] = []
        with patch.dict(os.environ):  # what playing sets for itself is not for the other tests of the session
            try:
                shots = played(self.path, parse_size(self.config.getoption("--draaiboek-size")))
            except PlayFailed as wrong:
                failed, shots = [wrong], list(wrong.shots)
        if self.config.getoption("--draaiboek-update") and not failed:
            goldens.keep(self.path, shots)
        elif (found := goldens.compare(self.path, shots, whole=not failed)) or failed:
            page = self._write_page(goldens.page(self.path.name, found, failed))
            told = [*(one.sentence for one in failed), *(one.sentence("--draaiboek-update") for one in found), page]
            raise GoldenDiffers("\n".join(told))

    def _write_page(self, page: str) -> str:
        """Where it is, in a sentence; what differs is told also where it cannot be written."""
        from app.exchange.whole_file import bears
        from app.refusals import Refused
        from app.training.scripts import goldens
        from screens.shared.files import save_text

        folder = self.config.invocation_params.dir / self.config.getoption("--draaiboek-report")
        inside = self.path.is_relative_to(self.config.rootpath)
        parts = self.path.relative_to(self.config.rootpath).parts if inside else (self.path.name,)
        path = folder / f"{'-'.join(parts).removesuffix(SUFFIX)}.html"
        try:
            ours = os.path.lexists(path) and bears(path, goldens.MARK)
            return f"Naast elkaar in {save_text(path, page, overwrite=ours, shared=True)}"
        except Refused as refusal:
            return refusal.sentence

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:  # type: ignore[override]  # noqa: ARG002
        """What went wrong, as `esis play --check` says it."""
        from app.files.plain import clean_lines
        from app.refusals import Refused

        if isinstance(excinfo.value, Refused | GoldenDiffers):
            return clean_lines(str(excinfo.value))
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it is."""
        return self.path, None, f"draaiboek {self.name}"
