"""A folder beside a file of the user in which this program keeps files: only those on its list are ours to touch."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from app.exchange.whole_file import as_bytes, check_place, own_folder, put, whole_file
from app.files.regular import read_text
from app.platform_parts import NO_LINK, lock
from app.refusals import Refused

LIST = "esis.lijst"
"""The file in the folder that lists the files made here; no others are touched."""
MOST = 20_000_000
_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,150}\.(txt|svg|png|html)", re.ASCII)
Files = Mapping[str, str | bytes]
"""Contents by name."""


def listed(folder: Path) -> set[str] | None:
    """The names on the list; None if there is no list."""
    if not os.path.lexists(folder / LIST):
        return None
    return {name for name in read_text(folder / LIST, MOST).split("\n") if _NAME.fullmatch(name)}


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Make the folder if need be, and let no other play write in it meanwhile: of two that do, the later knows what the
    first has listed. Raises `Refused`.
    """
    own_folder(folder)
    with ExitStack() as held:
        with suppress(OSError):  # a system that cannot lock a folder
            number = os.open(folder, os.O_RDONLY | NO_LINK)
            held.callback(os.close, number)
            lock(number)
        yield


def check(folder: Path, wanted: Iterable[str], ours: Iterable[str]) -> None:
    """Look at every place before anything is written; the folder is made if need be.

    Raises `Refused` for a link, anything but a regular file, and a file of these names that is not `ours`.
    """
    names, own = list(wanted), set(ours)
    own_folder(folder)
    for name in (LIST, *names, *sorted(own - set(names))):
        check_place(folder / name)
        if name != LIST and name not in own and os.path.lexists(folder / name):
            raise Refused(
                f"{folder / name} is niet door esis gemaakt en wordt niet overschreven. Geef het een andere naam."
            )


def write_together(folder: Path, files: Files) -> None:
    """Write all of them and then put each in its place, so that a process killed meanwhile leaves none of them, or is very
    nearly done. Raises `Refused`.
    """
    with ExitStack() as stack:
        for name, content in files.items():
            file = stack.enter_context(whole_file(folder / name, overwrite=True, shared=True))
            file.write(as_bytes(content))


def note(folder: Path, names: Iterable[str], about: str) -> None:
    """Write the list, if it changed; `about` is its first line, a comment."""
    text = "\n".join((about, *sorted(names), ""))
    if content(folder / LIST) != text:
        put(folder / LIST, text, overwrite=True, shared=True)


def content(path: Path) -> str | None:
    """The contents of a file; None if it does not exist. Raises `Refused`."""
    return read_text(path, MOST).replace("\r\n", "\n") if os.path.lexists(path) else None
