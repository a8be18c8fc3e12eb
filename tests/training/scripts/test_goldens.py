"""Golden screens: only regular files made here, as listed in the folder, are touched."""

from __future__ import annotations

import os
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import patch

import pytest

from app.refusals import Refused
from app.training.scripts import goldens
from app.training.scripts.shots import Shot
from tests.drawn import shot

SHOTS = [Shot("een", 1, "tekst\n", f"{goldens.PICTURE}>")]


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """A draaiboek with a golden screen, and what somebody put beside it."""
    path = tmp_path / "proef.draaiboek.md"
    goldens.keep(path, SHOTS)
    for name in ("aantekening.txt", "logo.svg", "brief.md"):
        (goldens.folder_of(path) / name).write_text("van mij")
    return path


def test_two_at_once_both_know_what_is_listed(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, others = goldens.listed.check, list[Thread]()

    def check(*given: Any) -> None:
        if not others:
            others.append(Thread(target=goldens.accept, args=(golden, [shot("ander", "x")])))
            others[0].start()
            others[0].join(0.3)
        usual(*given)

    monkeypatch.setattr(goldens.listed, "check", check)
    goldens.accept(golden, [shot("deze", "x")])
    others[0].join()
    assert goldens.names(golden) == {"een", "deze", "ander"}
    assert goldens.keep(golden, [shot("ander", "y")]) == 3


def test_only_what_was_made_here_is_replaced_or_taken_away(golden: Path, tmp_path: Path) -> None:
    folder = goldens.folder_of(golden)
    (tmp_path / "buiten.txt").write_text("van mij")
    (folder / goldens.LIST).write_text((folder / goldens.LIST).read_text() + "../buiten.txt\n")
    assert goldens.keep(golden, [Shot("twee", 1, "", "")]) == 2
    assert {path.name for path in folder.iterdir()} == {
        "aantekening.txt",
        "logo.svg",
        "brief.md",
        "twee.txt",
        "twee.svg",
        goldens.LIST,
    }
    with pytest.raises(Refused, match=r"aantekening\.txt is niet door esis gemaakt"):
        goldens.keep(golden, [Shot("nieuw", 1, "", ""), Shot("aantekening", 1, "", "")])
    assert not (folder / "nieuw.txt").exists()
    assert (folder / "aantekening.txt").read_text() == (tmp_path / "buiten.txt").read_text() == "van mij"


def test_what_somebody_put_beside_them_is_no_golden_screen(golden: Path) -> None:
    assert goldens.compare(golden, SHOTS) == []
    assert [one.name for one in goldens.compare(golden, [])] == ["een"]
    goldens.keep(golden, [])
    assert not goldens.any_kept(golden)


def test_a_folder_from_before_the_list_goes_on_and_what_only_looks_like_it_stays(golden: Path) -> None:
    folder = goldens.folder_of(golden)
    (folder / goldens.LIST).unlink()
    (folder / "logo.txt").write_text("van mij")
    assert goldens.keep(golden, [Shot("twee", 1, "", "")]) == 2
    assert not (folder / "een.svg").exists()
    assert (folder / "logo.svg").exists()
    assert (folder / "logo.txt").exists()


@pytest.mark.parametrize("name", ["een.txt", "twee.txt", "oud.svg", goldens.LIST, ""])
def test_nothing_is_written_or_taken_away_through_a_link(golden: Path, tmp_path: Path, name: str) -> None:
    folder, elsewhere = goldens.folder_of(golden), tmp_path / "elders"
    if name:
        elsewhere.write_text((folder / goldens.LIST).read_text() + "oud.svg\noud.txt\n")
        (folder / goldens.LIST).write_text(elsewhere.read_text())
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(elsewhere)
    else:
        folder.rename(elsewhere)
        folder.symlink_to(elsewhere)
    before = elsewhere.read_text() if name else sorted(path.read_text() for path in elsewhere.iterdir())
    with pytest.raises(Refused, match="is een link naar iets anders"):
        goldens.keep(golden, [*SHOTS, Shot("twee", 1, "", "")])
    assert before == (elsewhere.read_text() if name else sorted(path.read_text() for path in elsewhere.iterdir()))
    assert (folder / name).is_symlink()


def test_only_what_a_picture_shows_is_compared(golden: Path) -> None:
    """Textual names the parts of a picture by what is not drawn too, such as where the mouse finds text."""

    def made(name: str, shown: str = "") -> list[Shot]:
        return [Shot("een", 1, "tekst\n", f'{goldens.PICTURE}><g class="{name}-r1">{shown}</g>')]

    goldens.keep(golden, made("terminal-3417800255"))
    assert goldens.compare(golden, made("terminal-2831446632")) == []
    assert goldens.keep(golden, made("terminal-2831446632")) == 0
    assert len(goldens.compare(golden, made("terminal-3417800255", "meer"))) == 1


def test_one_that_is_accepted_is_stored_and_the_others_stay(golden: Path) -> None:
    goldens.keep(golden, [shot("een", "was"), shot("twee", "was"), shot("oud", "was")])
    folder = goldens.folder_of(golden)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert goldens.accept(golden, [shot("twee", "nu")], ["oud"]) == 2
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == {
        "twee.txt",
        "twee.svg",
        "oud.txt",
        "oud.svg",
        goldens.LIST,
    }
    assert goldens.names(golden) == {"een", "twee"}
    assert goldens.accept(golden, [shot("twee", "nu")]) == 0
    assert goldens.accept(golden, [], ["logo"]) == 0, "what is not ours is not taken away"
    assert (folder / "logo.svg").exists()


def killed_at(path: Path, step: int) -> None:
    """In a process of its own: accept a screen, and be killed as the file with this number is put in its place."""
    begun = iter(range(step))
    move = Path.replace

    def replace(part: Path, target: Path) -> Path:
        if next(begun, None) is None:
            os._exit(9)
        return move(part, target)

    with patch.object(Path, "replace", replace):
        goldens.accept(path, [shot("een", "nu"), shot("nieuw", "nu")])


@pytest.mark.parametrize("step", range(6))
def test_who_is_killed_leaves_a_pair_that_belongs_together_or_one_that_says_it_does_not(
    golden: Path, step: int
) -> None:
    was, now = shot("een", "was"), shot("een", "nu")
    goldens.keep(golden, [was])
    process = get_context("fork").Process(target=killed_at, args=(golden, step))
    process.start()
    process.join()
    assert process.exitcode == (9 if step < 5 else 0)
    differing = {one.name: one for one in goldens.compare(golden, [now, shot("nieuw", "nu")])}
    for one in differing.values():
        whole = (one.expected_text, one.expected_svg) in {(was.text, was.svg), (None, "")}
        assert one.is_half is not whole
        assert ("maar half bewaard" in one.sentence()) is not whole
    assert goldens.accept(golden, [now, shot("nieuw", "nu")]) == len(differing)
    assert goldens.compare(golden, [now, shot("nieuw", "nu")]) == []
