"""Exporteren and Exportdefinities by keyboard alone, in 80 columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.access import actor_for, find_user
from app.exchange import edexml
from app.school.files import export_definitions as definitions
from app.school.files.export_definitions import DefinitionForm
from models.board import Board
from models.export import ExportDefinition
from screens.exchange.definition_form import DefinitionForm as FormScreen
from screens.exchange.definitions import DefinitionsScreen
from screens.exchange.exporting import ExportScreen
from tests.screens.driving import SMALL, driving


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The downloads folder of somebody who has none yet."""
    folder = tmp_path / "downloads"
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(folder))
    return folder


def shared_list(practice: Board) -> ExportDefinition:
    actor = actor_for(find_user(practice, "administratie"))
    form = DefinitionForm("Groep 8", "pupils", ("first_name", "last_name"), "Groep is 8", shared=True)
    return definitions.create(actor, form)


async def test_a_location_and_ticked_groups_become_an_edexml_file(practice: Board, downloads: Path) -> None:
    path = downloads / "edexml-99QQ00-2020-04-14.xml"
    async with driving(practice, size=SMALL) as program:
        await program.open("exporteren")
        assert isinstance(program.app.screen, ExportScreen)
        await program.press("f2")
        await program.until(lambda: "✓" in program.text)
        assert path.name in program.text.replace("\n", "").replace(" ", "")
        assert "Groepen: 10. Leerlingen: 221. Medewerkers: 15." in program.words
        assert len(edexml.read(path).pupils) == 221
        await program.press("tab", "space", "tab", "tab", "tab", "tab", "end", "up", "space", "f2")
        assert "Overschrijven?" in program.text
        await program.press("left", "enter")
        await program.until(lambda: "Groepen: 1." in program.words)
        file = edexml.read(path)
        assert [group.name for group in file.groups] == ["8"]
        assert all(pupil.group_keys or pupil.unsubscribed_on for pupil in file.pupils)
        await program.press("escape")
        assert not isinstance(program.app.screen, ExportScreen)


async def test_a_definition_is_made_run_copied_shared_and_deleted(practice: Board, downloads: Path) -> None:
    async with driving(practice, size=SMALL) as program:
        await program.open("exportdefinities")
        assert "Er zijn nog geen exportdefinities." in program.words
        await program.press("n", "enter")
        assert isinstance(program.app.screen, FormScreen)
        await program.press("f2")
        assert "Naam is verplicht." in program.text
        await program.type("Groep 8")
        await program.press("tab", "space", "space", "down", "space", "up", "up", "shift+up", "tab")
        await program.type("Groep is acht, ")
        await program.press("backspace", "backspace", "f2")
        await program.until(lambda: isinstance(program.app.screen, DefinitionsScreen))
        assert ExportDefinition.get().columns == "key,last_name,first_name"
        await program.press("w")
        await program.press("tab", "tab", "up", "end", *(["backspace"] * 4), "8", "f2")
        await program.until(lambda: isinstance(program.app.screen, DefinitionsScreen))
        await program.press("f2")
        await program.until(lambda: "Achternaam" in program.text)
        await program.press("f2")
        await program.until(lambda: "Groep 8: 24 rijen." in program.words)
        written = (downloads / "groep-8-2020-04-14.csv").read_text(encoding="utf-8-sig").splitlines()
        assert (written[0], len(written)) == ("Leerlingnummer;Achternaam;Roepnaam", 25)
        await program.press("escape", "k", "home")
        await program.act("Delen")
        await program.press("delete", "left", "enter")
        await program.until(lambda: ExportDefinition.select().count() == 1)
        assert [(one.name, one.shared) for one in ExportDefinition.select()] == [("Groep 8 (kopie)", False)]


async def test_a_definition_that_a_colleague_changed_meanwhile_shows_both(practice: Board) -> None:
    made = shared_list(practice)
    async with driving(practice) as program:
        await program.open("exportdefinities")
        await program.press("enter", "tab", "shift+down")
        colleague = actor_for(find_user(practice, "administratie"))
        changed = DefinitionForm(
            "Groep 8", "pupils", ("first_name", "last_name", "group"), "Leerjaar is 8", shared=True
        )
        definitions.change(colleague, made, changed)
        await program.press("f2")
        await program.until(lambda: "Intussen gewijzigd" in program.text)
        assert "nu in ESIS Roepnaam, Achternaam, Groep" in program.words
        assert "uw invoer Achternaam, Roepnaam" in program.words
        assert "nu in ESIS" in program.line("Leerjaar is 8")


async def test_somebody_elses_definition_stays_and_results_are_not_for_everybody(practice: Board) -> None:
    shared_list(practice)
    async with driving(practice, size=SMALL) as program:
        await program.open("exportdefinities")
        await program.press("delete", "left", "enter")
        await program.until(lambda: any("is van administratie" in said for said in program.said))
        assert ExportDefinition.select().count() == 1
    async with driving(practice, "administratie") as program:
        await program.open("exportdefinities")
        await program.press("n")
        assert "Verzorgers" in program.text
        assert "Toetsresultaten" not in program.text
    async with driving(practice, "leerkracht6") as program:
        await program.open("exportdefinities")
        assert "gegevens exporteren" in program.words
