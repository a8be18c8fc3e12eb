"""`--watch`: what is saved is played again, until Ctrl+C."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from app.cli import run
from app.commands import checking, watching
from app.ending import Ended
from app.refusals import Refused
from tests.commands.fake_plays import script_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("een", "twee"):
        (tmp_path / f"{name}.draaiboek.md").write_text(script_of('type "x"', 'send file "bericht.xml"'))
    return tmp_path


def between(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[], object]) -> None:
    """Do these one by one in the place of waiting; after the last one Ctrl+C is pressed."""
    waiting = iter(steps)

    def sleep(_seconds: float) -> None:
        step = next(waiting, None)
        if step is None:
            raise Ended(signal.SIGINT)
        step()

    monkeypatch.setattr(watching.time, "sleep", sleep)


def test_each_round_is_told_and_ctrl_c_ends_it_without_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    een, twee, message = folder / "een.draaiboek.md", folder / "twee.draaiboek.md", folder / "bericht.xml"
    played: list[Sequence[Path]] = []

    def check(_here: object, paths: Sequence[Path], *_: object, **__: object) -> None:
        played.append(list(paths))
        if len(played) == 1:
            een.write_text(script_of('type "tijdens het spelen"', 'send file "bericht.xml"'))
        if len(played) == 3:
            raise Refused("twee.draaiboek.md:9: Dat staat er niet.")

    monkeypatch.setattr(checking, "check", check)
    between(
        monkeypatch,
        lambda: None,
        lambda: twee.write_text(script_of('type "anders"')),
        lambda: message.write_text("nieuw"),
        lambda: message.write_text("nog nieuwer"),
        lambda: (folder / "drie.draaiboek.md").write_text(script_of('type "x"')),
        een.unlink,
        lambda: None,
    )
    assert run(["play", str(folder), "--watch"]) == 0
    assert played == [[folder], [een], [twee], [een], [een], [folder / "drie.draaiboek.md"]]
    said = capsys.readouterr().err
    assert "Ik kijk naar 2 draaiboeken" in said
    assert "twee.draaiboek.md:9: Dat staat er niet." in said
    assert said.endswith("Gestopt met kijken.\n")


def test_what_is_away_for_a_moment_is_no_change_and_keeps_nobody_else_from_playing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    een, twee, away = folder / "een.draaiboek.md", folder / "twee.draaiboek.md", folder / "weg"
    played: list[Sequence[Path]] = []
    monkeypatch.setattr(checking, "check", lambda _here, paths, *_, **__: played.append(list(paths)))
    between(
        monkeypatch,
        lambda: een.rename(away),
        lambda: twee.write_text(script_of('type "anders"')),
        lambda: away.rename(een),
        lambda: een.write_text(script_of('type "ook anders"')),
    )
    assert run(["play", str(een), str(twee), "--watch"]) == 0
    assert played == [[een, twee], [twee], [een]]


def test_a_line_stays_a_line_and_what_is_not_there_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    een = folder / "een.draaiboek.md"
    played: list[Sequence[Path]] = []
    monkeypatch.setattr(checking, "check", lambda _here, paths, *_, **__: played.append(list(paths)))
    between(monkeypatch, lambda: een.write_text(script_of('type "anders"')))
    assert run(["play", f"{een}:8", "--watch"]) == 0
    assert played == [[Path(f"{een}:8")], [Path(f"{een}:8")]]
    assert run(["play", str(folder / "leeg"), "--watch"]) == 2
