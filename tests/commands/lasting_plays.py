"""Plays that last until somebody ends them, with a temporary folder each; they say which process they are."""

import os
import signal

from app.files import temporary


def play_through(*_: object, **__: object) -> None:
    """In the place of `playing.play_through`."""
    with temporary.folder() as folder:
        (folder / "oefenbestuur.db").touch()
        os.write(1, f"{os.getpid()}\n".encode())
        signal.pause()
