"""A program behind a web page reads and writes files in one folder only."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.shared import files
from screens.shared.folder import entries, folder_of, typed_path


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder; afterwards there is none again."""
    monkeypatch.setattr(files, "_only", None)
    folder = tmp_path / "klas-3"
    (tmp_path / "geheim.xml").write_text("geheim")
    files.stay_in(folder)
    (folder / "map").mkdir()
    (folder / "weg").symlink_to(tmp_path)
    (folder / "leerlingen.xml").write_text("")
    return folder


@pytest.mark.parametrize(
    "typed", ["/etc/passwd", "../geheim.xml", "~/.ssh/id", "weg/geheim.xml", "map/../../geheim.xml", "/"]
)
def test_what_leads_elsewhere_is_the_folder_itself(own: Path, typed: str) -> None:
    assert typed_path(typed) == own
    assert folder_of(typed) == own
    assert "geheim.xml" not in [entry.name for entry in entries(folder_of(typed))]


def test_what_is_in_it_is_found_by_its_name_and_by_its_whole_path(own: Path) -> None:
    assert typed_path("leerlingen.xml") == typed_path(f"{own}/map/../leerlingen.xml") == own / "leerlingen.xml"
    assert "leerlingen.xml" in [entry.name for entry in entries(folder_of(""))]
    assert files.free_name("lijst.csv") == own / "lijst.csv"


def test_in_a_terminal_every_path_is_as_it_was_typed() -> None:
    assert typed_path(" ~/x.xml ") == Path("~/x.xml").expanduser()
    assert typed_path("../x.xml") == Path("../x.xml")
