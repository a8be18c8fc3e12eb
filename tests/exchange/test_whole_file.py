"""A file is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange.whole_file import FileExists, whole_file
from app.refusals import Refused


def test_a_failure_halfway_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "school.xml"
    path.write_text("oud")
    with pytest.raises(ZeroDivisionError):
        _fail_halfway(path)
    assert path.read_text() == "oud"
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_appears_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "school.xml"
    with whole_file(path) as file:
        file.write(b"nieuw")
        assert not path.exists()
    assert path.read_bytes() == b"nieuw"


def test_a_file_that_is_there_is_not_overwritten_unasked_even_when_it_comes_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "school.xml"
    with pytest.raises(FileExists):
        _be_overtaken(path)
    with pytest.raises(FileExists), whole_file(path):
        pass
    assert path.read_text() == "van een ander"


def test_a_folder_and_a_folder_that_is_not_there_are_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is een map"), whole_file(tmp_path):
        pass
    with pytest.raises(Refused, match=r"bestaat niet\. Maak die eerst"), whole_file(tmp_path / "weg" / "school.xml"):
        pass


def _fail_halfway(path: Path) -> None:
    with whole_file(path, overwrite=True) as file:
        file.write(b"half")
        raise ZeroDivisionError


def _be_overtaken(path: Path) -> None:
    with whole_file(path) as file:
        file.write(b"nieuw")
        path.write_text("van een ander")
