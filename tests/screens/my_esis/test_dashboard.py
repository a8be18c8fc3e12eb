"""Dashboard Mijn Groep by keyboard: the table, whose groups, why it is empty, and a pupil's progress chart."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest
from rich.segment import Segment

from app.access import actor_for, find_user
from app.couplings import lifecycle
from app.partners.iep_lvs import account, connection
from app.permissions import NO_ROLE, Role
from models.assessment import Result
from models.board import Board
from models.school import Group, Pupil
from screens.my_esis.dashboard import DashboardScreen
from screens.plain.page import entries
from screens.shared.records import RecordList
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.screens.driving import SMALL, WIDE, Driver, driving

SIZES = pytest.mark.parametrize("size", [WIDE, SMALL], ids=["120x36", "80x24"])
LAST_YEAR, JANUARY = date(2019, 5, 29), date(2020, 1, 21)
CODE = "99QQ001234567890abcd"
_keys = count(1)


def give(pupil: Pupil, assessment: str, on: date, score: int, level: str = "III", part: str = "") -> None:
    """A result as the coupling would store it."""
    Result.create(
        location=pupil.location,
        pupil=pupil,
        supplier="iep-lvs",
        supplier_key=f"r{next(_keys)}",
        assessment=assessment,
        part=part,
        date=on,
        level=level,
        score=score,
        reference_level="1F" if score > 59 else "<1F",
        received_at=pupil.board.now,
    )


@pytest.fixture
def group(sqlite: str) -> Group:
    """Group 6 with two pupils with results, one without, and its director."""
    board = make_board()
    make_actor(board, name="directie")
    group = make_group(location_of(board), "6")
    anna, bas = make_pupil(group, "Anna", "Appel"), make_pupil(group, "Bas", "Berk")
    make_pupil(group, "Cem", "Citroen")
    for pupil, reading, maths in ((anna, 64, 48), (bas, 51, 66)):
        give(pupil, "lezen-5", LAST_YEAR, 55)
        give(pupil, "lezen-6", JANUARY, reading, "II")
        give(pupil, "rekenen-6", JANUARY, maths, "IV")
        give(pupil, "rekenen-6", JANUARY, 71, "", "getallen")
    return group


async def test_a_cell_shows_level_score_reference_level_and_growth(group: Group) -> None:
    async with driving(group.location.board, "directie", SMALL) as screen:
        await screen.open("Mijn groep")
        assert "3 leerlingen, afgenomen 21-1-2020" in screen.line("Groep 6, 2019-2020")
        assert "II   64 ▲ 9" in screen.line("Appel, Anna")
        assert "II   51 ▼ 4" in screen.line("Berk, Bas")
        assert "–" in screen.line("Citroen, Cem")
        assert "I   hoogste" in screen.text
        await screen.pilot.resize_terminal(*WIDE)
        await screen.settle()
        assert "II    64 1F  ▲ 9 █" in screen.line("Appel, Anna")
        assert "II    51 <1F ▼ 4 █" in screen.line("Berk, Bas")


async def test_below_the_table_stands_how_the_group_is_spread_over_the_levels(group: Group) -> None:
    async with driving(group.location.board, "directie") as screen:
        await screen.open("Mijn groep")
        strips = [line for line in screen.text.splitlines() if line.strip().startswith("Lezen  ")]
        assert [line.split() for line in strips] == [["Lezen", "II", "Rekenen", "IV"]]
        await screen.pilot.resize_terminal(*SMALL)
        await screen.settle()
        assert "Rekenen" not in screen.text.splitlines()[-3]
        await screen.press("right", "right", "right")
        assert screen.text.splitlines()[-3].split() == ["Rekenen", "IV"]


async def test_a_level_keeps_its_tint_under_the_cursor(group: Group) -> None:
    async with driving(group.location.board, "directie") as screen:
        await screen.go_to("mijn-groep")
        tints = {
            segment.style.bgcolor for line in (0, 1) for segment in _cells(screen, line) if segment.text == " II  "
        }
        token = screen.app.theme_variables["l2"]
        assert {tint.get_truecolor().hex for tint in tints if tint} == {token}


def _cells(screen: Driver, line: int) -> list[Segment]:
    return list(screen.app.screen.query_one("#dashboard-grid", RecordList).render_line(line + 1))


async def test_a_small_screen_shows_the_other_subjects_with_the_arrow_keys(group: Group) -> None:
    async with driving(group.location.board, "directie", (70, 24)) as screen:
        await screen.go_to("mijn-groep")
        assert "vak 1-3 van 4" in screen.text
        assert "Rekenen" not in screen.line("Leerling ")
        await screen.press("right", "right", "right")
        assert "▶ Rekenen" in screen.line("Leerling ")
        assert "vak 2-4 van 4" in screen.text
        await screen.press("left", "left", "left")
        assert "▶ Lezen" in screen.line("Leerling ")


async def test_sorting_by_the_chosen_subject_keeps_the_pupil_under_the_cursor(group: Group) -> None:
    async with driving(group.location.board, "directie") as screen:
        await screen.go_to("mijn-groep")
        orders = []
        for _ in range(5):
            lines = screen.text.splitlines()
            orders.append([name for line in lines for name in ("Appel", "Berk", "Citroen") if name in line])
            assert screen.app.screen.query_one("#dashboard-grid").row.list_name == "Appel, Anna"
            await screen.press("s")
        by_name = ["Appel", "Berk", "Citroen"]
        assert orders == [by_name, ["Berk", "Appel", "Citroen"], by_name, ["Berk", "Appel", "Citroen"], by_name]


async def test_a_teacher_sees_the_own_group_only(practice: Board) -> None:
    async with driving(practice, "leerkracht6") as screen:
        await screen.go_to("mijn-groep")
        assert "Groep 6, 2019-2020" in screen.text
        await screen.press("full_stop", "g")
        assert "Groep 6, 2019-2020" in screen.text
        assert screen.said == ["U heeft één groep."] * 2


async def test_directie_chooses_a_group_from_a_list_or_goes_to_the_next(practice: Board) -> None:
    async with driving(practice, "rovict", SMALL) as screen:
        await screen.go_to("mijn-groep")
        assert "Groep 3, 2019-2020" in screen.text
        await screen.press("full_stop")
        assert "Groep 4, 2019-2020" in screen.text
        await screen.press("comma", "comma")
        assert "Groep 2, 2019-2020" in screen.text
        await screen.press("g", "home", "enter")
        assert "Groep 1, 2019-2020" in screen.text


@pytest.mark.parametrize(("user", "size"), [("leerkracht6", SMALL), ("rovict", WIDE)])
async def test_before_the_first_delivery_it_says_why_it_is_empty_and_what_to_do(
    practice: Board, user: str, size: tuple[int, int]
) -> None:
    async with driving(practice, user, size) as screen:
        await screen.go_to("mijn-groep")
        told = " ".join(screen.text.split())
        assert "Deze groep heeft dit schooljaar nog geen resultaten. Er is nog geen resultatenkoppeling" in told
        assert ("Vraag dat aan de directie" in told) == (user == "leerkracht6")


async def test_a_group_without_assessments_beside_delivered_ones_says_so(practice: Board) -> None:
    actor = actor_for(find_user(practice, "rovict"))
    lifecycle.activate(actor, "iep-lvs", "R. Victor", True, CODE)
    assert connection.connect(account.school_of(actor.location), CODE).ok
    give(Pupil.get(Pupil.location == actor.location), "lezen-6", JANUARY, 50)
    async with driving(practice, "rovict") as screen:
        await screen.go_to("mijn-groep")
        await screen.press("comma")
        assert "Groep 2" in screen.text
        assert "niet voor deze groep. In groep 1 en 2" in " ".join(screen.text.split())


async def test_without_a_role_there_are_no_data_but_a_reason(practice: Board) -> None:
    async with driving(practice, "zonderrol") as screen:
        await screen.go_to("mijn-groep")
        assert " ".join(NO_ROLE.split()[:12]) in " ".join(screen.text.split())
        assert "Altena" not in screen.text


@pytest.mark.parametrize("role", [Role.ADMINISTRATIE, None])
async def test_the_screen_itself_keeps_results_from_who_may_not_see_them(group: Group, role: Role | None) -> None:
    make_actor(group.location.board, role, name="ander")
    async with driving(group.location.board, "ander") as screen:
        screen.app.push_screen(DashboardScreen())
        await screen.settle()
        assert "Appel" not in screen.text
        assert ("U heeft geen rol" if role is None else "Uw rol (Administratief medewerker)") in screen.text
        await screen.press("g", "s", "right", "enter")


async def test_a_teacher_without_a_group_is_told_so(group: Group) -> None:
    make_actor(group.location.board, Role.LEERKRACHT, name="juf")
    async with driving(group.location.board, "juf") as screen:
        await screen.go_to("mijn-groep")
        assert "U staat dit schooljaar voor geen groep." in screen.text


async def test_enter_opens_the_pupil_at_the_chosen_subject(group: Group) -> None:
    async with driving(group.location.board, "directie", SMALL) as screen:
        await screen.go_to("mijn-groep")
        await screen.press("right", "right", "right", "enter")
        assert "Anna Appel" in screen.text
        assert "Getallen" in screen.line("71%")
        assert "●" in screen.text
        await screen.press("up")
        assert "29-5-2019" in screen.text
        assert "64 II" in screen.text
        assert "71%" not in screen.text
        await screen.press("right")
        assert "71%" in screen.text
        await screen.press("escape")
        assert "Dashboard Mijn Groep" in screen.text


async def test_what_changes_elsewhere_appears_without_losing_the_place(group: Group) -> None:
    async with driving(group.location.board, "directie") as screen:
        await screen.go_to("mijn-groep")
        await screen.press("down", "right")
        give(Pupil.get(Pupil.last_name == "Citroen"), "lezen-6", JANUARY, 70, "I")
        screen.app.screen.refresh_data()
        await screen.settle()
        assert "I    70" in screen.line("Citroen")
        assert "▶ Technisch lezen" in screen.text
        await screen.press("enter")
        assert "Bas Berk" in screen.text


async def test_hostile_names_are_shown_as_they_are(group: Group) -> None:
    group.name = "[red]6[/]"
    group.save()
    for first, last in (("Jan [/]", "de Boer"), ("[@click=app.quit]", "[b]x"), ("a\x07\nb", "\\[/]")):
        give(make_pupil(group, first, last), "lezen-6", JANUARY, 50)
    async with driving(group.location.board, "directie", SMALL) as screen:
        await screen.go_to("mijn-groep")
        assert "Groep [red]6[/]" in screen.text
        assert "de Boer, Jan [/]" in screen.text
        assert "[b]x, [@click=" in screen.text
        await screen.press("end", "enter")
        assert "Jan [/] de Boer" in screen.text
        await screen.press("escape", "g")
        assert "Groep [red]6[/]" in screen.text


async def test_who_hears_it_gets_words_in_place_of_tints_widths_and_arrows(group: Group) -> None:
    async with driving(group.location.board, "directie") as screen:
        await screen.open("Mijn groep")
        said = [entry.text for entry in entries(screen.app.screen, {})]
        assert "Lezen: niveau II 2 leerlingen" in said
        row = next(line for line in said if line.startswith("Appel, Anna"))
        assert "Lezen niveau II, score 64, referentieniveau 1F, groei 9" in row
        assert "Rekenen niveau IV, score 48" in row
        assert "eerste afname" in row
        assert not [line for line in said if "laagste" in line]
