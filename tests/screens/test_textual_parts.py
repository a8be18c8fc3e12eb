"""What of Textual's private parts the program stands on."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace
from typing import Any, cast

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message_pump import MessagePump

from screens.shell.in_browser import BrowserDriver
from screens.shell.linux_terminal import Terminal
from screens.shell.textual_parts import keep_standing


async def test_the_parts_of_textual_that_this_stands_on_are_there() -> None:
    keep_standing()
    assert asyncio.iscoroutinefunction(MessagePump._dispatch_message)
    assert hasattr(MessagePump._dispatch_message, "__wrapped__")
    driver = LinuxDriver(cast("Any", SimpleNamespace()), size=(80, 24))
    assert {"_file", "fileno", "exit_event", "_key_thread"} <= vars(driver).keys()
    for owner, names in (
        (LinuxDriver, ("_run_input_thread", "run_input_thread", "process_message")),
        (XTermParser, ("feed", "tick")),
        (App, ("_handle_exception", "panic", "exit", "call_from_thread", "get_driver_class")),
    ):
        assert all(callable(getattr(owner, name, None)) for name in names)
    assert {"_thread_id", "_running"} <= vars(App()).keys()


def test_what_the_mouse_of_an_old_terminal_says_is_no_text_however_it_is_cut() -> None:
    terminal = Terminal.__new__(Terminal)
    terminal._begun = b""
    sent = b"a\x1b[M\xa0\xc3\xa9b\x1b[M !!c\x1b[20~"
    for cut in (cut for cut in range(len(sent)) if sent[cut - 1 : cut + 1] not in (b"\x1b[", b"[M")):
        parts = [terminal._without_old_mouse(part) for part in (sent[:cut], sent[cut:])]
        assert b"".join(parts) == b"abc\x1b[20~"


def test_what_a_page_sends_is_one_key_each_however_late_they_are_read() -> None:
    keys = _heard(b"\x1b", b"\t", b"\x1b[B", b"\x1b", b"", b"x", b"\x1bx")
    assert [event.key for event in keys] == ["escape", "tab", "down", "escape", "x", "alt+x"]


def test_how_far_the_mouse_moves_over_a_page_is_counted_from_where_it_was() -> None:
    moves = _heard(b"\x1b[<32;10;20M", b"x", b"\x1b[<32;12;20M")
    assert (moves[2].delta_x, moves[2].delta_y) == (2, 0), (
        "Textual scrolls what is selected only where it moves up or down"
    )


def _heard(*sent: bytes) -> list[Any]:
    """What a program behind a page makes of this, sent in one go."""
    heard = list[Any]()
    driver = BrowserDriver.__new__(BrowserDriver)
    driver._debug = False
    driver.exit_event = threading.Event()
    driver.exit_event.set()
    cast("Any", driver)._input_reader = [b"".join(b"D" + len(one).to_bytes(4, "big") + one for one in sent)]
    cast("Any", driver).process_message = heard.append
    driver.run_input_thread()
    return heard
