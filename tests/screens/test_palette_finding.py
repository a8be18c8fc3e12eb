"""Ctrl+P: what is found by what is typed, in which order, and what the keys do there."""

from __future__ import annotations

from textual.widgets import OptionList

from models.board import Board
from screens.shell.entries import entries
from screens.shell.entry import Entry
from screens.shell.palette import best
from tests.screens.asked import ask, shown
from tests.screens.driving import SMALL, driving


def entry(title: str, path: str = "") -> Entry:
    return Entry(title, path, lambda: None)


def titles(asked: str, *found: Entry) -> list[str]:
    return [row.title for row in best(list(found), asked)]


def test_the_title_itself_comes_first_then_its_beginning_then_a_word_then_a_part_then_the_path() -> None:
    found = [
        entry("Iets anders", "Beheer > Import"),
        entry("Scolimporten"),
        entry("SCOL-import"),
        entry("Importeren"),
        entry("Import"),
    ]
    assert titles("import", *found) == ["Import", "Importeren", "SCOL-import", "Scolimporten", "Iets anders"]


def test_capitals_and_accents_make_no_difference_and_words_may_stand_anywhere() -> None:
    found = [entry("Financiën"), entry("Koppeling activeren: IEP LVS")]
    assert titles("FINANCIEN", *found) == ["Financiën"]
    assert titles("iep activeren", *found) == ["Koppeling activeren: IEP LVS"]
    assert titles("zzz", *found) == []


async def test_equal_titles_show_where_they_are(practice: Board) -> None:
    where: dict[str, list[str]] = {}
    async with driving(practice) as program:
        for title in ("Schoolrapporten", "Vrije overzichten", "Leerlingdossiers", "Overzichten"):
            where[title] = [line for line in await ask(program, title) if line.startswith(f"{title}  ")]
            await program.press("escape")
    assert {title for title, found in where.items() if len(found) != len(set(found))} == set()
    assert [line for found in where.values() for line in found if " > " not in line] == []
    assert [len(where[title]) for title in ("Schoolrapporten", "Vrije overzichten")] == [2, 2]


async def test_the_second_key_and_what_is_shown_when_nothing_fits(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        assert await ask(program, "[/]!", "ctrl+r") == ["Niets gevonden voor '[/]!'. Probeer een kortere naam."]
        await program.press("enter")
        assert shown(program), "Enter does nothing then"
        await program.press("escape")
        assert "Vraagt aandacht" in program.text


async def test_arrows_choose_while_typing_goes_on(practice: Board) -> None:
    async with driving(practice) as program:
        found = await ask(program, "overzichten")
        await program.press("down", "down", "up", "enter")
        title, _, path = found[1].partition("  ")
        assert path in program.text.splitlines()[1]
        assert title in program.text


async def test_one_stays_on_what_one_was_on_when_data_changes(practice: Board) -> None:
    async with driving(practice) as program:
        await ask(program, "koppel")
        await program.press("down", "down")
        await program.data_changed()
        assert program.app.screen.query_one(OptionList).highlighted == 2


async def test_a_pupil_is_found_by_name_and_opened_by_enter_at_once(practice: Board) -> None:
    async with driving(practice) as program:
        program.app.simulate_key("ctrl+p")
        await program.settle()
        for key in (*"beekhuis", "enter"):  # faster than the pupil can be looked up
            program.app.simulate_key(key)
        await program.settle()
        assert "1 Persoon" in program.text
        assert "Beekhuis" in program.line("Achternaam")


async def test_what_is_typed_after_enter_goes_to_what_it_opens_however_fast(practice: Board) -> None:
    async with driving(practice) as program:
        for key in ("ctrl+p", *"iep lvs activeren", "enter", *"Jan"):
            program.app.simulate_key(key)
        await program.settle()
        assert "Jan" in program.line("Uw naam")


async def test_a_pupil_comes_after_what_is_called_so_and_only_to_who_may_see_it(practice: Board) -> None:
    async with driving(practice) as program:
        await program.press("ctrl+p")
        await program.type("groep")
        shown = [line for line in program.text.splitlines() if "▌ " in line]
        assert "Leerling >" not in shown[0]
    async with driving(practice, user="zonderrol") as program:
        await program.press("ctrl+p")
        await program.type("beekhuis")
        assert "Niets gevonden voor 'beekhuis'" in program.text


async def test_another_word_finds_it_first(practice: Board) -> None:
    meant = {
        "inschrijven": "Nieuwe leerling",
        "afsluiten": "Programma stoppen",
        "e-mailadres": "Bereikbaarheid",
        "bereikbaarheid": "Bereikbaarheid",
    }
    async with driving(practice) as program:
        there = entries(program.app)
    assert {asked: best(there, asked)[0].title for asked in meant} == meant
