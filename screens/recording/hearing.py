"""Hearing every message of the program while it records: Textual offers that to tests only, and not for what threads open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from textual.message import Message
from textual.message_pump import MessagePump


@contextmanager
def hearing(ears: Callable[[Message], object]) -> Iterator[None]:
    """Within this context each message is told before anything handles it, once for each part that it passes."""
    usual = MessagePump._dispatch_message

    @wraps(usual)
    async def dispatch(pump: MessagePump, message: Message) -> None:
        if not message.no_dispatch:
            ears(message)
        await usual(pump, message)

    MessagePump._dispatch_message = dispatch  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        MessagePump._dispatch_message = usual  # type: ignore[method-assign]
