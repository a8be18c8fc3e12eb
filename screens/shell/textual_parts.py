"""What of Textual's private parts keeps the program standing, in one place; a test tells when an upgrade changes them.

A part of the screen (`MessagePump`) whose handler raises stops for good, and the program with it. Here the error goes to
the program, which may say that it was dealt with: then the part goes on with the next message.
The driver of a terminal is in `linux_terminal.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from textual.events import ScreenResume
from textual.message import Message
from textual.message_pump import MessagePump

Again = Callable[[], object]
"""Does once more what went wrong."""


def keep_standing() -> None:
    """From now on an error in a handler goes first to a program that has `stood` (`screens/shell/mishap.py`)."""
    usual = MessagePump._dispatch_message
    if hasattr(usual, "__wrapped__"):
        return

    @wraps(usual)
    async def dispatch(pump: MessagePump, message: Message) -> None:
        try:
            await usual(pump, message)
        except Exception as error:
            stood = getattr(pump.app, "stood", None)
            again = partial(_once_more, pump, message)
            if stood is None or not stood(error, again, resuming=isinstance(message, ScreenResume)):
                raise

    MessagePump._dispatch_message = dispatch  # type: ignore[method-assign, assignment]


def _once_more(pump: MessagePump, message: Message) -> Any:
    """Hand a message on as if it came only now."""
    message._stop_propagation = message._no_default_action = False
    return pump.call_later(pump._dispatch_message, message)
