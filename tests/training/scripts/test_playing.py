"""A draaiboek is played on a board of its own, and its pictures are compared with the golden ones."""

from __future__ import annotations

from pathlib import Path

from app.training.scripts import difference_page, goldens
from models.base import real_database
from tests.playing import played
from tests.screens.driving import WIDE

HEAD = "---\ntitle: Proef\nkind: demo\nrole: rovict\n---\n"


def file_of(folder: Path, *lines: str, head: str = HEAD, name: str = "proef") -> Path:
    path = folder / f"{name}.draaiboek.md"
    path.write_text(head + "```esis\n" + "\n".join(lines) + "\n```\n", encoding="utf-8")
    return path


def test_each_play_has_a_board_of_its_own_that_is_gone_afterwards(tmp_path: Path) -> None:
    path = file_of(tmp_path, "fault iep-lvs unreachable", "shot een")
    assert [shot.name for shot in played(path, WIDE)] == ["een"]
    assert real_database().is_closed()
    again = played(file_of(tmp_path, "shot een", name="tweede"), WIDE)
    assert "storing" not in again[0].text.lower()


def test_a_picture_waits_until_school_time_is_where_it_was_going_and_the_screen_says_so(tmp_path: Path) -> None:
    (shot,) = played(file_of(tmp_path, "press f9", 'choose "Naar 17:00"', "shot een"), WIDE)
    assert "17:00 ●" in shot.text
    assert "Onderweg" not in shot.text


def test_golden_screens_are_kept_compared_and_laid_side_by_side(tmp_path: Path) -> None:
    path = file_of(tmp_path, "shot een", "open Koppelingen", "shot twee")
    shots = played(path, WIDE)
    missing = goldens.compare(path, shots)
    assert ["nog geen gouden scherm" in one.sentence() for one in missing] == [True, True]
    assert goldens.keep(path, shots) == 2
    assert goldens.compare(path, played(path, WIDE)) == []
    kept = goldens.folder_of(path) / "twee.txt"
    kept.write_text(kept.read_text(encoding="utf-8").replace("Activeren", "Beginnen"), encoding="utf-8")
    (found,) = goldens.compare(path, shots)
    assert found.name == "twee"
    assert "was '" in found.sentence()
    assert "Beginnen" in found.sentence().partition("is '")[0], "what differs is told, however far it stands"
    (old,) = (one for one in goldens.compare(path, shots[1:]) if one.text is None)
    assert "Van 'een' is er een gouden scherm, en geen regel maakt het nog" in old.sentence()
    page = difference_page.page("Verschillen", [found])
    assert "<del>Beginnen</del>" in page or "<del>" in page
    assert page.count("<figcaption>") == 3
    assert "://" not in page
    assert goldens.keep(path, shots[:1]) == 1
    assert not kept.exists()
