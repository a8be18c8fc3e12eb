"""The crawl through every screen: each is visited once, and left again."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from fixtures import menu
from models.board import Board
from screens.driving import screen_crawler
from screens.driving.screen_crawler import ScreenCrawler, Stop
from screens.shell.programs import partner_programs
from screens.start.placeholder import NotAllowedPage, Placeholder
from screens.trainer.page import TrainerPage
from tests.screens.driving import SMALL, Driver, driving


async def walk(program: Driver, seen: set[object]) -> list[Stop]:
    """The stops, none of which says that it may not be seen."""
    stops = []
    async for stop in ScreenCrawler(program.app, program.pilot, seen).stops():
        assert not isinstance(program.app.screen, Placeholder | NotAllowedPage), stop
        stops.append(stop)
    return stops


async def test_nobody_sees_the_sign_in_only(practice: Board) -> None:
    async with driving(practice, None, SMALL) as program:
        assert await walk(program, set()) == [Stop("Begin", "Aanmelden")]


async def test_a_user_passes_the_items_of_the_menu_that_the_role_allows_and_a_second_what_is_new(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ("Mijn groep", "Medewerkers", "Leerlingenadministratie", "Vraag stellen")
    some = tuple(item for title in titles for item in menu.items() if item.title == title)
    seen: set[object] = set()
    monkeypatch.setattr(screen_crawler, "menu", SimpleNamespace(items=lambda: some, SEPARATOR=menu.SEPARATOR))
    monkeypatch.setattr(screen_crawler, "partner_programs", lambda: ())
    for part in ("_sheets", "_windows", "_couplings"):
        monkeypatch.setattr(ScreenCrawler, part, lambda _self: [])
    async with driving(practice, "leerkracht6", SMALL) as program:
        passed = [stop.title for stop in await walk(program, seen)]
    assert passed[0] == "Mijn groep"
    assert {"Leerlingenadministratie", "Oefeningen"} < set(passed)
    assert not {"Medewerkers", "Vraag stellen"} & set(passed)
    pupil = [title for title in passed if title.startswith("Leerlingenadministratie: Leerling")]
    assert len(pupil) >= 7
    async with driving(practice, "trainer", SMALL) as program:
        passed = [stop.title for stop in await walk(program, seen)]
    own = [name for _, name, _ in TrainerPage.LEFT_ENTRIES[:-1]]
    assert [title for title in passed if ": " not in title] == own
    assert {title.partition(": ")[0] for title in passed} == set(own), "and what each of them opens"


async def test_a_partners_program_is_passed_with_its_practice_account_each_page_once(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScreenCrawler, "_ways", lambda _self: [])
    monkeypatch.setattr(
        screen_crawler, "partner_programs", lambda: [row for row in partner_programs() if row.id == "gynzy"]
    )
    async with driving(practice, "rovict", SMALL) as program:
        stops = await walk(program, set())
    assert [stop.title for stop in stops][:3] == ["Aanmelden", "Start", "Werelden"]
    assert {stop.group for stop in stops} == {"Gynzy"}
    assert len(set(stops)) == len(stops)
