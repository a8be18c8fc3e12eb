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
    heard: list[str] = []
    driver = BrowserDriver.__new__(BrowserDriver)
    driver._debug = False
    driver.exit_event = threading.Event()
    driver.exit_event.set()
    sent = b"".join(
        b"D" + len(key).to_bytes(4, "big") + key for key in (b"\x1b", b"\t", b"\x1b[B", b"\x1b", b"x", b"\x1bx")
    )
    cast("Any", driver)._input_reader = [sent]
    cast("Any", driver).process_message = lambda event: heard.append(event.key)
    driver.run_input_thread()
    assert heard == ["escape", "tab", "down", "escape", "x", "alt+x"]
