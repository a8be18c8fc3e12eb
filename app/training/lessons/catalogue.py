"""The catalogue of lessons: the draaiboeken that come with the program, easiest first."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from app.refusals import NotFound
from app.training.scripts.document import SUFFIX, Script, read
from app.training.scripts.errors import nearest
from app.training.scripts.varying import DEFAULT

ALL = "meegeleverd"
"""The name for all that come with the program, wherever they are installed."""


def folder() -> Path:
    """The folder of the draaiboeken."""
    return Path(str(files("fixtures"))) / "scripts"


def shipped(name: str) -> list[Path]:
    """The draaiboek that comes with the program under this name, or all of them as `meegeleverd`. Raises `NotFound`."""
    found = {path.name.removesuffix(SUFFIX): path for path in sorted(folder().glob(f"*{SUFFIX}"))}
    if name == ALL:
        return list(found.values())
    if name not in found:
        meant = nearest(name, [ALL, *found])
        known = f"Geef een bestand, een map, {ALL}, of een van: {', '.join(found)}."
        raise NotFound(f"{name} is er niet. {f'Bedoelt u {meant}?' if meant else known}")
    return [found[name]]


@cache
def lessons() -> tuple[Script, ...]:
    """Every draaiboek that is a lesson."""
    found = [script for script in map(read, sorted(folder().glob(f"*{SUFFIX}"))) if script.lesson]
    return tuple(sorted(found, key=lambda script: (script.difficulty, script.title)))


def find(name: str, seed: int = DEFAULT) -> Script:
    """The lesson with this name, as the variant of this seed. Raises `NotFound` naming the existing ones."""
    for script in lessons():
        if script.name == name.strip().lower():
            return script if seed == script.seed or not script.varies else read(script.path, seed)
    raise NotFound(f"Les '{name}' bestaat niet. Er zijn: {', '.join(script.name for script in lessons())}.")


def title(name: str) -> str:
    """The title of a lesson; for one that no longer exists, its name."""
    return next((script.title for script in lessons() if script.name == name), name)
