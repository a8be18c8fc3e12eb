"""What a play leaves for people and machines: the page of differences, JUnit XML, and pictures of what failed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.asking import may_replace
from app.counted import counted
from app.exchange.whole_file import make_folder, put
from app.refusals import Refused

if TYPE_CHECKING:
    from app.training.scripts.differences import Difference
    from app.training.scripts.errors import PlayFailed
    from app.training.scripts.outcome import Told

REPORT = Path("verschillen.html")


class ResultFiles:
    """Where they come. What is not ours there is never replaced without asking."""

    def __init__(self, report: Path | None, junit: Path | None, artifacts: Path | None, size: str) -> None:
        self._report = report or (artifacts / REPORT if artifacts else REPORT)
        self._junit, self._artifacts, self._size = junit, artifacts, size
        self._again: dict[Path, bool] = {}

    def look(self, scripts: Sequence[Path], yes: bool, *, page: bool) -> None:
        """Look whether all can be written, the `page` too. Raises `Refused`, before anything is played."""
        from app.training.scripts import artifacts, difference_page, junit

        if self._artifacts is not None:
            artifacts.check(self._artifacts)
        wanted = (
            ("--report", self._report if page else None, difference_page.MARK),
            ("--junit", self._junit, junit.MARK),
        )
        for option, path, mark in wanted:
            if path is None or not os.path.lexists(path):
                continue
            if path.exists() and any(path.samefile(script) for script in scripts):
                raise Refused(f"{path} is het draaiboek zelf. Noem met {option} een ander bestand.")
            self._again[path] = may_replace(path, yes, mark)

    def write_page(self, differences: Sequence[Difference], failed: Sequence[PlayFailed]) -> tuple[str, str | None]:
        """Write the page; return its location in a sentence and as a path. Findings are reported even if it cannot be
        written.
        """
        from app.training.scripts import difference_page

        page = difference_page.page("Verschillen met de gouden schermen", differences, failed)
        try:
            self._put(self._report, page, difference_page.MARK)
        except Refused as refusal:
            return refusal.sentence, None
        return f"Wat er te zien was, staat in {self._report}.", str(self._report)

    def write_artifacts(self, differences: Sequence[Difference], failed: Sequence[PlayFailed]) -> list[str]:
        """Write the pictures, if asked; return what is to be told."""
        from app.training.scripts import artifacts

        if self._artifacts is None:
            return []
        try:
            number = artifacts.write(self._artifacts, differences, failed)
        except Refused as refusal:
            return [refusal.sentence]
        return (
            [f"De plaatjes ({counted(number, 'bestand', 'bestanden')}) staan in {self._artifacts}."] if number else []
        )

    def write_junit(self, told: Sequence[Told], seconds: float) -> list[str]:
        """Write the results, if asked; return why that failed."""
        from app.training.scripts import junit

        if self._junit is None:
            return []
        try:
            self._put(self._junit, junit.results(told, self._size, seconds), junit.MARK)
        except Refused as refusal:
            return [refusal.sentence]
        return []

    def _put(self, path: Path, content: str | bytes, mark: str) -> None:
        make_folder(path.parent, shared=True)
        again = self._again.get(path)
        if again is None and os.path.lexists(path):
            again = may_replace(path, False, mark)
        put(path, content, overwrite=bool(again), shared=True)
