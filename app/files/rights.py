"""Who may read what the program makes: its user only, or, where it is meant to be shared, whom the user's own umask lets."""

from __future__ import annotations

import os

_users: list[int] = []
"""The umask of the user, once this program has another."""


def be_private() -> None:
    """From now on what this program makes is for its user only, unless it is meant to be shared."""
    _users.append(os.umask(0o077))


def of_file() -> int:
    """The rights of a file to share."""
    return 0o666 & ~_umask()


def of_folder() -> int:
    """The rights of a folder to share."""
    return 0o777 & ~_umask()


def _umask() -> int:
    if _users:
        return _users[0]
    now = os.umask(0o077)  # there is no other way to ask
    os.umask(now)
    return now
