"""Import by keyboard: choosing a file, the preview, importing, a new location, and all refusals."""

from __future__ import annotations

from pathlib import Path

from models.board import Board
from models.school import Group, Placement, Pupil, StaffMember
from screens.exchange.importing import ImportScreen
from screens.exchange.preview import PreviewScreen
from screens.exchange.report import ReportScreen
from screens.shared.records import RecordList
from tests.screens.driving import SMALL, driving
from tests.screens.exchange.importing import choose, write

ARRIVAL = "Morgen in Basispoort, overmorgen in IEP LVS."


async def test_a_file_is_previewed_and_imported(practice: Board, tmp_path: Path) -> None:
    async with driving(practice, "administratie", size=SMALL) as user:
        await choose(user, write(tmp_path))
        assert isinstance(user.app.screen, PreviewScreen)
        assert user.line("Groepen").split()[1:] == ["1", "0", "0"]
        assert user.line("Leerlingen").split()[1:] == ["1", "0", "0"]
        assert "Geen problemen gevonden" in user.text
        assert "Jan Boer [/]" in user.text
        assert not Pupil.select().where(Pupil.key == "90001").exists()
        await user.press("f2")
        assert isinstance(user.app.screen, ReportScreen)
        assert ARRIVAL in user.text
        pupil = Pupil.get(Pupil.key == "90001")
        assert Placement.get(Placement.pupil == pupil).group.name == "Vlinders"
        assert StaffMember.select().where(StaffMember.key == "T900").exists()


async def test_a_second_import_shows_only_what_differs(practice: Board, tmp_path: Path) -> None:
    async with driving(practice) as user:
        await choose(user, write(tmp_path))
        await user.press("f2", "escape")
        path = write(tmp_path)
        path.write_text(path.read_text().replace("Boer [/]", "Boer [b]"))
        await choose(user, path)
        assert user.line("Leerlingen").split()[1:] == ["0", "1", "0"]
        assert user.line("gewijzigd  achternaam: Boer [/] → Boer [b]")
        await user.press("tab", "tab", "enter")
        assert user.line("achternaam: Boer [/] → Boer [b]")
        await user.press("escape", "f2")
        assert Pupil.get(Pupil.key == "90001").last_name == "Boer [b]"
        await user.press("escape")
        await choose(user, path)
        assert "Alles staat al zo in ESIS" in user.text
        await user.press("f2")
        assert isinstance(user.app.screen, PreviewScreen)


async def test_errors_come_first_and_refuse_the_import(practice: Board, tmp_path: Path) -> None:
    extra = '<leerling key="90002"><achternaam>B</achternaam><geslacht>7</geslacht><groep key="WEG"/></leerling>'
    before = (Pupil.select().count(), Group.select().count())
    async with driving(practice, size=SMALL) as user:
        await choose(user, write(tmp_path, extra=extra))
        problems = user.app.screen.query_one("#problems", RecordList)
        assert [problems.row_at(place).severity for place in range(problems.row_count)][:2] == ["fout", "fout"]
        assert "Importeren kan niet" in user.words
        assert problems.has_focus
        await user.press("enter")
        assert "regel 8: leerling 90002" in user.words
        await user.press("escape", "f2")
        assert isinstance(user.app.screen, PreviewScreen)
    assert (Pupil.select().count(), Group.select().count()) == before


def of_pupils(*records: tuple[str, str, str]) -> str:
    """Pupils by number, first name and birth date."""
    return "".join(
        f'<leerling key="{key}"><achternaam>Zee</achternaam><roepnaam>{first}</roepnaam><geboortedatum>{born}</geboortedatum>'
        '<geslacht>1</geslacht><jaargroep>4</jaargroep><groep key="IMP1"/></leerling>'
        for key, first, born in records
    )


