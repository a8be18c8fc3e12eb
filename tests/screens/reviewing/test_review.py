"""The review in the terminal: accept, reject and skip by key, both pictures or one at a time, and what differs marked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from app.commands.results import accept
from app.refusals import Refused
from app.training.pictures import text_of
from app.training.scripts import goldens
from app.training.scripts.differences import Difference
from screens.reviewing.review import ReviewApp
from tests.drawn import shot

pytestmark = pytest.mark.usefixtures("economical")


@pytest.fixture
def differing(tmp_path: Path) -> list[Difference]:
    """Five screens of two draaiboeken: characters, colour, both, one that is new, one that no line makes any more."""
    een, twee = (tmp_path / f"{name}.draaiboek.md" for name in ("een", "twee"))
    goldens.keep(een, [shot("tekens", "boven", "was"), shot("kleur", "tekst"), shot("oud", "oud scherm")])
    goldens.keep(twee, [shot("beide", "was", "onder")])
    return [
        *goldens.compare(
            een, [shot("tekens", "boven", "nu!"), shot("kleur", "tekst", style="red", styled=(0, 0, 5))], whole=True
        ),
        *goldens.compare(twee, [shot("beide", "nu", "onder"), shot("nieuw", "nieuw scherm")]),
    ]


@asynccontextmanager
async def reviewing(
    differing: list[Difference],
    size: tuple[int, int] = (120, 36),
    work: Callable[[Difference], object] = lambda one: accept([one]),
) -> AsyncIterator[tuple[ReviewApp, Pilot[Any]]]:
    app = ReviewApp(differing, work)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield app, pilot


def stored(differing: list[Difference]) -> set[str]:
    """The golden screens there are, with what stands on them."""
    folders = {goldens.folder_of(one.path) for one in differing}
    return {f"{path.stem}: {' '.join(path.read_text().split())}" for folder in folders for path in folder.glob("*.txt")}


async def test_only_what_is_accepted_is_stored_and_at_once(differing: list[Difference]) -> None:
    async with reviewing(differing) as (app, pilot):
        assert "een/tekens │ 1 van 5, 5 open" in text_of(app)
        assert "'tekens': 3 tekens, in regel 2." in text_of(app)
        await pilot.press("a")
        assert "tekens: boven nu!" in stored(differing)
        assert "een/kleur │ 2 van 5, 4 open" in text_of(app)
        await pilot.press("r")
        assert "× kleur" in text_of(app)
        await pilot.press("s")
        await pilot.press("d")
    assert [one.name for one in app.accepted] == ["tekens", "beide", "nieuw"]
    assert stored(differing) == {
        "tekens: boven nu!",
        "kleur: tekst",
        "oud: oud scherm",
        "beide: nu onder",
        "nieuw: nieuw scherm",
    }
    assert not app.is_running, "all was decided"


async def test_a_screen_that_no_line_makes_is_taken_away_and_leaving_keeps_what_was_done(
    differing: list[Difference],
) -> None:
    async with reviewing(differing) as (app, pilot):
        await pilot.press("down", "down")
        assert "Geen regel maakt dit scherm nog" in text_of(app)
        await pilot.press("a", "ctrl+q")
    assert [one.name for one in app.accepted] == ["oud"]
    assert "oud: oud scherm" not in stored(differing)
    assert "beide: was onder" in stored(differing)


async def test_both_are_beside_each_other_and_what_differs_has_a_sign(differing: list[Difference]) -> None:
    async with reviewing(differing) as (app, pilot):
        lines = text_of(app).splitlines()
        assert any(line.count("≠ ") == 2 and "was" in line and "nu!" in line for line in lines)
        await pilot.press("down")
        assert any(line.count("~ tekst") == 2 for line in text_of(app).splitlines())
        await pilot.press("space")
        assert "─ Verwacht" in text_of(app)
        assert "─ Nu" not in text_of(app)
        await pilot.press("v")
        assert "─ Nu" in text_of(app)


async def test_in_a_small_terminal_a_key_shows_the_other(differing: list[Difference]) -> None:
    async with reviewing(differing, (80, 24)) as (app, pilot):
        assert "≠ nu!" in text_of(app)
        await pilot.press("space")
        assert "≠ was" in text_of(app)
        assert "≠ nu!" not in text_of(app)
        await pilot.press("n", "enter", "space")
        assert "≠ nu!" in text_of(app)
        assert {"A Goed", "R Fout", "S Later", "Ctrl+Q Stoppen"} <= {
            key for key in ("A Goed", "R Fout", "S Later", "Ctrl+Q Stoppen") if key in text_of(app)
        }


async def test_what_cannot_be_stored_is_said_and_stays_open(differing: list[Difference]) -> None:
    def refuse(_one: Difference) -> None:
        raise Refused("De map is niet te schrijven.")

    async with reviewing(differing, work=refuse) as (app, pilot):
        await pilot.press("a")
        await pilot.pause()
        assert "De map is niet te schrijven." in text_of(app)
        assert app.accepted == []
        await pilot.press("d", "ctrl+q")
    assert app.accepted == []
