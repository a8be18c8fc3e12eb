"""`esis play --new`: what is refused before anything is recorded, and the proof afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.cli import run
from app.commands import new, playing
from app.ending import Ended
from app.refusals import Refused
from app.settings import Settings
from app.training.scripts.document import read
from app.training.scripts.recorded import Kind, Recording, title_of
from models.board import Board
from screens.recording.program import RecordingApp

pytestmark = pytest.mark.usefixtures("economical")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--new", "x"], "terminal"),
        (["--start", "begin"], "--new"),
        (["--new", "x", "--demo"], "kies een van --demo en --new"),
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    recording, path = Recording(), tmp_path / "proef.draaiboek.md"
    recording.add(Kind.LINE, "open Mijn groep")
    recording.add(Kind.LINE, 'choose "Wat er niet is"')
    path.write_text(recording.of_demo({"title": "Proef", "role": "rovict"}), encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    with pytest.raises(Refused, match="staat niet op het scherm") as failed:
        new.prove(path, (120, 36))
    assert "Nagespeeld in 120x36; uw venster is 80x24" in failed.value.sentence
    assert "speelt niet helemaal af" in failed.value.sentence
    assert "Dashboard Mijn Groep" in failed.value.sentence
    monkeypatch.setattr(playing, "play_through", lambda *_: [])
    new.prove(path, (120, 36))
    told = capsys.readouterr()
    assert "elke regel lukt" in told.err + told.out


def test_a_recording_that_is_broken_off_is_kept_beside_and_told_with_the_next(
    practice_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @contextmanager
    def board_for(*_: object) -> Iterator[tuple[Settings, Board]]:
        yield Settings(database_url=practice_sqlite), Board.get(Board.practice)

    def broken_off(app: RecordingApp) -> None:
        assert app.recording is not None
        app.recording.add(Kind.LINE, "open Mijn groep")
        raise Ended(1)

    monkeypatch.setattr(playing, "board_for", board_for)
    monkeypatch.setattr(new, "require_terminal", lambda _: None)
    monkeypatch.setattr(RecordingApp, "run", broken_off)
    (folder := tmp_path / "map").mkdir()
    path = folder / "x"
    for number in (1, 2):
        with pytest.raises(Ended):
            new.record_new(None, path, "120x36")  # type: ignore[arg-type]
        assert "De opname is afgebroken" in capsys.readouterr().err
        assert len(list(folder.iterdir())) == number
    assert read(folder / "x.draaiboek.md.opname").steps[0].commands[0].text == "open Mijn groep"
    monkeypatch.setattr(RecordingApp, "run", lambda _: None)
    new.record_new(None, path, "120x36")  # type: ignore[arg-type]
    told = capsys.readouterr().err
    assert "x.draaiboek.md.opname-2, van een opname die afbrak" in told
    assert "niets geschreven" in told
    assert len(list(folder.iterdir())) == 2
