"""What a line `send ...` of a draaiboek does: a supplier sends a message to the web service of the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.files.regular import opened
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
    with opened(beside / command.given[0], LARGEST) as file:
        return supplier_messages.of_file(file.read())
