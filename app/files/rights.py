"""Permissions of the files the program creates: for its user only or, for shared files, according to the user's
umask.
"""

from __future__ import annotations

import os

_users: list[int] = []
"""The user's umask, once the program has replaced it."""


def be_private() -> None:
    """From now on, create files for this user only, unless they are meant to be shared."""
    _users.append(os.umask(0o077))


def of_file() -> int:
    """The mode of a shared file."""
    return 0o666 & ~_umask()


def of_folder() -> int:
    """The mode of a shared folder."""
    return 0o777 & ~_umask()


def _umask() -> int:
    if _users:
        return _users[0]
    now = os.umask(0o077)  # the only way to read it
    os.umask(now)
    return now
