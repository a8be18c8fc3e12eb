"""Golden screens: a screen's characters and picture, stored in tests/snapshots and compared byte by byte.

`uv run pytest --update-golden` rewrites them; look at each changed one before committing it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.app import App

from app.training.pictures import drawn, svg_of, text_of

FOLDER = Path(__file__).with_name("snapshots")


@dataclass(frozen=True)
class Golden:
    """Compares screens with the kept ones, or keeps them."""

    update: bool

    def check(self, app: App[None], name: str) -> None:
        """Fail unless the screen in front is the golden one of this name; the text first, which a diff explains best."""
        self._compare(FOLDER / f"{name}.txt", text_of(app))
        self._compare(FOLDER / f"{name}.svg", svg_of(app))

    def _compare(self, path: Path, actual: str) -> None:
        if self.update and not (path.exists() and drawn(actual) == drawn(path.read_text(encoding="utf-8"))):
            path.parent.mkdir(exist_ok=True)
            path.write_text(actual, encoding="utf-8")
        assert path.exists(), f"there is no golden screen {path.name}; make it with --update-golden and look at it"
        assert drawn(actual) == drawn(path.read_text(encoding="utf-8")), f"the screen differs from {path.name}"
