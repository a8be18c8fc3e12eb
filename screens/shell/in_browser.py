"""The driver of a program behind a page of the browser."""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from typing import Any

from textual import messages
from textual._xterm_parser import XTermParser
from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver

from app import ending
from app.platform_parts import forget_signals_of_loop
from app.serving.session import Told

_STOPPING = 1.0
"""Seconds that what reads the keys gets to notice that it is over; it looks ten times a second."""
_TELLING = 0.5
"""Seconds between two looks whether there is something to tell the page."""
_STREAM = ByteStream()
"""What is typed comes in packets, and one may be cut between two programs of this process: they read one stream."""


class BrowserDriver(WebDriver):
    """Textual's own, that also leaves when the server is gone (nobody could type any more, or see anything), tells the
    server who is there (`Told`), and leaves the page in order for the next program in this process: a lesson, or the program
    after one.
    """

    _told: Told | None = None

    def start_application_mode(self) -> None:
        """Begin; a signal ends this program as it ends any, where Textual would take it for somebody who stops."""
        super().start_application_mode()
        forget_signals_of_loop()
        ending.listen()
        self._app.call_later(self._app.set_interval, _TELLING, self.tell)

    def tell(self) -> None:
        """Tell the server what changed: whether somebody is signed in, and what is lost when the page closes."""
        app: Any = self._app
        if not app._screen_settled():
            return
        now = Told(app.actor is not None or not app.has_lessons, app.at_stake)  # who does a lesson signed in before it
        if now != self._told:
            self._told = now
            self._write(now.packet())

    def run_input_thread(self) -> None:
        """Read what is typed; when there will be no more, leave. What cannot be handled is told, and reading goes on."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        for data in self._input_reader:
            try:
                for kind, payload in _STREAM.feed(data) if data else ():
                    if kind == "D":
                        for event in parser.feed(decode(payload)):
                            self.process_message(event)
                    else:
                        self._on_meta(kind, payload)
                for event in parser.tick():
                    self.process_message(event)
            except Exception as error:
                self._app.call_later(self._app._handle_exception, error)
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
