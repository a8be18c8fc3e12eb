"""The program and the plugin as they are installed: each from its wheel, in a fresh environment of its own."""

from __future__ import annotations

import site
import venv
from contextlib import chdir
from importlib.metadata import EntryPoints, PathDistribution
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]


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
