"""What is recorded is kept meanwhile, whole, under a name that is no draaiboek's."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.refusals import Refused
from screens.recording.draft import Draft


def test_it_is_kept_from_the_start_whole_and_gone_at_the_end(tmp_path: Path) -> None:
    text = ["een"]
    target = tmp_path / "x.draaiboek.md"
    draft = Draft(target, lambda: text[0])
    assert [path.name for path in tmp_path.iterdir()] == ["x.draaiboek.md.opname"]
    text[0] = "twee"
    draft.keep()
    assert draft.path.read_text() == "twee"
    other = Draft(target, lambda: "drie")
    assert other.others == [draft.path]
    assert (draft.path.read_text(), other.path.read_text()) == ("twee", "drie"), "two at once do not meet"
    for one in (draft, other):
        one.remove()
        one.remove()
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_is_known_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    with pytest.raises(Refused):
        Draft(tmp_path / "bestand" / "x.draaiboek.md", str)
