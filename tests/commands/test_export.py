"""`esis export edexml`: what it writes and prints, what it overwrites, and that the file can be read back."""

from __future__ import annotations

from pathlib import Path

from app.exchange import edexml
from tests.commands.conftest import Esis, ended, started


def test_the_whole_location_goes_into_the_file_and_says_so_on_stderr(esis: Esis, tmp_path: Path) -> None:
    path = tmp_path / "school.xml"
    said = esis("export", "edexml", str(path))
    assert (said.status, said.out) == (0, "")
    assert said.err == (
        f"Geschreven naar {path}. Vestiging 99QQ00, schooljaar 2019-2020. Groepen: 10. Leerlingen: 221. Medewerkers: 15.\n"
    )
    file = edexml.read(path)
    assert (len(file.groups), len(file.pupils), len(file.teachers), file.problems) == (10, 221, 15, [])
    assert "Alles staat al zo in ESIS" in esis("import", str(path), "--yes").err


def test_chosen_groups_and_no_others(esis: Esis, tmp_path: Path) -> None:
    path = tmp_path / "groepen.xml"
    assert esis("export", "edexml", str(path), "--group", "8", "--group", "groep 5/6").status == 0
    assert [group.name for group in edexml.read(path).groups] == ["5/6", "8"]
    said = esis("export", "edexml", str(path), "--group", "11", "--yes")
    assert (said.status, said.out) == (1, "")
    assert "Groep '11' bestaat niet" in said.err
    said = esis("export", "edexml", str(path), "--group", "Schoolkoor", "--yes")
    assert (said.status, "is niet 'In koppelingen beschikbaar'" in said.err) == (1, True)
    assert len(edexml.read(path).groups) == 2


def test_a_file_that_is_there_is_overwritten_with_yes_only(esis: Esis, tmp_path: Path) -> None:
    path = tmp_path / "school.xml"
    path.write_text("van mij")
    said = esis("export", "edexml", str(path))
    assert said.status == 1
    assert said.err == f"{path} bestaat al. Vervangen? Voeg --yes toe om dat te bevestigen.\n"
    assert path.read_text() == "van mij"
    assert esis("export", "edexml", str(path), "--yes").status == 0
    assert path.read_bytes().startswith(b"<?xml")
    assert esis("export", "edexml", str(tmp_path / "weg" / "school.xml")).status == 1
    assert esis("export", "edexml").status == 2


def test_a_pipe_gets_the_whole_file_and_nothing_but_the_file(practice: str, esis: Esis) -> None:
    said = ended(started(practice, "export", "edexml", "-", "--group", "8"))
    assert (said.status, "Geschreven naar de standaarduitvoer." in said.err) == (0, True)
    assert len(edexml.read(said.out.encode()).pupils) == 24


def test_who_may_not_export_is_told_who_may(esis: Esis, tmp_path: Path) -> None:
    path = tmp_path / "school.xml"
    said = esis("--user", "leerkracht6", "export", "edexml", str(path))
    assert (said.status, "gegevens exporteren" in said.err, path.exists()) == (1, True, False)
