"""`esis play` as a check, played without the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import run
from app.commands import playing
from tests.commands import fake_plays
from tests.commands.fake_plays import script_of

Play = Callable[..., int]


@pytest.fixture(autouse=True)
def no_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(playing, "play_through", fake_plays.play_through)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "staat"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def play() -> Play:
    """`esis play` in one process; its status."""
    return lambda *words: run(["play", *words, "--jobs", "1"])


@pytest.fixture
def files(tmp_path: Path, play: Play) -> Path:
    """Two draaiboeken with golden screens, of which five differ now, and one of those is made no more."""
    folder = tmp_path / "map"
    folder.mkdir()
    for name in ("een", "twee"):
        (folder / f"{name}.draaiboek.md").write_text(
            script_of('type "was"\nshot begin', "shot midden", *(["shot eind"] if name == "een" else []))
        )
    assert play("map", "--update") == 0
    for name in ("een", "twee"):
        (folder / f"{name}.draaiboek.md").write_text(
            script_of('type "nu"\nshot begin', "shot midden", *(["shot slot"] if name == "een" else []))
        )
    return folder
