"""`esis play --new`: what is refused before anything is recorded, and the proof afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import run
from app.commands import new
from app.refusals import Refused
from app.training.scripts.recorded import Kind, Recording, title_of

pytestmark = pytest.mark.usefixtures("economical")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--new", "x"], "terminal"),
        (["--start", "begin"], "--new"),
        (["--new", "x", "--demo"], "bij --new"),
        (["--new", "x", "iep-lvs"], "bij --new"),
        ([], "noem een of meer"),
    ],
)
def test_what_cannot_be_recorded_is_said_at_once(
    options: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["play", *options]) in (1, 2)
    assert told in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.iterdir()) == []


def test_a_title_comes_from_the_name() -> None:
    assert title_of("rol-geven.draaiboek.md") == "Rol geven"
    assert title_of(".draaiboek.md") == "Draaiboek"


def test_what_was_recorded_is_played_and_a_line_that_fails_is_told_with_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recording, path = Recording(), tmp_path / "proef.draaiboek.md"
    recording.add(Kind.LINE, "open Mijn groep")
    path.write_text(recording.of_demo({"title": "Proef", "role": "rovict"}), encoding="utf-8")
    new.prove(path, (120, 36))
    told = capsys.readouterr()
    assert "elke regel lukt" in told.err + told.out
    recording.add(Kind.LINE, 'choose "Wat er niet is"')
    path.write_text(recording.of_demo({"title": "Proef", "role": "rovict"}), encoding="utf-8")
    with pytest.raises(Refused, match="staat niet op het scherm") as failed:
        new.prove(path, (120, 36))
    assert "speelt niet helemaal af" in failed.value.sentence
    assert "Dashboard Mijn Groep" in failed.value.sentence
