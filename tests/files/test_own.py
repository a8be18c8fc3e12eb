"""The program's own files beside a database: anything else with such a name is reported, and not used."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.files import own
from app.refusals import Refused


def _link(path: Path) -> None:
    path.symlink_to(path.with_name("elders"))


@pytest.mark.parametrize("make", [_link, os.mkfifo], ids=["link", "FIFO"])
def test_what_is_no_file_is_named_with_what_to_do(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "x.db.worker.lock"
    make(path)
    with pytest.raises(Refused, match=r"dat is geen gewoon bestand\. Verplaats of verwijder het") as refusal:
        own.opened(path, os.O_RDWR)
    assert str(path) in refusal.value.sentence
    assert not path.with_name("elders").exists()


def test_where_no_file_can_be_made_the_reason_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="dat bestand of die map is er niet"):
        own.opened(tmp_path / "map" / "x.db.esis.log", os.O_WRONLY)
