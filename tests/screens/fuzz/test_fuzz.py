"""Whatever the input, and whatever the database does: the program and the form survive, and no secret is shown.

A seeded sample; `python -m benchmarks fuzz` runs all of it, and defines the number of inputs per field.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from app.training.lessons.catalogue import folder
from app.training.scripts import goldens
from models.board import Board
from screens.driving import screen_crawler
from screens.driving.screen_crawler import ScreenCrawler
from screens.shell.programs import partner_programs
from tests.playing import played
from tests.screens.driving import driving
from tests.screens.fuzz.breaking import failing_first, put_odd_things, trial
from tests.screens.fuzz.odd import odd_texts

FOLDER = folder()
INPUTS = int(os.environ.get("FUZZ_INPUTS", "0"))
"""For each field of every screen; 0: the sample."""
SEED = int(os.environ.get("FUZZ_SEED", "20"))
PARTS = 8
"""The walk in so many parts, each on a board of its own; the suite walks a little."""
FEW, SAMPLE = 5, 2
SCRIPTS = sorted(path.name for path in FOLDER.glob("*.draaiboek.md")) if INPUTS else ["toets-staat-uit.draaiboek.md"]


@pytest.mark.parametrize("part", range(PARTS if INPUTS else 1))
@pytest.mark.parametrize("user", ["rovict", "trainer"] if INPUTS else ["rovict"])
async def test_odd_things_in_every_field(
    practice: Board, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, user: str, part: int
) -> None:
    chance, ways, texts = random.Random(SEED), ScreenCrawler._ways, list(odd_texts(INPUTS or SAMPLE, SEED))
    programs = list(partner_programs())[part::PARTS] if INPUTS else list(partner_programs())[:1]

    def some(walk: ScreenCrawler) -> list[screen_crawler.Way]:
        every = ways(walk)
        always = [way for way in every if way[0].title in ("SCOL-import", "Gebruikers en rollen")]
        return every[part::PARTS] if INPUTS else [*always, *chance.sample(every, FEW)]

    monkeypatch.setattr(ScreenCrawler, "_ways", some)
    monkeypatch.setattr(screen_crawler, "partner_programs", lambda: programs)
    with trial(monkeypatch, tmp_path) as made:
        async with driving(practice, user) as program:
            async for stop in ScreenCrawler(program.app, program.pilot, set()).stops():
                await put_odd_things(program, made, f"{stop.group} > {stop.title}", texts)
        if program.app.ended_by is not None:
            raise program.app.ended_by
    assert not made.found, "\n".join(made.found)
    if not INPUTS:
        for kind in KINDS:
            assert any(kind in one for one in made.tried), (kind, made.tried)


FOUND = {"Koppelingenlogboek": ["31-12-9999"], "SCOL-import": ["a" * 300, "~niemand/x.csv", "a\0b"]}
"""What once fell over, by the screen."""
KINDS = ("SCOL-import: ", "Gebruikers en rollen: Nieuwe gebruiker: field-new", "Aanmelden: field-password")
"""Of a path, a password, and a partner's program: these are in every sample."""


async def test_what_once_fell_over(practice: Board, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with trial(monkeypatch, tmp_path) as made:
        async with driving(practice) as program:
            for title, texts in FOUND.items():
                await program.open(title)
                await put_odd_things(program, made, title, texts)
    assert not made.found, "\n".join(made.found)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_draaiboek_of_which_every_use_case_fails_first_ends_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with failing_first(monkeypatch, tmp_path) as made:
        shots = played(FOLDER / name, (120, 36))
    assert not goldens.compare(FOLDER / name, shots)
    assert not made.found, "\n".join(made.found)
    assert made.failed or name == "rondleiding.draaiboek.md", "which only looks round"
