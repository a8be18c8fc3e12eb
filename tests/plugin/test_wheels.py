"""The program and plugin as others install them: each in its own environment, beside a project with our names."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import venv
from collections.abc import Sequence
from contextlib import chdir
from importlib.metadata import EntryPoints, PathDistribution
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.commands.checking import check
from screens.driving.economy import economy

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


def built(source: Path, folder: Path) -> Path:
    """Its wheel, by the hook that every installer calls."""
    from hatchling.build import build_wheel

    with chdir(source):
        return folder / build_wheel(str(folder))


@pytest.fixture(scope="session")
def program_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def plugin_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT / "plugin", tmp_path_factory.mktemp("wheel"))


class Environment:
    """A fresh environment with one wheel, and third-party packages from the testing environment."""

    def __init__(self, place: Path, wheel: Path) -> None:
        venv.create(place, symlinks=True)
        self.bin = place / "bin"
        (packages,) = place.glob("lib/python*/site-packages")
        with ZipFile(wheel) as archive:
            archive.extractall(packages)
        # Only packages of others: ours are there by a .pth file, which counts in a folder of its own only.
        (packages / "others.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
        (about,) = packages.glob("*.dist-info")
        commands = PathDistribution(about).entry_points.select(group="console_scripts")
        self.add(commands)

    def add(self, commands: EntryPoints) -> None:
        """The executables, as an installer makes them."""
        for one in commands:
            path = self.bin / one.name
            path.write_text(
                f"#!{self.bin}/python\nimport sys\nfrom {one.module} import {one.attr}\nsys.exit({one.attr}())\n"
            )
            path.chmod(0o755)


@pytest.fixture(scope="session")
def esis(program_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The program, as `uv tool install` and pipx have it."""
    return Environment(tmp_path_factory.mktemp("tool"), program_wheel)


@pytest.fixture(scope="session")
def python(plugin_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The environment of a project, with pytest and the plugin."""
    environment = Environment(tmp_path_factory.mktemp("project"), plugin_wheel)
    others = PathDistribution.discover(name="pytest", path=site.getsitepackages())
    environment.add(next(iter(others)).entry_points.select(name="pytest"))
    return environment


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
