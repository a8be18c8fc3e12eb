"""Which version of the program this is."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

_NAME = "esis-terminal"


def program_version() -> str:
    """As in `0.5.0`: what `pyproject.toml` of a checkout says, which may have gone on since it was installed; else what
    is installed.
    """
    try:
        project = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text("utf-8"))["project"]
        if project["name"] == _NAME:
            return str(project["version"])
    except (OSError, KeyError, ValueError):
        pass  # Not a checkout: whatever stands there, if anything, is another's.
    return metadata.version(_NAME)
