"""What ESIS knows about each partner, as data: one file per partner in `fixtures/partners`, named after its id.

`[coupling]`: what a school can activate; its type is that id (labels: sources.md#overview and sources.md#activation;
the rest is ours). `[transfers]`: exchanges in the logbook that no school activates in ESIS. `[[subjects]]`: the
assessments that the partner delivers, as in `fixtures/assessments.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

FOLDERS = [resources.files("fixtures").joinpath("partners")]
"""The folders that hold the files."""


@cache
def partner_files() -> dict[str, dict[str, Any]]:
    """The contents of the files by partner id, in order of id."""
    found = {file.name: file for folder in FOLDERS for file in folder.iterdir() if file.name.endswith(".toml")}
    return {
        name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
        for name, file in sorted(found.items())
    }
