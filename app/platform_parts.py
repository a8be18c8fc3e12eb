"""The differences between Windows and Linux or macOS, in one place: no other module uses platform-specific names.

A test checks all other modules for such names, and `mypy --platform win32` checks the Windows branches, which nobody
has run yet. Files are locked with the `filelock` package on all three.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

if sys.platform == "win32":
    import subprocess

    WINDOWS = True
    ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGBREAK)
    """The signals that end a program: Ctrl+C, a kill, and a closed terminal window."""
    WINDOW_CLOSED = signal.SIGBREAK
    NO_WAIT = os.O_BINARY | os.O_NOINHERIT
    """Flags to open a file of unknown type: never wait for another program, and do not pass it on to child
    processes.
    """
    NO_LINK = NO_WAIT
    """The same, without following links. Windows has no such flag, and lets few users make links."""
    FORKS = False
    """Whether a copy of this process is a good way to start another."""
    OUTPUT_ENCODING: str | None = "utf-8"
    """The encoding of output to a pipe or file; None means the system's."""
    APART: dict[str, Any] = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    """Options to start a process apart from our terminal, so that Ctrl+C does not reach it."""
else:
    WINDOWS = False
    ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    WINDOW_CLOSED = signal.SIGHUP
    NO_WAIT = os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    NO_LINK = NO_WAIT | os.O_NOFOLLOW
    FORKS = sys.platform == "linux"
    OUTPUT_ENCODING = None
    APART: dict[str, Any] = {"start_new_session": True}


def lock(number: int, *, wait: bool = True) -> bool:
    """Lock an open file until it is closed; return False when another program holds the lock and `wait` is False.

    On Windows no other program can read its first byte meanwhile, or remove it while it is open.
    """
    from filelock import lock_descriptor  # 30 ms that most commands do not need

    return lock_descriptor(number, blocking=wait)


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def is_private(about: os.stat_result) -> bool:
    """Whether a file or folder belongs to this user and is closed to others. On Windows its folder decides that."""
    if sys.platform == "win32":
        return True
    return about.st_uid == os.getuid() and not about.st_mode & 0o077


class TooLong(Exception):
    """The block took too long."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `TooLong` when the block takes longer than this. Main thread only, and not on Windows, which cannot
    interrupt it.
    """
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
    """Remove an event loop's handlers for Ctrl+C and kill; on Windows it then ignores them."""
    if sys.platform != "win32":
        import asyncio

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().remove_signal_handler(number)


async def listen_for_own(path: str, answer: Callable[..., Awaitable[None]], limit: int) -> asyncio.AbstractServer:
    """Listen on a socket at this path, which only this user can connect to; `limit` bytes a line. Raises `OSError`."""
    if sys.platform == "win32":
        raise OSError("no sockets in the file system")
    import asyncio

    before = os.umask(0o177)
    try:
        return await asyncio.start_unix_server(answer, path, limit=limit)
    finally:
        os.umask(before)


async def connect_to_own(path: str, limit: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to such a socket. Raises `OSError`."""
    if sys.platform == "win32":
        raise OSError("no sockets in the file system")
    import asyncio

    return await asyncio.open_unix_connection(path, limit=limit)


LESSER = 10
"""How much less of the processors a program that gives way gets: its niceness."""


def give_way() -> None:
    """Let other programs go first when the processors are busy. On Windows, and where it may not, nothing changes."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.nice(LESSER)
        with suppress(OSError):  # Linux shares out by session before it looks at that: sched(7)
            Path("/proc/self/autogroup").write_text(str(LESSER), encoding="ascii")


@contextmanager
def typing_unseen(terminal: int) -> Iterator[None]:
    """Let a terminal (a file descriptor) not show what is typed in this block. On Windows it does show it."""
    if sys.platform == "win32":
        yield
        return
    import termios

    before = termios.tcgetattr(terminal)
    without = termios.tcgetattr(terminal)
    without[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, without)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


def addresses_of_cards() -> Iterator[str]:
    """The IPv4 address of each network card; none if the system does not tell."""
    if sys.platform == "win32":
        with suppress(OSError):
            yield from socket.gethostbyname_ex(socket.gethostname())[2]
    else:
        from fcntl import ioctl

        question = 0x8915  # SIOCGIFADDR on Linux, netdevice(7); macOS refuses it
        with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asking:
            for _, name in socket.if_nameindex():
                with suppress(OSError):
                    answer = ioctl(asking, question, struct.pack("256s", name.encode()[:15]))
                    yield socket.inet_ntoa(answer[20:24])