async def test_who_may_be_somebody_is_chosen_before_anything_is_imported(practice: Board, tmp_path: Path) -> None:
    children = [("Aal", "2011-01-01"), ("Bar", "2011-01-02"), ("Cis", "2011-01-03")]
    with_zeros = [(f"0000{number}", *child) for number, child in enumerate(children, 1)]
    without = [(str(number), *child) for number, child in enumerate(children, 1)]
    async with driving(practice, size=SMALL) as user:
        await choose(user, write(tmp_path, extra=of_pupils(*with_zeros)))
        await user.press("f2", "escape")
        others = ("00003", "Dik", "2010-05-05"), ("4", "Eva", "2011-01-04")
        await choose(user, write(tmp_path, extra=of_pupils(*without[:2], *others)))
        assert "Nog te kiezen: 3 van 3" in user.text
        await user.press("f2")
        assert isinstance(user.app.screen, PreviewScreen)
        assert "3 leerlingen lijken op iemand die er al is. Kies eerst wie het is" in user.words
        await user.press("enter")
        assert "Dezelfde als 00001, Aal Zee, geboren 1-1-2011" in user.words
        assert "Iemand anders: wordt een nieuwe leerling met nummer 1" in user.words
        await user.press("enter")
        assert "Bij 1 andere leerling is het net zo" in user.words
        await user.press("left", "enter")
        assert "Nog te kiezen: 1 van 3" in user.text
        await user.press("enter")
        assert "Nummer 00003 is van een leerling van deze vestiging" in user.words
        await user.press("down", "enter", "f2")
        assert isinstance(user.app.screen, ReportScreen)
        assert "Regels die u oversloeg: 1" in user.text
    assert [row.key for row in Pupil.select().where(Pupil.last_name == "Zee").order_by(Pupil.key)] == [
        "00001",
        "00002",
        "00003",
        "4",
    ]
    assert Pupil.get(Pupil.key == "00003").first_name == "Cis"


async def test_what_is_no_edexml_is_refused_beside_the_path(practice: Board, tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.touch()
    async with driving(practice) as user:
        await user.go_to("import")
        await user.type(str(path))
        for content, sentence in (
            ("", "het bestand is leeg"),
            ("geen xml", "hier begint geen XML"),
            ('<!DOCTYPE EDEX [<!ENTITY a "b">]><EDEX>&a;</EDEX>', "DOCTYPE"),
            ("<EDEX><school>", "het bestand houdt op"),
        ):
            path.write_text(content)
            await user.press("f2")
            assert isinstance(user.app.screen, ImportScreen)
            assert sentence in user.words
        await user.press("tab")
        assert sentence in user.words


async def test_a_path_that_is_not_there_or_a_folder_is_refused(practice: Board, tmp_path: Path) -> None:
    async with driving(practice) as user:
        await choose(user, tmp_path / "weg.xml")
        assert "bestaat niet" in user.words
        await user.press("escape")
        await choose(user, tmp_path)
        assert "Dit is een map" in user.text
        await user.press("escape")
        assert not isinstance(user.app.screen, ImportScreen)


async def test_the_list_leads_to_a_file_and_the_right_arrow_completes_its_name(practice: Board, tmp_path: Path) -> None:
    folder = tmp_path / "map [b]"
    folder.mkdir()
    write(folder, "leerlingen.xml")
    (folder / "foto.png").write_text("")
    async with driving(practice) as user:
        await user.go_to("import")
        await user.type(f"{tmp_path}/ma")
        await user.press("right")
        assert user.line("Bestand *").rstrip(" ┃").endswith("map [b]/")
        assert "leerlingen.xml" in user.text
        assert "foto.png" not in user.text
        await user.press("tab", "tab", "tab", "enter")
        assert isinstance(user.app.screen, PreviewScreen)


async def test_a_preview_that_is_outdated_is_shown_again(practice: Board, tmp_path: Path) -> None:
    async with driving(practice) as user:
        await choose(user, write(tmp_path))
        Group.create(location=user.actor.location, key="IMP1", name="Rupsen", school_year="2019-2020", year_groups="4")
        await user.press("f2")
        assert isinstance(user.app.screen, PreviewScreen)
        assert "er is niets geïmporteerd" in user.said[-1]
        assert user.line("Groepen").split()[1:] == ["0", "1", "0"]


async def test_the_official_example_imports(practice: Board, standards: Path) -> None:
    async with driving(practice, size=SMALL) as user:
        await choose(user, standards / "edexml-2.1" / "EDEXML.Voorbeeld.2.1.xml")
        await user.press("left", "enter", "f2")
        assert isinstance(user.app.screen, ReportScreen)
        assert user.line("Leerlingen").split()[1:3] == ["2", "nieuw,"]


async def test_real_pupils_are_asked_about_and_can_be_replaced(practice: Board, tmp_path: Path) -> None:
    path = write(tmp_path, brin="12AB")
    there = Pupil.select().count()
    async with driving(practice, size=SMALL) as user:
        await user.open("Import")
        await user.type(str(path))
        await user.press("f2")
        assert "Echte leerlingen?" in user.text
        assert "school 12AB, en dat is geen oefenschool" in user.words
        await user.press("end", "enter")
        assert isinstance(user.app.screen, ImportScreen)
        await user.press("f2", "home", "enter")
        assert isinstance(user.app.screen, PreviewScreen)
        assert "Jan Boer" not in user.words
        assert Pupil.select().count() == there  # nothing is kept by looking
        await user.press("f2")
        assert isinstance(user.app.screen, ReportScreen)
    assert Pupil.select().count() == there + 1
    assert Pupil.select().where(Pupil.key == "90001").count() == 0
