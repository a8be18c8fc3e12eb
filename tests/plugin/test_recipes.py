"""The recipes for a CI: their shell steps, in a checkout of another project. Only what installs the program is not real."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from tests.commands.fake_plays import HEAD, script_of
from tests.plugin.conftest import Environment

ROOT = Path(__file__).resolve().parents[2]
RECIPES = ROOT / "docs" / "recepten"
FAKE = f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(ROOT)!r})
from app.cli import run
from app.commands import playing
from tests.commands import fake_plays
playing.play_through = fake_plays.play_through
sys.exit(run(sys.argv[1:]))
"""
INSTALLER = '#!/bin/sh\necho "$(basename "$0") $@" >> "$INSTALLED"\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A project with two draaiboeken, of which one does not go as it says; with installers that only say so."""
    folder = tmp_path / "checkout" / "draaiboeken"
    folder.mkdir(parents=True)
    (folder / "goed.draaiboek.md").write_text(script_of("shot een"))
    (folder / "fout.draaiboek.md").write_text(
        HEAD + '\n\n```esis\nexpect "Dit staat er niet"\nshot twee\nshot drie\n```\n'
    )
    for name in ("pip", "uv"):
        executable(tmp_path / "bin" / name, INSTALLER)
    return tmp_path / "checkout"


def executable(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def ran(checkout: Path, steps: list[str], path: list[Path], **more: str) -> int:
    """The status of the last step, each run as a CI does; those before succeed."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "ESIS", "PYTHON", "COV"))
    }
    environment = {
        **kept,
        "PATH": os.pathsep.join(map(str, [checkout.parent / "bin", *path, os.environ["PATH"]])),
        "INSTALLED": str(checkout.parent / "installed.txt"),
        "HOME": str(checkout.parent),
        **more,
    }
    *before, last = [
        subprocess.run(["bash", "-eo", "pipefail", "-c", step], cwd=checkout, env=environment, check=False).returncode
        for step in steps
    ]
    assert not any(before)
    assert (checkout.parent / "installed.txt").read_text() == "pip install uv\nuv tool install PAD/NAAR/ESIS\n"
    return last


def results(checkout: Path) -> list[str]:
    """The draaiboeken in the results."""
    return [str(one.get("name")) for one in etree.parse(checkout / "uitslag.xml").getroot()]


def test_the_steps_for_github_run_with_the_program_as_it_is_installed(checkout: Path, esis: Environment) -> None:
    recipe: dict[Any, Any] = yaml.safe_load((RECIPES / "github-actions.yml").read_text("utf-8"))
    (job,) = recipe["jobs"].values()
    assert job["strategy"]["matrix"]["deel"] == [1, 2]
    assert recipe[True] == ["push", "pull_request"], "YAML 1.1 reads `on` as a truth"
    steps = [step["run"].replace("${{ matrix.deel }}", "1") for step in job["steps"] if "run" in step]
    assert not any("${{" in step for step in steps)
    assert ran(checkout, steps, [esis.bin], **job["env"]) == 1
    assert results(checkout) == ["fout"]
    kept = [checkout / line for step in job["steps"] if "with" in step for line in step["with"].get("path", "").split()]
    assert len(kept) == 2
    assert all(path.exists() for path in kept)
    assert {path.name for path in kept[1].iterdir()} >= {"fout.regel-8.png", "verschillen.html"}


def test_the_steps_for_gitlab_run_each_part(checkout: Path) -> None:
    (job,) = yaml.safe_load((RECIPES / "gitlab-ci.yml").read_text("utf-8")).values()
    executable(checkout.parent / "bin" / "esis", FAKE)
    node = {"CI_NODE_INDEX": "2", "CI_NODE_TOTAL": str(job["parallel"])}
    status = ran(checkout, ["\n".join([*job["before_script"], *job["script"]])], [], **job["variables"], **node)
    assert (status, results(checkout)) == (0, ["goed"])
    assert (checkout / job["artifacts"]["reports"]["junit"]).exists()
    assert [(checkout / path).is_dir() for path in job["artifacts"]["paths"]] == [True]
