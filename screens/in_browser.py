"""The driver of a program behind a page of the browser."""

from __future__ import annotations

import os

from textual import messages
from textual.drivers import web_driver
from textual.drivers._byte_stream import ByteStream

_STOPPING = 1.0
"""Seconds that what reads the keys gets to notice that it is over; it looks ten times a second."""


_STREAM = ByteStream()
"""What is typed comes in packets, and one may be cut between two programs of this process: they read one stream."""
vars(web_driver)["ByteStream"] = lambda: _STREAM


class BrowserDriver(web_driver.WebDriver):
    """Textual's own, that also leaves when the server is gone (nobody could type any more, or see anything), and leaves
    the page in order for the next program in this process: a lesson, or the program after one.
    """

    def run_input_thread(self) -> None:
        """Read what is typed; when there will be no more, leave."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.call_from_thread(self._app.post_message, messages.ExitApp())

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """What the page says; the next program begins in the size that it has then."""
        if packet_type == "resize":
            os.environ.update(COLUMNS=str(payload["width"]), ROWS=str(payload["height"]))
        super().on_meta(packet_type, payload)

    def stop_application_mode(self) -> None:
        """Stop reading before another begins: two would share what is typed."""
        super().stop_application_mode()
        self._key_thread.join(_STOPPING)
