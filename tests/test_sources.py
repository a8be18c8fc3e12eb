"""Every section of `docs/sources.md` that code and tests cite exists, and they cite nothing outside the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "screens", "models", "fixtures", "tests", "benchmarks")
CITED = re.compile(r"sources\.md#([a-z0-9-]+)")
ELSEWHERE = re.compile(r"\b(?:domain|contract|glossary|screens|look|anchors|menu-items)\.md|\bseed 00\d|\bissue \d")


def _texts() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*"):
            if path.suffix in (".py", ".toml", ".tcss") and path != Path(__file__):
                yield str(path.relative_to(ROOT)), path.read_text("utf-8")


def _sections() -> set[str]:
    titles = re.findall(r"^## (.+)$", (ROOT / "docs" / "sources.md").read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_cited_section_is_there_and_every_section_is_cited() -> None:
    cited = {name for _, text in _texts() for name in CITED.findall(text)}
    assert cited == _sections()


def test_nothing_is_cited_that_a_reader_of_the_repository_does_not_have() -> None:
    assert {(path, found) for path, text in _texts() for found in ELSEWHERE.findall(text)} == set()
