"""A single declaration makes a full partner: a toy that no other code knows (`tests/partners/toy`).

In a process of its own, because the program discovers its partners once.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MOST_LINES = 300


def test_a_new_partner_needs_no_edit_elsewhere() -> None:
    features = HERE / "toy" / "features.py"
    plugin = ("-p", "tests.partners.toy.installed", "-n", "0", "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugin, str(features)], cwd=HERE.parents[1], capture_output=True, text=True
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_the_toy_is_small() -> None:
    files = [
        path for path in (HERE / "toy").rglob("*") if path.suffix in (".py", ".toml") and path.name != "features.py"
    ]
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files) <= MOST_LINES
