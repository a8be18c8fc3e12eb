"""What a line `send ...` of a draaiboek does: a supplier sends a message to the web service of the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.files.regular import opened
from app.refusals import Refused
from app.training import supplier_messages
from app.training.scripts.grammar import Command
from app.training.supplier_messages import Message
from models.board import Board

SENT = ("pull", "push")
"""By the number of the form; the next form sends a file."""
LARGEST = 10 << 20
"""Bytes of a message in a file beside a draaiboek."""


def pairs(given: Sequence[str]) -> Mapping[str, str]:
    """Field and text, as they were given."""
    return dict(zip(given[::2], given[1::2], strict=True))


def send(board: Board, command: Command, folder: Path) -> int:
    """Send it, a file from this folder or from that of the included file that names it; return its number in the journal.

    Raises `Refused` if it cannot be made or read.
    """
    return supplier_messages.send(board, _message(board, command, folder))


def _message(board: Board, command: Command, folder: Path) -> Message:
    if command.form < len(SENT):
        return supplier_messages.written(board, SENT[command.form], pairs(command.given))
    beside = Path(command.file).parent if command.file else folder
    with opened(_inside(beside / command.given[0], folder), LARGEST) as file:
        return supplier_messages.of_file(file.read())


def _inside(path: Path, folder: Path) -> Path:
    """The file itself, in that folder or below: a draaiboek of another reads nothing else of its user's. Raises `Refused`."""
    try:
        real = path.resolve()
        if real.is_relative_to(folder.resolve()):
            return real
    except (OSError, ValueError, RuntimeError):  # a loop of links, a null character
        pass
    raise Refused(f"'{path}' staat niet in de map van het draaiboek of daaronder.")
