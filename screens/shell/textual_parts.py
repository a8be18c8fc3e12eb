"""The private parts of Textual that keep the program running, in one place; a test fails when an upgrade changes them.

A part of the screen (`MessagePump`) whose handler raises stops for good, and the program with it. Here the error goes
to the program, which may report it as handled: then the part goes on with the next message. The driver of a terminal is
in `linux_terminal.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from textual.events import ScreenResume
from textual.message import Message
from textual.message_pump import MessagePump

Again = Callable[[], object]
"""Retries what went wrong."""


def keep_standing() -> None:
    """From now on an error in a handler goes first to the program's `stood`, if any (`screens/shell/mishap.py`)."""
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
    """Hand on a message as if it had just arrived."""
    message._stop_propagation = message._no_default_action = False
    return pump.call_later(pump._dispatch_message, message)
