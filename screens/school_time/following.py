"""A drawer that reads four times a second what it shows, and stays when nothing can be read."""

from __future__ import annotations

from collections.abc import Callable

from app.workers.mishaps import Saved
from screens.shared.dialogs import Drawer
from screens.shared.label import ErrorLine

UNREADABLE = "De schooltijd is nu niet te lezen. Zodra het weer kan, gaat dit vanzelf verder."


class Following(Drawer[None]):
    """Tells the first reading that fails in a window, and those after it in a line."""

    unread = False
    """Whether the last reading failed."""
    _told = ""

    def on_mount(self) -> None:
        """Follow."""
        self.set_interval(0.25, self._follow)

    def _follow(self) -> None:
        if self.is_current or not self.unread:
            self.read_again()

    def told_as_read(self, sentence: str) -> None:
        """It was read; say this of it, or no longer what was said before."""
        self.unread = False
        self._tell_once(sentence)

    def _tell_once(self, sentence: str) -> None:
        if sentence != self._told:
            self._told = sentence
            self.show_error(sentence)

    def show_error(self, sentence: str) -> None:
        """Show this in the error line; an empty text hides it."""
        for line in self.query(ErrorLine):
            line.tell(sentence)

    def _tell_mishap(self, error: Exception, again: Callable[[], object], saved: Saved = Saved.UNKNOWN) -> None:
        if again != self.refresh_data:
            super()._tell_mishap(error, again, saved)
        elif self.unread:
            self.app.call_from_thread(self._tell_once, UNREADABLE)
        else:
            self.unread = True
            super()._tell_mishap(error, again, saved)
