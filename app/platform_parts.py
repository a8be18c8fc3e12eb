"""What Windows does differently from Linux and macOS, in one place: no other module names what only one of them has.

A test reads all other modules for such names, and `mypy --platform win32` checks the branches of Windows; nobody has run
those yet. Files are locked by the `filelock` package, on all three.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from threading import current_thread, main_thread
from typing import Any

if sys.platform == "win32":
    import subprocess

    WINDOWS = True
    ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGBREAK)
    """The signals that end a program: Ctrl+C, a kill, and a terminal window that is closed."""
    WINDOW_CLOSED = signal.SIGBREAK
    NO_WAIT = os.O_BINARY | os.O_NOINHERIT
    """Flags to open a file with that may be anything: never waiting for another program, and not for programs we start."""
    NO_LINK = NO_WAIT
    """The same, and never through a link. Windows has no such flag, and lets few users make links."""
    OUTPUT_ENCODING: str | None = "utf-8"
    """Of what is written to a pipe or a file; None: as the system has it."""
    APART: dict[str, Any] = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    """Options for a process that is no part of our terminal: Ctrl+C there is not for it."""
else:
    WINDOWS = False
    ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    WINDOW_CLOSED = signal.SIGHUP
    NO_WAIT = os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    NO_LINK = NO_WAIT | os.O_NOFOLLOW
    OUTPUT_ENCODING = None
    APART: dict[str, Any] = {"start_new_session": True}


def lock(number: int, *, wait: bool = True) -> bool:
    """Lock an open file for as long as it is open; False where another program has it and we do not `wait` for that.

    On Windows nobody else can read its first byte meanwhile, nor remove it as long as it is open.
    """
    from filelock import lock_descriptor  # 30 ms, which most commands can do without

    return lock_descriptor(number, blocking=wait)


def is_private(about: os.stat_result) -> bool:
    """Whether a file or folder is this user's, and closed to others. On Windows the folder that it is in says so."""
    if sys.platform == "win32":
        return True
    return about.st_uid == os.getuid() and not about.st_mode & 0o077


class TooLong(Exception):
    """The time is over."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `TooLong` where the block takes longer: in the main thread, and not on Windows, where nothing can interrupt it."""
    if sys.platform == "win32" or current_thread() is not main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, end)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def forget_signals_of_loop() -> None:
    """Take away what an event loop would do at Ctrl+C or a kill; on Windows it does nothing then."""
    if sys.platform != "win32":
        import asyncio

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().remove_signal_handler(number)


def addresses_of_cards() -> Iterator[str]:
    """The IPv4 address of each network card; nothing where the system does not say."""
    if sys.platform == "win32":
        with suppress(OSError):
            yield from socket.gethostbyname_ex(socket.gethostname())[2]
    else:
        from fcntl import ioctl

        question = 0x8915  # SIOCGIFADDR of Linux, netdevice(7); macOS refuses it
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
            for _, name in socket.if_nameindex():
                with suppress(OSError):
                    answer = ioctl(asking, question, struct.pack("256s", name.encode()[:15]))
                    yield socket.inet_ntoa(answer[20:24])
