"""The version of this program."""

from __future__ import annotations

import tomllib
from pathlib import Path

_NAME = "esis-terminal"


def program_version() -> str:
    """The version, as in `0.5.0`: from `pyproject.toml` in a checkout, which may be newer than what was installed;
    otherwise that of the installed package.
    """
    try:
        project = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text("utf-8"))["project"]
        if project["name"] == _NAME:
            return str(project["version"])
    except (OSError, KeyError, ValueError):
        pass  # Not a checkout: a file there would belong to another project.
    from importlib import metadata  # With the parser of mail, 15 ms that a program on a file of SQLite does not need.

    return metadata.version(_NAME)
