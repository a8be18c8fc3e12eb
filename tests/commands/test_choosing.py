"""Which draaiboeken are played: by line, by name, by part, and what failed before."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.commands import choosing
from app.commands.choosing import Chosen, Named
from app.refusals import Refused
from app.training.scripts import last_failed
from app.training.scripts.document import Script, parse_script
from app.training.scripts.errors import PlayFailed
from app.training.scripts.playing import Player
from app.training.scripts.shots import Taken

HEAD = "---\ntitle: {}\nkind: demo\n---\n"
BODY = "## 1. Openen\n\n```esis\nshot een\n```\n\n## 2. Kiezen\n\n```esis\nshot twee\n```\n\n## 3. Klaar\n"


def script(name: str = "proef", title: str = "Proef", lines: int = 0) -> Script:
    more = "\n".join(["```esis", *["press tab"] * lines, "```"]) if lines else ""
    return parse_script(HEAD.format(title) + BODY + more, Path("map") / f"{name}.draaiboek.md")


def chosen(*scripts: Script) -> list[Chosen]:
    return [Chosen(one, True) for one in scripts]


def names(found: Sequence[Chosen]) -> list[tuple[str, int, bool]]:
    """Each with its last step, and whether that is all of it."""
    return [(one.script.name, one.script.steps[-1].number, one.whole) for one in found]


@pytest.mark.parametrize(
    ("line", "step", "whole"), [(1, 0, False), (5, 1, False), (9, 1, False), (11, 2, False), (99, 3, True)]
)
def test_a_line_is_played_up_to_and_including_its_step(line: int, step: int, whole: bool) -> None:
    assert names([choosing.up_to_line(script(), line)]) == [("proef", step, whole)]
    assert choosing.up_to_line(script(), None).whole


def test_a_mask_in_a_part_of_a_draaiboek_may_hide_something_later() -> None:
    text = HEAD.format("Proef") + BODY.replace("shot een", 'mask "vandaag"\nshot een')
    whole = parse_script(text, Path("proef.draaiboek.md"))
    taken = Taken("", "", frozenset())
    driver: Any = SimpleNamespace(
        check_runs=lambda: None, take=lambda _masks: taken, still=still, shown=lambda: "", picture=lambda: ""
    )
    with pytest.raises(PlayFailed, match="verbergt dus niets"):
        asyncio.run(Player(whole, driver, None).play())  # type: ignore[arg-type]
    part = choosing.up_to_line(whole, 6).script
    assert len(asyncio.run(Player(part, driver, None).play())) == 1  # type: ignore[arg-type]


async def still() -> None:
    """Nothing moves."""


def test_a_file_with_a_line_is_named_once_with_the_furthest(tmp_path: Path) -> None:
    path = tmp_path / "proef.draaiboek.md"
    path.write_text(HEAD.format("Proef") + BODY)
    assert choosing.named([Path(f"{path}:9"), Path(f"{path}:12")]) == [Named(path, 12)]
    assert choosing.named([Path(f"{path}:9"), tmp_path]) == [Named(path, None)], "all of it goes further"
    assert choosing.named([Path("iep-lvs:3")])[0].line == 3
    with pytest.raises(Refused, match="tellen vanaf 1"):
        choosing.named([Path(f"{path}:0")])
    with pytest.raises(Refused, match="iep-lv is er niet"):
        choosing.named([Path("iep-lv:3")])


def test_names_parts_patterns_titles_and_steps() -> None:
    rows = chosen(script("iep-lvs", "Koppelen"), script("iep-code", "De code"), script("gynzy", "Gynzy"))
    assert names(choosing.only(rows, ["iep"])) == [("iep-lvs", 3, True), ("iep-code", 3, True)]
    assert names(choosing.only(rows, ["*code"])) == [("iep-code", 3, True)]
    assert names(choosing.only(rows, ["koppelen"])) == [("iep-lvs", 3, True)]
    assert names(choosing.only(rows, ["gynzy/2"])) == [("gynzy", 2, False)]
    assert names(choosing.only(rows, ["gynzy/2", "gynzy/Klaar"])) == [("gynzy", 3, True)]
    assert names(choosing.only(rows, ["iep*/open"])) == [("iep-lvs", 1, False), ("iep-code", 1, False)]
    assert choosing.only(rows, []) == rows


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("gynsy", "Geen draaiboek heet 'gynsy'. Bedoelt u 'gynzy'?"),
        ("gynzy/Kiezem", "Geen stap heet 'Kiezem'. Bedoelt u 'Kiezen'?"),
        ("q[z]?", "Geen draaiboek heet 'q[z]?'. Er zijn: gynzy."),
    ],
)
def test_what_names_nothing_gets_the_nearest(pattern: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        choosing.only(chosen(script("gynzy", "Gynzy")), [pattern])
    assert refused.value.sentence == sentence


@settings(max_examples=30)
@given(st.lists(st.integers(0, 30), max_size=12), st.integers(1, 5))
def test_parts_are_disjoint_and_together_whole_wherever_the_checkout_is(lines: list[int], parts: int) -> None:
    rows = chosen(*(script(f"een-{place}", lines=count) for place, count in enumerate(lines)))
    found = [choosing.shard(rows, f"{number}/{parts}") for number in range(1, parts + 1)]
    together = list(chain.from_iterable(found))
    assert sorted(names(together)) == sorted(names(rows))
    weights = [sum(6 + 2 + lines[int(one.script.name.removeprefix("een-"))] for one in part) for part in found]
    assert max(weights) - min(weights) <= max([8 + count for count in lines], default=0)
    elsewhere = [
        Chosen(replace(one.script, path=Path("/elders/diep") / one.script.path), True) for one in reversed(rows)
    ]
    again = [choosing.shard(elsewhere, f"{number}/{parts}") for number in range(1, parts + 1)]
    assert [sorted(names(part)) for part in again] == [sorted(names(part)) for part in found]


@pytest.mark.parametrize("written", ["5/4", "0/4", "2", "2/", "a/b", "-1/2", "1/0"])
def test_what_is_no_part_is_told(written: str) -> None:
    with pytest.raises(Refused, match=r"is geen deel\. Schrijf 2/4"):
        choosing.shard([], written)


def test_a_draaiboek_is_known_by_its_place_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    last_failed.note(tmp_path / "map" / ".." / "een.draaiboek.md", True)
    assert last_failed.has_failed(tmp_path / "een.draaiboek.md")


def test_what_failed_before_is_remembered_until_it_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "staat"))
    rows, said = chosen(script("een"), script("twee")), list[str]()
    assert choosing.failed_before(rows, said.append) == []
    assert "er is niets over te doen" in said[0]
    last_failed.note(rows[1].script.path, True)
    assert choosing.failed_before(rows, said.append) == rows[1:]
    last_failed.note(rows[1].script.path, False)
    last_failed.note(rows[1].script.path, False)
    assert choosing.failed_before(rows, said.append) == []
    (tmp_path / "staat").rename(tmp_path / "weg")
    (tmp_path / "staat").touch()
    last_failed.note(rows[0].script.path, True)  # where nothing can be written, nothing is remembered
