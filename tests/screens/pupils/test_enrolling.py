"""Enrolling a pupil by keyboard: the form, errors beside their field, messages, and leaving it."""

from __future__ import annotations

from datetime import date

from models.board import Board
from models.school import Placement, Pupil
from screens.pupils.administration import PupilAdministration
from screens.pupils.enrolling import EnrolScreen
from screens.pupils.page import PupilPage
from tests.screens.driving import SMALL, Driver, driving


async def fill_in(user: Driver, first: str, last: str, born: str, group: str) -> None:
    """The form for a new pupil from its first field on, up to Gereed."""
    await user.type(first)
    await user.press("tab", "tab")
    await user.type(last)
    await user.press("tab", "tab")
    await user.type(born)
    await user.press("tab", "tab", "tab", "enter")
    await user.type(group)
    await user.press("enter", "f2")


def group_of(pupil: Pupil) -> str:
    return str(Placement.get(Placement.pupil == pupil, Placement.kind == "basis").group.name)


async def test_a_new_pupil_is_enrolled_by_keyboard(practice: Board) -> None:
    async with driving(practice, size=SMALL) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f4")
        await fill_in(user, "Zoë [/]", "d'Été", "3-4-2010", "6")
        assert isinstance(user.app.screen, PupilPage)
        pupil = Pupil.get(Pupil.last_name == "d'Été")
        assert (pupil.birth_date, pupil.enrolled_from) == (date(2010, 4, 3), date(2020, 4, 14))
        assert group_of(pupil) == "6"
        assert user.line("✓ Zoë [/] d'Été is ingeschreven per 14-4-2020")
        assert "Morgen in Basispoort, overmorgen in IEP LVS." in user.words
        await user.press("escape")
        assert isinstance(user.app.screen, PupilAdministration)
        assert "van 222" in user.text


async def test_the_note_says_when_others_see_who_comes_on_the_day_that_was_typed(practice: Board) -> None:
    async with driving(practice, size=SMALL) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f4")
        assert "Wie vandaag wordt ingeschreven: morgen in Basispoort" in user.words
        await user.press(*["tab"] * 6, *["backspace"] * 9)
        await user.type("1-8-2020")
        assert "Wie per 1-8-2020 wordt ingeschreven: op 1-8-2020 in Basispoort" in user.words


async def test_the_year_group_of_a_combination_group_is_chosen_with_it(practice: Board) -> None:
    async with driving(practice) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f4")
        await fill_in(user, "Anna", "Nieuw", "3-4-2010", "5/6, leerjaar 6")
        assert Pupil.get(Pupil.last_name == "Nieuw").year_group == "6"


async def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(practice: Board) -> None:
    async with driving(practice, size=SMALL) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f4")
        await fill_in(user, "Anna", "", "3-4-2030", "(kies")
        assert isinstance(user.app.screen, EnrolScreen)
        assert "Achternaam is verplicht" in user.text
        assert "ligt in de toekomst" in user.text
        assert "Groep is verplicht" in user.text
        await user.type("Later")
        assert user.line("Achternaam").rstrip("▐▕│┃ ").endswith("Later")
        assert user.line("Roepnaam").rstrip("▐▕│┃ ").endswith("Anna")
        assert not Pupil.select().where(Pupil.last_name == "Later").exists()


async def test_a_refusal_of_the_use_case_stays_beside_its_field(practice: Board) -> None:
    async with driving(practice) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f4")
        await user.type("Anna")
        await user.press("tab", "tab")
        await user.type("Later")
        await user.press("tab", "tab")
        await user.type("3-4-2010")
        await user.press("tab", "tab", *["backspace"] * 9)
        await user.type("1-9-2020")
        await user.press("tab", "enter")
        await user.type("6")
        await user.press("enter", "f2")
        assert "is ingeschreven per 1-9-2020" in user.words
        assert "groep 6 (2020-2021) ○ Toekomstig" in user.words


async def test_a_likely_double_and_an_odd_age_are_told_but_refuse_nothing(practice: Board) -> None:
    async with driving(practice) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f4")
        await user.type("Jan [b]")
        await user.press("tab")
        await user.type("de")
        await user.press("tab")
        await user.type("Boer")
        await user.press("tab", "tab")
        await user.type("26-7-2010")
        await user.press("tab", "tab", "tab", "enter")
        await user.type("8")
        await user.press("enter", "f2")
        assert "Klopt dit?" in user.text
        assert "staat al een Jan [b] de Boer" in user.words
        assert Pupil.select().where(Pupil.last_name == "Boer", Pupil.first_name == "Jan [b]").count() == 1
        await user.press("left", "enter")
        assert user.line("▲ Let op: Op deze vestiging staat al een Jan [b] de Boer")
        assert Pupil.select().where(Pupil.last_name == "Boer", Pupil.first_name == "Jan [b]").count() == 2
        await user.press("f7", "tab", "tab", "tab", "tab", *["backspace"] * 4)
        await user.type("2000")
        await user.press("f2")
        assert "19 jaar oud" in user.text
        await user.press("enter")
        assert user.line("Roepnaam").rstrip("▐▕│┃ ").endswith("Jan [b]")


async def test_leaving_a_changed_form_asks_first(practice: Board) -> None:
    async with driving(practice) as user:
        await user.go_to("leerlingenadministratie")
        await user.press("f4")
        await user.type("Anna")
        await user.press("escape")
        assert "Wijzigingen weggooien?" in user.text
        await user.press("enter")
        assert user.line("Roepnaam").rstrip("▐▕│┃ ").endswith("Anna")
