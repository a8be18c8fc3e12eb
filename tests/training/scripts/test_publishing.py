"""Writing the manual, and docs/handleiding: made from the draaiboeken that come with the program and their golden screens."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.refusals import Refused
from app.training.scripts import manual, publishing

PAGE = f"<!-- {manual.MARK} -->\n"


def test_the_handbook_is_up_to_date() -> None:
    wanted = publishing.handbook()
    there = {path.relative_to(publishing.HANDBOOK).as_posix(): path for path in publishing.HANDBOOK.rglob("*.*")}
    again = "run: uv run python -m app.training.scripts.publishing"
    assert set(there) == set(wanted), again
    assert [name for name, path in there.items() if path.read_text(encoding="utf-8") != wanted[name]] == [], again


def test_files_are_written_in_folders_that_are_made_and_again_over_their_own(tmp_path: Path) -> None:
    for text in ("een", "twee"):
        publishing.put(tmp_path / "a" / "b", {"x.md": PAGE + text, "x/y.svg": text})
    assert {path.name: path.read_text() for path in (tmp_path / "a" / "b").rglob("*.*")} == {
        "x.md": f"{PAGE}twee", "y.svg": "twee",
    }  # fmt: skip


def test_a_page_that_is_not_of_a_manual_is_not_written_over_and_then_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("van mij")
    with pytest.raises(Refused, match=r"x\.html is niet door esis gemaakt"):
        publishing.put(tmp_path, {"x.md": PAGE, "x/y.svg": "", "x.html": PAGE})
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]
    assert (tmp_path / "x.html").read_text() == "van mij"


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bezet").write_text("")
    with pytest.raises(Refused, match="bezet is niet te schrijven"):
        publishing.put(tmp_path / "bezet", {})


@pytest.mark.parametrize("names", [("a/x.draaiboek.md", "b/X.draaiboek.md"), ("index.draaiboek.md",)])
def test_two_draaiboeken_that_would_be_one_chapter_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="worden allebei"):
        publishing.check_names(map(Path, names))
