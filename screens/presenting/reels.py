"""What keeps the screens of a recorded demo: the rows of an asciicast, or the pictures of a film."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console

from app.platform_parts import processors
from app.training.pictures import drawn, png_of, strips_of, svg_of
from app.training.scripts.cast import Cast
from app.training.scripts.film import Picture


class Reel(Protocol):
    """Keeps what is recorded. Moments are in seconds from the beginning."""

    def frame(self, at: float, app: Any) -> None:
        """The screen of a program that is to be seen from this moment on."""

    def mark(self, at: float, title: str) -> None:
        """A step begins."""


class CastReel:
    """Writes the rows that change."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._console = Console(color_system="truecolor", force_terminal=True, legacy_windows=False)

    def frame(self, at: float, app: Any) -> None:
        """The screen, in true colours."""
        self._cast.frame(at, [f"{strip.render(self._console)}\x1b[0m" for strip in strips_of(app)])

    def mark(self, at: float, title: str) -> None:
        """A chapter."""
        self._cast.mark(at, title)


class FilmReel:
    """Draws a picture of each screen that differs from the one before, while the demo goes on."""

    def __init__(self, folder: Path) -> None:
        """`folder` is where the pictures are put."""
        self._folder, self._last = folder, ""
        self._kept: list[tuple[float, Path, Future[int]]] = []
        self._drawing = ThreadPoolExecutor(processors())

    def frame(self, at: float, app: Any) -> None:
        """The screen as a picture."""
        svg = drawn(svg_of(app))
        if svg != self._last:
            self._last = svg
            path = self._folder / f"beeld-{len(self._kept):05}.png"
            self._kept.append((at, path, self._drawing.submit(lambda: path.write_bytes(png_of(svg)))))

    def mark(self, at: float, title: str) -> None:
        """A film has no chapters."""

    def pictures(self, end: float) -> Iterator[tuple[Picture, int]]:
        """Each picture once it is drawn, and how many there are; what is not to be seen for a moment is left out."""
        shown = [
            (path, until - at, future)
            for (at, path, future), until in zip(self._kept, [*(row[0] for row in self._kept[1:]), end], strict=True)
            if until > at
        ]
        for path, seconds, future in shown:
            future.result()
            yield Picture(path, seconds), len(shown)
        self._drawing.shutdown()

    def close(self) -> None:
        """Draw no more."""
        self._drawing.shutdown(cancel_futures=True)
