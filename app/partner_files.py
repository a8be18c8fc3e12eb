"""What ESIS knows of each partner, as data: a file of `fixtures/partners` for each, by the partner's id.

`[coupling]`: what a school can activate, its type being that id (labels: sources.md#overview and
sources.md#activation; the rest is ours).
`[transfers]`: what else stands in the logbook, exchanges that no school activates in ESIS. `[[subjects]]`: the assessments
that the partner brings, as in `fixtures/assessments.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

FOLDERS = [resources.files("fixtures").joinpath("partners")]
"""Where the files are."""


@cache
def partner_files() -> dict[str, dict[str, Any]]:
    """What the files say, by partner and in that order."""
    found = {file.name: file for folder in FOLDERS for file in folder.iterdir() if file.name.endswith(".toml")}
    return {
        name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
        for name, file in sorted(found.items())
    }
