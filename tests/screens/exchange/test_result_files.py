"""SCOL-import and Eindtoetsgegevens importeren by keyboard: choose, preview, import, and refusals."""

from __future__ import annotations

from pathlib import Path

from models.assessment import ActiveAssessment, Result
from models.board import Board, Location
from models.school import Group, Placement, Pupil
from screens.exchange.result_files import EindtoetsScreen, ResultsPreviewScreen, ScolScreen
from tests.school.files.result_files import eindtoets_file, scol_file
from tests.screens.driving import SMALL, driving


def here(board: Board) -> Location:
    return Location.get(Location.board == board, Location.number == "00")


def somebody(board: Board, group: str) -> Pupil:
    """A pupil of this group with the birth date that the files of these tests have."""
    seated = Placement.select(Placement.pupil).join(Group).where(Group.location == here(board), Group.name == group)
    pupil: Pupil = Pupil.select().where(Pupil.id.in_(seated)).order_by(Pupil.id).first()
    Pupil.update(birth_date="2010-01-01").where(Pupil.id == pupil.id).execute()
    return pupil


async def test_scol_is_switched_on_looked_at_and_imported(practice: Board, tmp_path: Path) -> None:
    pupil = somebody(practice, "6")
    path = tmp_path / "scol.csv"
    path.write_bytes(
        scol_file((pupil.key, "Totaal", "60"), (pupil.key, "Samenwerken", "72"), ("999999", "Totaal", "5"))
    )
    async with driving(practice, "ib", size=SMALL) as user:
        await user.open("SCOL-import")
        await user.type(str(path))
        await user.press("f2")
        assert isinstance(user.app.screen, ResultsPreviewScreen)
        assert "Importeren kan niet: los eerst de fouten op" in user.words
        await user.press("enter")
        assert "Beheer > Toetsen > Toetsen activeren" in user.words
        await user.press("escape", "escape")
        ActiveAssessment.create(location=here(practice), assessment="scol")
        await user.press("f2")
        assert "Problemen: 0 fouten, 1 waarschuwing" in user.text
        assert "Veranderingen: 2" in user.text
        await user.press("f2")
        assert isinstance(user.app.screen, ScolScreen)
        assert "2 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 overgeslagen." in user.words
        assert Result.select().where(Result.supplier == "scol").count() == 2
        await user.press("f2")
        assert "Alles staat al zo in ESIS; er is niets te importeren." in user.words
        await user.press("escape", "escape")
        assert not isinstance(user.app.screen, ScolScreen)


async def test_the_eindtoets_is_imported_and_stands_with_the_pupil(practice: Board, tmp_path: Path) -> None:
    pupil, six = somebody(practice, "8"), somebody(practice, "6")
    ActiveAssessment.create(location=here(practice), assessment="eindtoets-8")
    path, wrong = tmp_path / "eindtoets.csv", tmp_path / "fout.csv"
    path.write_bytes(eindtoets_file(pupil.key))
    wrong.write_bytes(eindtoets_file(six.key))
    async with driving(practice, "rovict", size=SMALL) as user:
        await user.open("Eindtoetsgegevens")
        await user.type(str(wrong))
        await user.press("f2", "enter")
        assert "de eindtoets is voor leerjaar 8" in user.words
        await user.press("escape", "escape", "escape")
        await user.open("Eindtoetsgegevens")
        await user.type(str(path))
        await user.press("f2", "f2")
        assert isinstance(user.app.screen, EindtoetsScreen)
        assert "1 nieuw" in user.words
        await user.press("escape")
        await user.open("Leerlingenadministratie")
        await user.press("f3")
        await user.type(pupil.key)
        await user.press("enter")
        user.app.screen.query_one("#way-results").focus()
        await user.press("enter")
        assert "havo" in user.line("Eindtoets")
        assert "Taalverzorging" in user.line("1F")


async def test_who_may_not_import_results_is_told_why(practice: Board) -> None:
    async with driving(practice, "administratie") as user:
        for item in ("scol-import", "eindtoetsgegevens-importeren", "dultkoppeling"):
            await user.go_to(item)
            assert "Uw rol (Administratief medewerker) laat dit niet toe" in user.words
