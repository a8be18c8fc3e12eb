"""The lists of Inrichten and Medewerkers by keyboard only: opened, used and left, in 80 columns."""

from __future__ import annotations

import time
from typing import Any
from unittest.mock import patch

import pytest

from app.access import actor_for, find_user
from app.exchange.names import folded
from app.school import group_editing, members
from app.school.people import staff
from models.board import Board
from models.directory import LookupEntry, Relation
from models.school import Group, StaffMember
from screens.shared import listing
from screens.shared.actions_menu import GONE
from screens.shared.base import BaseScreen
from screens.shared.records import RecordList
from screens.staff.staff import StaffFormScreen, StaffScreen
from tests.screens.driving import SMALL, driving


async def test_somebody_new_gets_groups_and_leaves(practice: Board) -> None:
    async with driving(practice, "administratie", SMALL) as program:
        await program.open("Medewerkers")
        await program.press("n")
        await program.type("Wim [/]")
        await program.press("tab", "tab")
        await program.type("Aalders")
        await program.press("tab")
        await program.type("wim@school")
        await program.press("f2")
        assert "× E-mailadres 'wim@school' heeft na de @ geen goed domein" in program.words
        await program.type(".nl")
        await program.press("tab", "down", "space", "f2")
        assert "Aalders, Wim [/]" in program.text
        assert program.said[-1] == "Medewerker M022 is toegevoegd."
        await program.press("f3")
        await program.type("aalders")
        await program.press("enter", "delete")
        assert "Niet meer actief?" in program.text
        await program.press("left", "enter")
        assert "nee" in program.line("Aalders")
        await program.press("delete", "left", "enter")
        assert StaffMember.get(StaffMember.key == "M022").active
        await program.press("escape")
        assert "Startpagina" in program.text.splitlines()[1]


async def test_the_cursor_stays_on_what_was_acted_on_and_its_detail_beside(practice: Board) -> None:
    async with driving(practice, "administratie") as program:
        await program.open("Medewerkers")
        await program.press("end", "up", "up", "enter", "tab", "tab", "home")
        await program.type("Aa")
        await program.press("f2")
        assert "AaVisser" in program.line("▶"), "it sorts elsewhere now"
        assert program.line("M011   ● Actief"), "the detail beside it"
        await program.press("n")
        await program.type("Zoë")
        await program.press("tab", "tab")
        await program.type("Midden")
        await program.press("f2")
        assert "Midden, Zoë" in program.line("▶")
        assert program.line("geen: kan zich niet"), "and of the new one"


async def test_a_member_of_staff_who_seems_to_be_there_is_asked_and_not_refused(practice: Board) -> None:
    wout = StaffMember.get(StaffMember.first_name == "Wout")
    async with driving(practice) as program:
        await program.go_to("medewerkers")
        await program.press("n")
        await program.type("WOUT")
        await program.press("tab")
        await program.type(wout.prefix)
        await program.press("tab")
        await program.type(wout.last_name)
        await program.press("f2")
        assert "staat al medewerker" in program.words
        await program.press("left", "enter")
        assert "is toegevoegd" in program.said[-1]
    assert StaffMember.select().where(StaffMember.first_name == "WOUT").count() == 1


