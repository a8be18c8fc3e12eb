"""Reads a page of a trace as its script does."""

from __future__ import annotations

import json
import re
from typing import Any


def data_of(page: str) -> dict[str, Any]:
    """What the page holds."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def text_of(data: dict[str, Any], screen: int) -> str:
    """The characters of a screen, as a `shot` keeps them."""
    lines = ("".join(run[0] for run in data["rows"][row]).rstrip() for row in data["screens"][screen])
    return "\n".join(lines).rstrip() + "\n"
