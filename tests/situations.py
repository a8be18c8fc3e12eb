"""The databases of situations, made once for all processes of a run: most of them are nights of deliveries."""

from __future__ import annotations

import fcntl
import shutil
from datetime import datetime
from functools import cache
from pathlib import Path


def share(folder: Path) -> None:
    """From now on they are looked for in this folder, and made there by who needs one first."""
    from app.training.scripts import sandbox

    make = sandbox._made
    folder.mkdir(exist_ok=True)

    @cache
    def made(situation: str, start: datetime | None) -> Path:
        path = folder / f"{situation}-{start:%Y%m%d%H%M}.db" if start else folder / f"{situation}.db"
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                shutil.copy(make(situation, start), path)
        return path

    sandbox._made = made
