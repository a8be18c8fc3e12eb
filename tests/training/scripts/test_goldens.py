"""Golden screens: only regular files made here, as listed in the folder, are touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.refusals import Refused
from app.training.scripts import goldens
from app.training.scripts.shots import Shot

SHOTS = [Shot("een", 1, "tekst\n", f"{goldens.PICTURE}>")]


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """A draaiboek with a golden screen, and what somebody put beside it."""
    path = tmp_path / "proef.draaiboek.md"
    goldens.keep(path, SHOTS)
    for name in ("aantekening.txt", "logo.svg", "brief.md"):
        (goldens.folder_of(path) / name).write_text("van mij")
    return path


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

    def shot(name: str, shown: str = "") -> list[Shot]:
        return [Shot("een", 1, "tekst\n", f'{goldens.PICTURE}><g class="{name}-r1">{shown}</g>')]

    goldens.keep(golden, shot("terminal-3417800255"))
    assert goldens.compare(golden, shot("terminal-2831446632")) == []
    assert goldens.keep(golden, shot("terminal-2831446632")) == 0
    assert len(goldens.compare(golden, shot("terminal-3417800255", "meer"))) == 1
