"""What a screen shows is read beside the UI thread: showing it asks nothing of the database."""

from __future__ import annotations

import ast
from pathlib import Path

import screens
from screens.shared.reads_beside import ReadsBeside

ROOT = Path(screens.__file__).parent


def test_no_screen_reads_in_a_way_of_its_own() -> None:
    """`refresh_data` is final, for who runs no type checker too."""
    own = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ROOT.rglob("*.py")
        if path.name != "reads_beside.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name == "refresh_data"
    ]
    assert own == []
    assert ReadsBeside.refresh_data.__final__  # type: ignore[attr-defined]  # set by `typing.final`
