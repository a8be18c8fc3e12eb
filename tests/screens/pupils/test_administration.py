"""Leerlingenadministratie by keyboard: searching, filtering, paging, opening, and what each role sees."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Any

import pytest
from textual.screen import Screen

from fixtures.large import build_large_location
from models.board import Board, Location, School
from models.partners.basispoort import BasispoortSchool
from models.school import Pupil, PupilGuardian
from screens.pupils.administration import PupilAdministration
from screens.pupils.page import PupilPage
from screens.school_time.clock import SchoolTime
from screens.shared.records import RecordList
from tests.screens.driving import SMALL, WIDE, Driver, driving


def listed(driver: Driver) -> RecordList:
    return driver.app.screen.query_one("#pupils", RecordList)


async def test_typing_narrows_the_list_and_enter_opens_the_pupil(practice: Board) -> None:
    async with driving(practice, size=WIDE) as user:
        await user.open("Leerlingenadministratie")
        assert "221 leerlingen" in user.text
        await user.press("f3")
        await user.type("boer jan")
        assert "1 leerling" in user.text
        assert "Boer, Jan [b] de" in user.text
        await user.press("enter")
        assert user.line("Jan [b] de Boer")
        await user.press("3")
        assert "moeder" in user.text
        assert "@exam" in user.text


async def test_the_detail_follows_the_cursor(practice: Board) -> None:
    guardian = PupilGuardian.get(PupilGuardian.pupil == Pupil.get(Pupil.key == "1111")).guardian
    guardian.email = ""
    guardian.save()
    async with driving(practice, size=WIDE) as user:
        await user.go_to("leerlingenadministratie")
        assert user.line("Naomi Akkerman")
        await user.press("down", "down")
        assert "Naomi Akkerman" not in user.text
        assert user.line("Yara Altena")
        assert "● Ingeschreven" in user.text
        assert f"! {guardian.name}" not in user.text
        assert user.line("! geen e-mailadres")
        assert "groep 6" in user.line("IEP LVS")
        assert "niet bekend" in user.line("Mijnschoolinfo")
        await user.pilot.resize_terminal(*SMALL)
        await user.settle()
        assert user.line(f"! {guardian.name} heeft geen e-mailadres"), "two lines below the list"
        assert "Bekend bij" not in user.text


async def test_results_and_partners_stand_beside_the_list(practice: Board) -> None:
    school = BasispoortSchool.get(BasispoortSchool.location == Pupil.get(Pupil.key == "1101").location)
    school.pulled_at = datetime(2020, 4, 13, 23, 30, tzinfo=UTC)
    school.save()
    async with driving(practice, "leerkracht6") as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f3")
        await user.type("1101")
        await user.press("down")
        assert "di 14-4 01:30" in user.line("Basispoort")
        assert user.line("Laatste resultaten")


async def test_l_goes_to_what_changed(practice: Board) -> None:
    async with driving(practice, size=SMALL) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("l")
        assert user.line("Naomi Akkerman")
        assert "Sinds het oefenbestuur" in user.text


async def test_a_leerlingnummer_finds_its_pupil(practice: Board) -> None:
    async with driving(practice) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f3")
        await user.type("1101")
        await user.press("enter")
        assert user.line("Leerlingnummer      1101")


async def test_coming_back_keeps_the_search_and_the_place_in_the_list(practice: Board) -> None:
    async with driving(practice) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f3")
        await user.type("de")
        await user.press("down", "down", "down")
        chosen = listed(user).row
        await user.press("enter", "escape")
        assert isinstance(user.app.screen, PupilAdministration)
        assert listed(user).has_focus
        assert listed(user).row == chosen
        await user.press("f3")
        await user.type(" b")
        assert "de b" in user.line("F3 Zoeken")


async def test_group_and_status_are_chosen_with_the_keyboard(practice: Board) -> None:
    async with driving(practice, size=SMALL) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("g", *["down"] * 6, "enter")
        assert user.line("Groep 5/6 ▼")
        number = listed(user).row_count
        assert 0 < number < 40
        assert all(listed(user).row_at(place).group == "5/6" for place in range(number))
        await user.press("f", "down", "down", "enter")
        assert user.line("Status uitgeschreven ▼")
        assert listed(user).row_count == 0
        assert "Geen leerling gevonden" in user.text


async def test_a_future_pupil_is_found_under_toekomstig(practice: Board) -> None:
    pupil = Pupil.get(Pupil.key == "1101")
    pupil.enrolled_from = date(2020, 5, 1)
    pupil.save()
    async with driving(practice) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f", "down", "enter")
        assert "Boer, Jan [b] de" in user.text


async def test_the_keys_of_a_pupil_work_at_once(practice: Board) -> None:
    async with driving(practice, size=WIDE) as user:
        await user.go_to("leerlingenadministratie")
        assert listed(user).has_focus
        bar = user.line("Esc Terug")
        assert "Wijzigen" in bar
        assert "Exporteren" in bar
        assert "Bakker-Özdemir, Yannick" in user.text
        await user.press("w")
        assert user.line("Wijzigen: Naomi Akkerman (1313)")


async def test_a_leerkracht_sees_the_own_group_and_is_told_who_may_enrol(practice: Board) -> None:
    async with driving(practice, "leerkracht6") as user:
        await user.go_to("leerlingenadministratie")
        rows = [listed(user).row_at(place) for place in range(listed(user).row_count)]
        assert {row.group for row in rows} == {"6"}
        await user.press("f4")
        assert isinstance(user.app.screen, PupilAdministration)
        assert "Dat kan met: Directie" in user.said[-1]


async def test_somebody_without_a_role_sees_no_pupils(practice: Board) -> None:
    async with driving(practice, "zonderrol") as user:
        await user.go_to("leerlingenadministratie")
        assert "U heeft geen rol op deze vestiging" in user.text
        assert "Boer" not in user.text


async def test_a_location_without_pupils_says_what_to_do(practice: Board) -> None:
    school = School.get(School.board == practice)
    empty = Location.create(board=practice, school=school, number="09", name="Nieuw")
    async with driving(practice, size=SMALL, location=empty) as user:
        await user.go_to("leerlingenadministratie")
        assert "nog geen leerlingen ingeschreven" in user.text
        await user.press("f4")
        assert "nog geen basisgroepen" in user.text
        await user.press("escape")
        assert isinstance(user.app.screen, PupilAdministration)


@pytest.mark.parametrize("typed", ["[/]", "[@click=app.quit]x[/]", "100%", "'); DROP", "\\", "_"])
async def test_odd_searches_are_only_text(practice: Board, typed: str) -> None:
    async with driving(practice) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f3")
        await user.type(typed)
        assert typed in user.line("F3 Zoeken")
        assert "leerling" in user.text


async def test_a_long_list_is_read_in_pages(practice: Board) -> None:
    location = build_large_location(practice, 3_000)
    async with driving(practice, location=location) as user:
        await user.go_to("leerlingenadministratie")
        assert "3000 leerlingen" in user.text
        await user.press("end")
        last = Pupil.select().where(Pupil.location == location).order_by(Pupil.sort_name.desc(), Pupil.id.desc()).get()
        assert last.key in user.text
        assert len(listed(user)._pages.shown) <= 3


@pytest.mark.parametrize(("key", "opened"), [("3", PupilPage), ("f9", SchoolTime)])
async def test_what_is_pressed_after_enter_waits_for_the_pupil(
    practice: Board, monkeypatch: pytest.MonkeyPatch, key: str, opened: type[Screen[Any]]
) -> None:
    real = PupilAdministration.read

    def slow(screen: PupilAdministration) -> Any:
        time.sleep(0.1)
        return real(screen)

    monkeypatch.setattr(PupilAdministration, "read", slow)
    async with driving(practice) as user:
        await user.go_to("leerlingenadministratie")
        for one in (*"1101", "enter", key):
            user.app.simulate_key(one)
        await user.until(lambda: isinstance(user.app.screen, opened))
        await user.settle()
        page = next(screen for screen in user.app.screen_stack if isinstance(screen, PupilPage))
        assert isinstance(user.app.screen, opened)
        assert key != "3" or page._tab == "guardians"


async def test_the_cursor_stays_on_its_pupil_when_another_moves(practice: Board) -> None:
    async with driving(practice) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("down", "down", "down")
        before, first = listed(user).row, listed(user).row_at(0)
        assert before is not None
        assert first is not None
        Pupil.update(sort_name="~").where(Pupil.key == first.key).execute()
        await user.data_changed()
        assert listed(user).row == before
