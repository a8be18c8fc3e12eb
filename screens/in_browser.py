"""The driver of a program behind a page of the browser."""

from __future__ import annotations

from textual import messages
from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """Textual's own, that also leaves when the server is gone: nobody could type any more, or see anything."""

    def run_input_thread(self) -> None:
        """Read what is typed; when there will be no more, leave."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.call_from_thread(self._app.post_message, messages.ExitApp())
