"""The driver of a program behind a browser page."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import chain
from typing import Any

from textual import events, messages
from textual._xterm_parser import XTermParser
from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver
from textual.message import Message as TextualMessage

from app import ending
from app.platform_parts import forget_signals_of_loop
from app.serving.desk.messages import Message
from app.serving.session import DESK, Told, desk_packet
from screens.shell.tapped_keys import tapped

_STOPPING = 1.0
"""Seconds for the input thread to notice the end; it checks ten times a second."""
_TELLING = 0.5
"""Seconds between checks for something to tell the page."""
_STREAM = ByteStream()
"""Input comes in packets, and one may be split between two programs in this process: they read one stream."""


class BrowserDriver(WebDriver):
    """Textual's own driver, which also leaves when the server is gone (no more input or output is possible), tells the
    server who is there (`Told`), and leaves the page in order for the next program in this process: a lesson, or the
    program after one.
    """

    _told: Told | None = None
    _focus = False
    """Whether the page has the keyboard."""

    def start_application_mode(self) -> None:
        """Start; a signal ends this program like any other, where Textual would treat it as the user quitting."""
        super().start_application_mode()
        forget_signals_of_loop()
        ending.listen()
        app: Any = self._app
        app.classroom.channel = self.to_desk
        self._app.call_later(self._focus_again)
        self._app.call_later(self._app.set_interval, _TELLING, self.tell)

    def to_desk(self, message: Message) -> None:
        """Say something to the trainer's desk."""
        with suppress(OSError):  # the server is gone, which is noticed by reading
            self._write(desk_packet(message))

    def process_message(self, message: TextualMessage) -> None:
        """Hand on what the user did, unless the trainer holds this program; the release of the mouse always."""
        app: Any = self._app
        typed = isinstance(message, events.Key | events.Paste | events.MouseEvent)
        if not (typed and app.guide.withholds) or isinstance(message, events.MouseUp):
            super().process_message(message)

    def _focus_again(self) -> None:
        """Textual begins without focus, also where the page said before that it has it: then nothing would show it."""
        if self._focus:
            self._app.post_message(events.AppFocus())

    def tell(self) -> None:
        """Tell the server what changed: whether somebody is signed in, and what is lost when the page closes."""
        app: Any = self._app
        if not app._screen_settled():
            return
        signed_in = app.actor is not None or app.guest is not None  # a lesson's user signed in before it
        now = Told(signed_in, app.at_stake, keys=tapped(app.screen))
        if now != self._told:
            self._told = now
            self._write(now.packet())
        app.tell_class()

    def run_input_thread(self) -> None:
        """Read input; leave when it ends. Errors in handling it are reported, and reading goes on.

        A page sends each key whole: Esc alone is Esc, whatever has come after it by the time that this is read.
        """
        mouse = (0.0, 0.0)
        for data in self._input_reader:
            try:
                for kind, payload in _STREAM.feed(data) if data else ():
                    if kind != "D":
                        self._on_meta(kind, payload)
                    elif payload:  # nothing is left of half a character
                        parser = XTermParser(self._debug)
                        parser.last_x, parser.last_y = mouse  # what it moves is since the packet before
                        for event in chain(parser.feed(payload.decode(errors="replace")), parser.feed("")):
                            self.process_message(event)
                        mouse = (parser.last_x, parser.last_y)
            except Exception as error:
                self._app.call_later(self._app._handle_exception, error)
        if not self.exit_event.is_set():
            self._app.call_from_thread(self._app.post_message, messages.ExitApp())

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Handle a message from the page; the next program starts in the page's current size."""
        if packet_type == "resize":
            os.environ.update(COLUMNS=str(payload["width"]), ROWS=str(payload["height"]))
        if packet_type == DESK:
            app: Any = self._app
            app.call_later(app.hear_class, payload)
            return
        if packet_type in ("focus", "blur"):
            self._focus = packet_type == "focus"
        super().on_meta(packet_type, payload)

    def stop_application_mode(self) -> None:
        """Stop reading before another program starts: both would read the same input."""
        super().stop_application_mode()
        self._key_thread.join(_STOPPING)
