"""Writing the manual, and docs/handleiding: generated from the shipped draaiboeken and their golden screens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.refusals import Refused
from app.training.scripts import manual, publishing
from app.training.scripts.goldens import PICTURE

PAGE = f"<!-- {manual.MARK} -->\n"


def test_the_handbook_is_up_to_date() -> None:
    wanted = publishing.handbook()
    there = {path.relative_to(publishing.HANDBOOK).as_posix(): path for path in publishing.HANDBOOK.rglob("*.*")}
    again = "run: uv run python -m app.training.scripts.publishing"
    assert set(there) == set(wanted), again
    assert [name for name, path in there.items() if path.read_text(encoding="utf-8") != wanted[name]] == [], again


def test_files_are_written_in_folders_that_are_made_and_again_over_their_own(tmp_path: Path) -> None:
    for text in ("een", "twee"):
        publishing.put(tmp_path / "a" / "b", {"x.md": PAGE + text, "x/y.svg": f"{PICTURE}>{text}"})
    assert {path.name: path.read_text() for path in (tmp_path / "a" / "b").rglob("*.*")} == {
        "x.md": f"{PAGE}twee",
        "y.svg": f"{PICTURE}>twee",
    }


def test_a_page_that_is_not_of_a_manual_is_not_written_over_and_then_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("van mij")
    with pytest.raises(Refused, match=r"x\.html is niet door esis gemaakt"):
        publishing.put(tmp_path, {"x.md": PAGE, "x/y.svg": "", "x.html": PAGE})
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]
    assert (tmp_path / "x.html").read_text() == "van mij"


def test_a_link_a_fifo_and_a_picture_of_somebody_else_stay(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    (elsewhere / "y.svg").write_text(f"{PICTURE}>")
    folder = tmp_path / "handleiding"
    folder.mkdir()
    (folder / "x").symlink_to(elsewhere)
    (folder / "v").mkdir()
    (folder / "v" / "y.svg").write_text("<svg>van mij")
    os.mkfifo(folder / "w.md")
    for files in ({"x/y.svg": f"{PICTURE}>nieuw"}, {"v/y.svg": f"{PICTURE}>nieuw"}, {"w.md": PAGE}):
        with pytest.raises(Refused, match=r"link naar iets anders|niet door esis gemaakt|een FIFO"):
            publishing.put(folder, files)
    assert (elsewhere / "y.svg").read_text() == f"{PICTURE}>"
    assert (folder / "v" / "y.svg").read_text() == "<svg>van mij"


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bezet").write_text("")
    with pytest.raises(Refused, match="bezet is niet te schrijven"):
        publishing.put(tmp_path / "bezet", {})


@pytest.mark.parametrize("names", [("a/x.draaiboek.md", "b/X.draaiboek.md"), ("index.draaiboek.md",)])
def test_two_draaiboeken_that_would_be_one_chapter_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="worden allebei"):
        publishing.check_names(map(Path, names))
