"""A: what can be done with the row or page in front, with the key or the reason why not."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from models.board import Board
from models.school import Pupil
from screens.lessons.choosing import AskWay
from screens.pupils.changing import MoveScreen
from screens.pupils.page import PupilPage
from screens.shared.actions_menu import GONE, ActionsMenu, acts_of
from screens.shared.choosing_pupil import ChoosePupil
from screens.shared.dialogs import Choose, Reading
from screens.shared.records import RecordList
from screens.trainer.asking import AskMinutes
from screens.trainer.desk import DeskPage
from screens.trainer.stuck import StuckPage
from tests.screens.driving import SMALL, WIDE, Driver, driving
from tests.screens.partners.iep import activate, open_school


async def open_pupil(program: Driver, key: str = "1101") -> None:
    program.app.push_screen(PupilPage(key))
    await program.settle()


async def test_a_pupil_s_actions_with_and_without_a_key_are_all_there(practice: Board) -> None:
    async with driving(practice, "administratie", WIDE) as program:
        await open_pupil(program)
        assert "A Acties" in program.text.splitlines()[-1]
        await program.press("a")
        for line in (
            "F7   Wijzigen",
            "V    Verplaatsen",
            "Del  Uitschrijven",
            "Ander leerlingnummer",
            "F4   Nieuwe verzorger",
        ):
            assert program.line(line)
        assert "Opnieuw inschrijven" not in program.text, "the pupil has not left"
        assert "Acties: Leerling" in program.text
        await program.press("escape")
        assert isinstance(program.app.screen, PupilPage)
        await program.act("Ander leerlingnummer")
        assert program.line("Nieuw leerlingnummer")


async def test_the_key_of_an_action_works_in_the_window_too(practice: Board) -> None:
    async with driving(practice, "administratie", SMALL) as program:
        await open_pupil(program)
        await program.press("a", "V")
        assert isinstance(program.app.screen, MoveScreen)


async def test_what_cannot_be_done_says_why_and_stays_to_choose_from(practice: Board) -> None:
    async with driving(practice, "leerkracht6", SMALL) as program:
        await open_pupil(program)
        await program.press("a", "w")
        assert isinstance(program.app.screen, ActionsMenu)
        assert "laat dit niet toe: leerlingen in- en uitschrijven" in program.said[-1]
        assert Pupil.select().where(Pupil.key == "1101").exists()


async def test_it_is_about_the_row_and_what_does_not_fit_the_list_is_not_there(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.go_to("medewerkers")
        titles = [act.title for act in acts_of(program.app.screen)]
        assert {"Nieuw", "Wijzigen", "Sorteren", "CSV bewaren"} <= set(titles)
        assert len(titles) == len(set(titles))
        assert not {"Aankruisen", "Terug", "Acties", "Omlaag"} & set(titles)
        await program.press("a")
        assert "Acties: " in program.text
        await program.press("n")
        assert "Roepnaam" in program.text


async def test_the_row_under_the_cursor_is_marked_and_explained_in_full(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.go_to("medewerkers")
        await program.press("a")
        window = program.app.screen
        assert isinstance(window, ActionsMenu)
        assert [act.title for act in window._acts][-2:] == ["Sorteren", "CSV bewaren"], (
            "what any list can do comes last"
        )
        assert "Enter Kiezen" in program.text.splitlines()[-1]
        assert program.line("▶ ").count(window._acts[0].title)
        await program.press("end")
        assert program.line("▶ ").count("CSV bewaren")
        assert program.text.count("Bewaart de hele lijst als CSV-bestand.") == 2
        await program.press("home", "s")
        assert "Sorteren op" in program.text, "a key does what it does outside the window"


async def test_it_is_done_with_the_row_it_names_or_not_at_all(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("leerlingenadministratie")
        await program.press("down", "down")
        listed = program.app.screen.query_one("#pupils", RecordList)
        row, first = listed.row, listed.row_at(0)
        assert row is not None
        assert first is not None
        await program.press("a")
        Pupil.update(sort_name="~").where(Pupil.key == first.key).execute()
        await program.data_changed()
        assert row.list_name in program.words
        await program.press("l")
        page = program.app.screen
        assert isinstance(page, PupilPage)
        assert page.key == row.key
        await program.press("escape", "a")
        Pupil.update(unsubscribed_on=Pupil.enrolled_from).where(Pupil.key == row.key).execute()
        await program.data_changed()
        await program.press("l")
        assert program.said[-1] == GONE
        assert program.app.screen is listed.screen


async def test_it_works_in_the_program_of_a_partner(practice: Board) -> None:
    activate(practice)
    async with driving(practice, size=SMALL) as program:
        await open_school(program, tab=2)
        await program.press("a")
        assert program.line("F7     Koppeling instellen")
        assert "Tabblad" not in program.text, "tabs stand on the screen"
        assert "Waarom komt het niet?" in program.text


async def test_where_nothing_can_be_done_there_is_no_key_for_it(practice: Board) -> None:
    async with driving(practice, None) as program:
        assert "Acties" not in program.text.splitlines()[-1]


async def test_a_list_in_a_window_or_before_signing_in_is_not_saved(practice: Board) -> None:
    async with driving(practice, None) as program:
        program.app.screen.query_one(RecordList).focus()
        await program.settle()
        await program.press("e")
        assert not program.said
    async with driving(practice) as program:
        program.app.push_screen(ChoosePupil(program.actor))
        await program.settle()
        await program.type("a")
        await program.press("down", "e")
        assert isinstance(program.app.screen, ChoosePupil)
        assert not program.said


@pytest.mark.parametrize(
    ("item", "offered"),
    [
        ("exportdefinities", {"Nieuw", "Zoekveld"}),
        ("resultaten-uitsluiten", {"Groep kiezen", "Vorige groep", "Volgende groep", "Toets kiezen"}),
    ],
)
async def test_an_empty_list_offers_nothing_to_do_with_a_row(practice: Board, item: str, offered: set[str]) -> None:
    async with driving(practice) as program:
        await program.go_to(item)
        assert program.app.screen.query(RecordList).first().row_count == 0
        assert {act.title for act in acts_of(program.app.screen)} == offered
        before = program.text
        await program.press("f2", "f8", "delete", "t", "enter")
        assert program.text == before


async def test_what_is_not_found_is_not_changed(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("medewerkers")
        assert "Wijzigen" in {act.title for act in acts_of(program.app.screen)}
        await program.press("f3")
        await program.type("zzz")
        assert "Wijzigen" not in {act.title for act in acts_of(program.app.screen)}


async def test_what_a_list_does_instead_of_changing_is_there_once_by_its_name(practice: Board) -> None:
    async with driving(practice, "trainer", size=SMALL) as program:
        for page, title in ((StuckPage, "Stappen"), (DeskPage, "Meekijken")):
            program.app.push_screen(page())
            await program.settle()
            screen = program.app.screen
            with patch.object(screen, "of_row", lambda _action: False), patch.object(screen, "CHANGES", ()):
                acts = {act.title: act for act in acts_of(screen)}
            assert "Wijzigen" not in acts
            assert "f7" in acts[title].keys
            assert len({act.about for act in acts.values()}) == len(acts), "nothing twice"


async def test_help_on_a_window_says_what_kind_of_answer_it_asks_for(practice: Board) -> None:
    windows = (
        (AskWay("Les", [("1", "Een")]), "Hoe u deze les doet."),
        (AskMinutes("Anna"), "Hoeveel minuten"),
        (Reading("Bericht", "Tekst."), "Dit venster is om te lezen"),
    )
    async with driving(practice, size=SMALL) as program:
        for window, told in windows:
            program.app.push_screen(window)
            await program.press("f1")
            assert told in program.words
            assert ("vraagt een keuze" in program.words) is isinstance(window, Choose)
            await program.press("escape", "escape")