async def test_a_form_keeps_its_ticks_and_asks_before_it_loses_them(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("medewerkers")
        await program.press("enter", *["tab"] * 4)
        assert "[x]  6" in program.text
        await program.press("down", "space", "escape")
        assert "Wijzigingen weggooien?" in program.text
        await program.press("escape", "f2")
        assert program.line("Boer, Wout de").partition("Wout de")[2].split()[:4] == ["M013", "1,", "6", "ja"]


async def test_a_group_is_made_filled_and_cannot_go_any_more(practice: Board) -> None:
    async with driving(practice, "administratie", SMALL) as program:
        await program.open("Groepen en onderwijssoorten")
        await program.press("n")
        await program.type("Aarde")
        await program.press("tab", "enter", "down", "enter", "tab")
        await program.type("7,8")
        await program.press("f2")
        assert "Instructiegroep" in program.line("Aarde")
        await program.press("f3")
        await program.type("aarde")
        await program.press("enter")
        await program.act("Leerlingen")
        await program.press("space", "space", "f3")
        await program.type("akkerman")
        assert "2 in de groep (+2 -0)" in program.text
        await program.press("f2")
        aarde = Group.get(Group.name == "Aarde")
        assert len(members.seated(aarde)) == 2
        await program.press("delete", "left", "enter")
        assert "zijn 2 leerlingen ingedeeld" in program.said[-1]
        await program.act("Onderwijssoorten")
        assert "Basisonderwijs (bo)" in program.text


async def test_a_tick_for_all_that_were_found_leaves_the_others_and_is_not_lost_without_a_question(
    practice: Board,
) -> None:
    async with driving(practice) as program:
        await program.open("Groepen en onderwijssoorten")
        await program.press("f3")
        await program.type("leesgroep")
        await program.press("enter")
        await program.act("Leerlingen")
        await program.press("f3")
        await program.type("ba")
        await program.press("enter", "asterisk")
        assert "13 in de groep (+4 -0)" in program.text
        await program.press("ctrl+q")
        assert "Wijzigingen weggooien?" in program.text
        await program.press("escape", "asterisk")
        assert program.line("Zoeken").rstrip().endswith(" 9 in de groep")


@pytest.mark.parametrize("key", ["enter", "a", "delete"])
async def test_a_group_that_a_colleague_deleted_meanwhile_is_told(practice: Board, key: str) -> None:
    colleague = actor_for(find_user(practice, "appbeheer"))
    group = group_editing.add(colleague, group_editing.GroupForm("Aarde", "5", "overig"))
    async with driving(practice) as program:
        await program.open("Groepen en onderwijssoorten")
        await program.press("f3")
        await program.type("aarde")
        await program.press("enter")
        group_editing.delete(colleague, group)
        if key == "a":
            await program.act("Leerlingen")
        else:
            await program.press(*((key, "left", "enter") if key == "delete" else (key,)))
        told = ("Deze groep staat niet (meer) op vestiging 99QQ00.", *([GONE] if key == "a" else []))
        assert program.said[-1] in told, "the list may have been read again by then"
        assert "0 van 12" in program.text


async def test_what_a_colleague_changed_meanwhile_reads_as_the_form_does(practice: Board) -> None:
    colleague = actor_for(find_user(practice, "appbeheer"))
    async with driving(practice) as program:
        await program.open("Medewerkers")
        await program.press("enter")
        await program.type("x")
        first = StaffMember.get(StaffMember.last_name == "Boer")
        staff.deactivate(colleague, first)
        await program.press("f2")
        assert program.line("  Actief ")
        assert program.line("nu in ESIS     nee")


async def test_a_basisgroep_is_filled_elsewhere_and_another_year_is_to_look_at(practice: Board) -> None:
    Group.create(
        location=StaffMember.get().location, key="oud", name="Oude 8", year_groups="8", school_year="2018-2019"
    )
    async with driving(practice) as program:
        await program.go_to("groepen-en-onderwijssoorten")
        await program.act("Leerlingen")
        assert "is een basisgroep" in program.said[-1]
        await program.press("f", "down", "enter")
        assert program.line("Oude 8")
        await program.press("enter")
        assert "Alleen de groepen van 2019-2020 zijn te wijzigen" in program.said[-1]
        assert group_editing.school_years(program.actor) == ["2019-2020", "2018-2019"]


async def test_a_code_list_gets_an_entry_that_is_switched_off(practice: Board) -> None:
    async with driving(practice, "administratie", SMALL) as program:
        await program.open("Hulptabellen")
        await program.press("enter")
        assert "'Verhuizing' hoort bij ESIS en ligt vast" in program.said[-1]
        await program.press("f", "down", "enter", "n")
        await program.type("buurvrouw")
        await program.press("f2", "end", "delete")
        assert program.line("buurvrouw").split() == ["▶", "buurvrouw", "eigen", "nee"]
        assert not LookupEntry.get(LookupEntry.code_list == "relatie").active


async def test_a_relation_is_added_changed_and_deleted(practice: Board) -> None:
    async with driving(practice, "administratie", SMALL) as program:
        await program.open("Relaties")
        assert "Er zijn nog geen relaties" in program.text
        await program.press("n")
        await program.type("Schoolarts")
        await program.press("f2", "enter", "tab", "tab")
        await program.type("A. Bakker")
        await program.press("ctrl+s")
        assert Relation.get().contact == "A. Bakker"
        await program.press("delete", "left", "enter")
        assert "Er zijn nog geen relaties" in program.text


def slowly(kind: type[BaseScreen], seconds: float) -> Any:
    """Reading takes so long on a screen of this kind."""
    real = kind.read

    def read(self: BaseScreen) -> Any:
        time.sleep(seconds)
        return real(self)

    return patch.object(kind, "read", read)


async def test_enter_twice_after_a_search_opens_what_was_searched(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("medewerkers")
        rows = list(program.app.screen.query_one(RecordList).every_row(99))
        await program.press("f3")
        with slowly(StaffScreen, 0.1):
            for key in (*rows[-1].last_name, "enter", "enter"):
                program.app.simulate_key(key)
            await program.until(lambda: isinstance(program.app.screen, StaffFormScreen))
            await program.settle()
        assert rows[-1].last_name in program.words
        assert rows[0].last_name not in program.words


async def test_a_search_taken_back_while_it_is_read_is_not_shown(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("medewerkers")
        listed = program.app.screen.query_one(RecordList)
        before = listed.row_count
        await program.press("f3")
        with slowly(StaffScreen, 0.1):
            await program.type("q")
            for key in ("backspace", "q", "backspace"):
                program.app.simulate_key(key)
            await program.settle()
        assert listed.row_count == before


async def test_readings_that_overlap_have_their_own_rows(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("medewerkers")
        screen = program.app.screen
        assert isinstance(screen, StaffScreen)
        rows = list(screen.rows())

        def meanwhile(*texts: str) -> str:
            screen._rows = ()  # as another reading does
            return folded(*texts)

        with patch.object(listing, "folded", meanwhile), patch.object(screen, "rows", lambda: rows):
            assert screen.source("")[1] == len(rows)


async def test_what_somebody_else_adds_does_not_move_the_cursor(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("medewerkers")
        listed = program.app.screen.query_one(RecordList)
        await program.press("down")
        before = listed.row
        assert before is not None
        made = dict(StaffMember.select().dicts().first(), last_name="Aa", sort_name="aa", key="M999", eckid="")
        del made["id"]
        StaffMember.insert(**made).execute()
        await program.data_changed()
        assert listed.row is not None
        assert listed.row.id == before.id
        assert listed.cursor == 2
