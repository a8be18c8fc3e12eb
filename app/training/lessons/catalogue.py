"""Which lessons there are: the draaiboeken that come with the program, the easy ones first."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from app.refusals import NotFound
from app.training.scripts.document import SUFFIX, Script, read


def folder() -> Path:
    """Where they are."""
    return Path(str(files("fixtures"))) / "scripts"


@cache
def lessons() -> tuple[Script, ...]:
    """Every draaiboek that is a lesson."""
    found = [script for script in map(read, sorted(folder().glob(f"*{SUFFIX}"))) if script.lesson]
    return tuple(sorted(found, key=lambda script: (script.difficulty, script.title)))


def find(name: str) -> Script:
    """The lesson with this name. Raises `NotFound` naming those there are."""
    for script in lessons():
        if script.name == name.strip().lower():
            return script
    raise NotFound(f"Les '{name}' bestaat niet. Er zijn: {', '.join(script.name for script in lessons())}.")


def title(name: str) -> str:
    """What a lesson is called; of one that is no more, its name."""
    return next((script.title for script in lessons() if script.name == name), name)
