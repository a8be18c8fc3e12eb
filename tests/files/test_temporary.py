"""Nothing stays in the temporary folder: not after a signal, and after a kill -9 only until the next start."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from app.files import own, temporary
from tests.workers.processes import program


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For this process and those it starts."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


def test_a_folder_goes_with_what_is_in_it_however_the_block_ends(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        _end_halfway()
    assert list(tmp_path.iterdir()) == []


def _end_halfway() -> None:
    with temporary.folder() as path:
        (path / "oefenbestuur.db").touch()
        raise SystemExit


def test_what_a_killed_process_left_goes_at_the_next_start_and_what_is_in_use_stays(tmp_path: Path) -> None:
    with program(module="tests.files.program") as killed, program(module="tests.files.program") as running:
        for one in (killed, running):
            one.wait_for("ready")
        assert len(list(tmp_path.iterdir())) == 2
        killed.kill()
        temporary.sweep()
        (left,) = tmp_path.iterdir()
        running.go_on()
        assert running.finish()[0] == 0
        assert not left.exists()


def test_a_folder_that_another_program_sweeps_before_it_is_locked_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, remove = own.opened, temporary.shutil.rmtree
    swept: list[Path] = []

    def sweep_first(path: Path, how: int) -> int:
        number = opened(path, how)
        if not swept:
            with monkeypatch.context() as later:  # it found nobody there, and removes it only later
                later.setattr(temporary.shutil, "rmtree", swept.append)
                temporary.sweep()
        return number

    monkeypatch.setattr(own, "opened", sweep_first)
    with temporary.folder() as path:
        remove(swept[0])
        temporary.sweep()
        assert path.is_dir()


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    others = tmp_path / "esis-van-een-ander"
    others.mkdir(mode=0o700)
    (others / "brief.txt").touch()
    open_to_all = tmp_path / "esis-open"
    open_to_all.mkdir()
    open_to_all.chmod(0o755)
    (open_to_all / temporary.LOCK).touch()
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir(mode=0o700)
    (elsewhere / temporary.LOCK).touch()
    (tmp_path / "esis-link").symlink_to(elsewhere)
    (tmp_path / "esis-bestand").touch()
    before = sorted(tmp_path.rglob("*"))
    temporary.sweep()
    assert sorted(tmp_path.rglob("*")) == before
