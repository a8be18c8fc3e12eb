"""What pages share that ask nothing of anywhere: each is one file, with a policy that names the script it may run."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path


@cache
def static(folder: Path, name: str) -> str:
    """The text of a file in the folder `static` beside a module of this folder."""
    return (folder / "static" / name).read_text(encoding="utf-8")


def allowed(text: str) -> str:
    """How a policy names the one script or style that it allows, by all that stands between its tags."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
