"""A list that follows what is typed in a search line: what is pressed after it acts on what was searched for."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from textual.widgets import Input

from screens.shared.reads_beside import ReadsBeside


class Searching(ReadsBeside[Any]):
    """A screen or dialog with such a list. Put it before the frame in the bases, and call `search_shown` at the end of `show`."""

    _entering = False
    """Whether Enter was pressed before what was typed is shown."""

    @property
    @abstractmethod
    def sought(self) -> bool:
        """Whether the list does not show yet what was asked."""

    @abstractmethod
    def to_found(self) -> None:
        """Go from the search line to what was found."""

    @property
    def searching(self) -> bool:
        """Whether a key would act on what was found before; keys wait, but those typed in the search line need not."""
        return (
            self.sought
            and (self._entering or not isinstance(self.focused, Input))
            and any(one.node is self and one.group == "reading" and not one.is_finished for one in self.app.workers)
        )

    @property
    def unshown(self) -> bool:
        """What is typed in the search line asks for something else again, and need not wait."""
        return super().unshown and (self._entering or not isinstance(self.focused, Input))

    def enter(self) -> None:
        """Go to what is found: now, or as soon as it is shown."""
        self._entering = self.sought
        if not self._entering:
            self.to_found()

    def search_shown(self) -> None:
        """Something else is shown."""
        if self._entering and not self.sought:
            self._entering = False
            if self.is_current:
                self.to_found()

    def on_screen_suspend(self) -> None:
        """Something else came in front."""
        self._entering = False
