"""Sequences on disk, and the keys already seen, compared with a plain list and dict."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange import disk_backed_list
from app.exchange.disk_backed_list import DiskBackedList
from app.exchange.seen_keys import SeenKeys
from app.refusals import Refused


def spilled(items: list[int]) -> DiskBackedList[int]:
    found: DiskBackedList[int] = DiskBackedList()
    for item in items:
        found.append(item)
    return found


@settings(deadline=None)
@given(st.lists(st.integers(), max_size=30), st.integers(1, 12), st.slices(30))
def test_it_reads_as_a_list_whatever_its_length(items: list[int], chunk: int, part: slice) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk_backed_list, "CHUNK", chunk)
        found = spilled(items)
        assert (len(found), list(found), found[part]) == (len(items), items, items[part])
        assert [found[place] for place in range(-len(items), len(items))] == [*items, *items]
        assert found == items
        assert found == spilled(items)
        assert found != spilled([*items, 1])
        with pytest.raises(IndexError):
            found[len(items)]


def test_what_is_long_is_on_disk_and_two_readers_do_not_disturb_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_backed_list, "CHUNK", 3)
    found = spilled(list(range(10)))
    first, second = iter(found), iter(found)
    assert [next(first) for _ in range(8)] == list(range(8))
    assert (next(second), next(first)) == (0, 8)


def test_without_room_for_a_temporary_file_it_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(disk_backed_list, "CHUNK", 2)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "weg"))
    with pytest.raises(Refused, match="geen tijdelijk bestand te schrijven"):
        spilled([1, 2])


def test_every_key_is_found_with_the_line_it_was_on_last() -> None:
    seen = SeenKeys()
    expected: dict[tuple[str, str], int] = {}
    for number in range(5_000):
        kind, key, line = "ab"[number % 2], str(number % 3_000), number
        assert seen.put(kind, key, line) == expected.get((kind, key))
        expected[kind, key] = line
    assert all(seen.has(kind, key) for kind, key in expected)
    assert not any(seen.has("c", str(number)) for number in range(3_000))
