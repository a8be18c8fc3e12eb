"""A widget that draws its own lines: cheaper than a label for each, and each line is made for the width there is."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from screens.shared.text import going_on


class Lined(Widget):
    """As high as its lines. What does not fit, of a line or below the last one, is cut with an ellipsis."""

    DEFAULT_CSS = "Lined { width: 1fr; height: auto; color: $ink; }"

    _counted: tuple[int, int] | None = None
    """A width, and how many lines it takes there."""

    @abstractmethod
    def lines(self, width: int) -> Iterable[Content]:
        """The lines for this width in cells."""

    def render(self) -> Content:
        """Every line there is room for."""
        width, height = max(0, self.content_size.width), self.content_size.height
        lines = [line.truncate(width, ellipsis=True) for line in self.lines(width)]
        if 0 < height < len(lines):
            lines[height - 1 :] = [going_on(lines[height - 1], width)]
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as it takes at this width."""
        if self._counted is None or self._counted[0] != width:
            self._counted = width, sum(1 for _ in self.lines(width))
        return self._counted[1]

    def clear_cached_dimensions(self) -> None:
        """Count again: another text is shown."""
        super().clear_cached_dimensions()
        self._counted = None
