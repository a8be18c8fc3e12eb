"""Where the body of a message or an answer is kept while it is handled, and what is said when it does not fit there."""

from __future__ import annotations

from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from app.exchange.uwlr_xml import rules
from app.exchange.uwlr_xml.rules import Finding
from app.files.reasons import reason

IN_MEMORY = 1 << 18
"""Bytes of a message that stay in memory; a larger one is a temporary file."""


def put_aside(folder: Path | None = None) -> IO[bytes]:
    """A file for a body: in memory as long as it is small."""
    return SpooledTemporaryFile(IN_MEMORY, dir=str(folder) if folder else None)


def no_room(error: OSError) -> Finding:
    """A message or an answer that could not be kept on the disk of the service."""
    return Finding(
        rules.NOT_NOW, found=f"een schijf die niets aanneemt ({reason(error)})", expected="ruimte op de schijf"
    )
