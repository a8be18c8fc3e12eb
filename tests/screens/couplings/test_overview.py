"""Koppelingenoverzicht by keyboard: the two lists, the headings, the four entries of the left block, the terms."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList

from models.board import Board
from models.coupling import Coupling
from tests.screens.couplings.walking import activated
from tests.screens.driving import SMALL, WIDE, Driver, driving

SIZES = pytest.mark.parametrize("size", [WIDE, SMALL], ids=["120x36", "80x24"])


async def test_available_couplings_stand_under_their_headings_with_counts(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.go_to("koppelingen")
        assert "Nog geen koppeling geactiveerd." in program.text
        assert "Kies hieronder bij een koppeling Activeren en druk op Enter." in program.text
        assert "Uitwisselingen" not in program.text, "there are none to show"
        assert "▼ Resultatenkoppeling (2 koppelingen)" in program.text
        assert "▼ Oudercommunicatie (1 koppeling)" in program.text
        assert "Gebruikersvoorwaarden    ▶ Activeren ◀" in program.line("IEP LVS  ")
        assert program.line("Gynzy resultatenkoppeling").endswith("Activeren")
        await program.press("enter")
        assert "Uw gegevens" in program.text


@SIZES
async def test_a_coupling_is_in_one_list_only(practice: Board, size: tuple[int, int]) -> None:
    activated(practice)
    async with driving(practice, size=size) as program:
        await program.go_to("koppelingen")
        line = program.line("IEP LVS             ")
        assert "Andere helft ontbreekt" in line, "it is not set up at IEP LVS"
        assert "Startdatum       14-4-2020" in program.text
        assert "▼ Resultatenkoppeling (1 koppeling)" in program.text
        assert not program.app.screen.query("#activate-iep-lvs")
        listed = [line for line in program.text.splitlines() if "IEP LVS             " in line and "ESIS ●" not in line]
        assert len(listed) == 1
        assert "99QQ00****" in program.line("Verificatiecode")
        if size == WIDE:
            assert "14-4-2020" in line
            assert "nog geen" in line


async def test_at_100_columns_nothing_of_a_coupling_is_cut(practice: Board) -> None:
    activated(practice)
    async with driving(practice, size=(100, 30)) as program:
        await program.go_to("koppelingen")
        assert "▶ IEP LVS  " in program.text
        assert "◐ Andere helft ontbreekt" in program.line("▶ IEP LVS")
        assert "Laatste uitwisseling ┃" in program.text
        assert "99QQ00****" in program.line("Verificatiecode")
        assert "vraagt eerst" in program.line("Del Beëindigen")
        await program.press("f7")
        assert "99QQ001234567890abcd" in program.line("Verificatiecode ")
        assert "oefenversie 1" in program.line("Voorwaarden")
        assert "Koppeling beëindigen ▕" in program.text


async def test_a_stopped_coupling_says_so(practice: Board) -> None:
    activated(practice, code="")
    async with driving(practice) as program:
        await program.go_to("koppelingen")
        assert "Nog geen code" in program.line("IEP LVS  ")
        assert "geen code" in program.line("IEP LVS  ")


async def test_a_heading_folds_and_unfolds(practice: Board) -> None:
    async with driving(practice) as program:
        await program.go_to("koppelingen")
        await program.press("left", "up")
        await program.press("enter")
        assert "› Resultatenkoppeling (2 koppelingen)" in program.text
        assert "Gynzy resultatenkoppeling" not in program.text
        await program.press("enter")
        assert "▼ Resultatenkoppeling (2 koppelingen)" in program.text
        assert "Activeren" in program.line("Gynzy resultatenkoppeling")


async def left_block(program: Driver, entry: int) -> None:
    """Choose an entry of the left block by keyboard."""
    links = list(program.app.screen.query("#left-block Link"))
    links[0].focus()
    await program.press(*["down" if program.app.size.width >= 100 else "right"] * entry, "enter")


async def test_the_four_entries_of_the_left_block(practice: Board) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.go_to("koppelingen")
        await left_block(program, 1)
        assert "Kies welke koppeling u wilt activeren." in program.text
        assert "Activeren" in program.line("IEP LVS  ")
        await left_block(program, 2)
        assert "Er is geen geactiveerde koppeling om te beëindigen." in program.words
        await left_block(program, 3)
        assert "Koppelingenlogboek" in program.text
        await left_block(program, 0)
        assert "Geactiveerde koppelingen" in program.text
        await program.press(*["escape"] * 5)
        assert "▌Startpagina" in program.text


async def test_ending_from_the_left_block(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        await program.go_to("koppelingen")
        await left_block(program, 2)
        await program.press("enter")
        assert "Typ ter bevestiging: IEP LVS" in program.text
        await program.type("IEP LVS")
        await program.press("enter")
        assert Coupling.get().state == "ended"


async def test_del_asks_about_the_coupling_one_stands_on_and_offers_nothing_at_a_heading(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        await program.go_to("koppelingen")
        program.app.screen.query(".heading-link")[0].focus()
        await program.settle()
        assert not program.app.screen.check_action("end", ())
        program.app.screen.query_one("#live").focus()
        await program.press("delete")
        assert "Typ ter bevestiging: IEP LVS" in program.text


async def test_only_what_is_activated_can_be_stopped_from_the_palette(practice: Board) -> None:
    activated(practice)
    async with driving(practice) as program:
        await program.press("ctrl+p")
        await program.type("tijdelijk")
        await program.press("enter")
        assert "Welke koppeling?" in program.text
        assert program.app.screen.query_one(OptionList).option_count == 1


# ---- the terms


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "thuis"))
    monkeypatch.delenv("XDG_DOWNLOAD_DIR", raising=False)
    return tmp_path / "thuis"


async def test_the_terms_are_read_and_saved_and_it_says_where(practice: Board, home: Path) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.go_to("koppelingen")
        await program.press("left", "enter")
        assert "oefentekst" in program.words.lower()
        await program.press("f2", "tab", "enter")
        first, second = (Path(sentence.removeprefix("Bewaard als ")) for sentence in program.said)
        assert first.is_relative_to(home)
        assert second.name == "gebruikersvoorwaarden-iep-lvs-2.md", "the first is kept"
        text = first.read_text(encoding="utf-8")
        assert text == second.read_text(encoding="utf-8")
        assert "IEP LVS" in text
        assert "oefenversie 1" in text


async def test_where_it_cannot_be_saved_it_says_why(practice: Board, home: Path) -> None:
    home.write_text("in the way")
    async with driving(practice) as program:
        await program.go_to("koppelingen")
        await program.press("left", "enter", "f2")
        assert "is niet te schrijven" in program.said[0]


async def test_the_terms_open_from_the_form_and_nothing_typed_is_lost(practice: Board) -> None:
    async with driving(practice) as program:
        await program.open("Koppeling activeren: IEP LVS")
        await program.type("R. Victor")
        await program.press("shift+tab", "enter")
        assert "Gebruikersvoorwaarden" in program.text.splitlines()[1]
        await program.press("escape")
        assert "R. Victor" in program.line("Uw naam")
