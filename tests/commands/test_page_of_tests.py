"""docs/uitests.md: what it says to type in a terminal works as it stands there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "uitests.md"
BOUND = 120
"""Seconds; it takes ten."""


@pytest.mark.skipif(shutil.which("tmux") is None, reason="no tmux on this machine")
def test_the_steps_for_tmux_activate_a_coupling(tmp_path: Path) -> None:
    script = PAGE.read_text("utf-8").split("```bash\n")[1].split("```")[0]
    server = tmp_path.name
    steps = script.replace("/tmp/proef.db", f"{tmp_path}/proef.db").replace("tmux ", f"tmux -L {server} ")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    try:
        done = subprocess.run(
            ["bash", "-c", steps],
            cwd=tmp_path,
            env=os.environ | {"PATH": path, "XDG_DATA_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=BOUND,
            check=False,
        )
    finally:
        subprocess.run(["tmux", "-L", server, "kill-server"], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "99QQ001234567890abcd" in (tmp_path / "koppeling.txt").read_text("utf-8")
