"""The program and plugin as others install them: each in its own environment, beside a project with our names."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.commands.checking import check
from screens.driving.economy import economy
from tests.plugin.conftest import Environment

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("app", "models", "screens", "fixtures")
KINDS = (".py", ".toml", ".tcss", ".js", ".css", ".html", ".draaiboek.md", ".txt")
"""Of files that the program cannot do without."""
SCRIPT = """---
title: Proef
role: rovict
kind: demo
---
```esis
expect "Startpagina"
shot begin
```
"""
OWN = """
from pathlib import Path
import app, fixtures, models, screens

def test_own_modules():
    here = Path(__file__).parents[1]
    assert all(Path(one.__file__).parents[1] == here for one in (app, fixtures, models, screens))
    assert app.name == "of the project"
"""
WAYS = {
    "pytest": (["pytest"], {}),
    "python -m pytest": (["python", "-m", "pytest"], {}),
    "PYTHONPATH": (["pytest"], {"PYTHONPATH": "."}),
    "importlib": (["python", "-m", "pytest", "--import-mode=importlib"], {}),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with folders of the names that ours have, a test, and a draaiboek with a golden screen."""
    for name in ROOMS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text('name = "of the project"\n')
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "__init__.py").touch()
    (tests / "test_own.py").write_text(OWN)
    script = tests / "proef.draaiboek.md"
    script.write_text(SCRIPT)
    with economy():
        check(None, [script], "120x36", update=True)
    return tmp_path


def ran(project: Path, python: Environment, esis: Environment, words: Sequence[str], **more: str) -> str:
    """The output of pytest, run with both environments on the PATH."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "ESIS", "PYTHON"))}
    path = os.pathsep.join(map(str, (python.bin, esis.bin, os.environ["PATH"])))
    command = [str(python.bin / words[0]), *words[1:], "-p", "no:xdist", "-p", "no:asyncio", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=project, env={**kept, "PATH": path, **more}, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("way", WAYS)
def test_tests_of_a_project_with_our_names_run_beside_draaiboeken(
    project: Path, python: Environment, esis: Environment, way: str
) -> None:
    words, more = WAYS[way]
    assert "2 passed" in ran(project, python, esis, words, **more)


def test_what_differs_is_told_with_its_line_and_on_a_page(
    project: Path, python: Environment, esis: Environment
) -> None:
    (project / "tests" / "proef.golden" / "begin.txt").write_text("anders")
    said = ran(project, python, esis, ["pytest", "-k", "proef"])
    assert "proef.draaiboek.md:8: 'begin' verschilt vanaf regel 1" in said
    assert "1 failed, 1 deselected" in said
    assert (project / "verschillen" / "tests-proef.html").is_file()


def test_the_example_of_the_readme_drives_the_program_and_a_failure_keeps_its_screen(
    tmp_path: Path, python: Environment, esis: Environment
) -> None:
    example = (ROOT / "plugin" / "README.md").read_text("utf-8").split("## From Python")[1].split("```")[1]
    own = "\ndef test_that_fails(esis):\n    assert 'Nergens' in esis.screen()\n"
    (tmp_path / "test_driven.py").write_text(example.removeprefix("python") + own, encoding="utf-8")
    said = ran(tmp_path, python, esis, ["pytest", "--esis-artifacts=kept"], PYTHONPATH=".")
    assert "1 failed, 2 passed" in said, said
    assert "Op het scherm van ESIS stond" in said
    assert {path.suffix for path in (tmp_path / "kept").iterdir()} == {".txt", ".png"}


def test_the_wheel_has_all_that_the_program_needs_and_no_golden_screens(program_wheel: Path) -> None:
    with ZipFile(program_wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    files = {path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()}
    ours = {path for path in files if "__pycache__" not in path.parts}
    wanted = {path.as_posix() for path in ours if not any(part.endswith(".golden") for part in path.parts)}
    assert inside == {*wanted, "esis_terminal.py"}
    assert all(any(name.endswith(kind) for name in inside) for kind in KINDS)
    assert program_wheel.stat().st_size < 3_000_000


def test_the_wheel_of_the_plugin_is_the_plugin_and_needs_pytest_only(plugin_wheel: Path) -> None:
    with ZipFile(plugin_wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
        (about,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        needs = [line for line in archive.read(about).decode().splitlines() if line.startswith("Requires-Dist")]
    assert {name.partition("/")[0] for name in inside} == {"pytest_esis"}
    modules = {path.name for path in (ROOT / "plugin" / "pytest_esis").iterdir() if path.is_file()}
    assert inside == {f"pytest_esis/{name}" for name in modules}
    assert {"py.typed", "driving.py"} <= modules
    assert needs == ["Requires-Dist: pytest>=8"]
    imported = [
        line.split()[1].partition(".")[0]
        for path in (ROOT / "plugin" / "pytest_esis").glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("import ", "from "))
    ]
    assert set(imported) - sys.stdlib_module_names <= {"pytest", "_pytest", "pytest_esis"}
