"""The folder with lessons of a class (`--lessons DIR`, `ESIS_LESSONS`), for the whole program."""

from __future__ import annotations

from pathlib import Path

_chosen: list[Path] = []


def use(folder: str) -> None:
    """Offer the lessons in this folder from now on; empty: none."""
    _chosen[:] = [Path(folder)] if folder else []


def chosen() -> Path | None:
    """The folder, if there is one."""
    return _chosen[0] if _chosen else None
