"""`esis import`: the official example at a new location, a dry run, the wrong BRIN, and files refused entirely."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.board import Location, School
from models.partners.iep_lvs import IepSchool
from models.school import Pupil
from tests.commands.conftest import Esis, everything
from tests.school.files.edex import edex, group, pupil

NEW = ("--location", "99ZZ00")


@pytest.fixture
def example(standards: Path) -> str:
    return str(standards / "edexml-2.1" / "EDEXML.Voorbeeld.2.1.xml")


@pytest.fixture
def own_file(tmp_path: Path) -> str:
    """A file of the practice board's location 99QQ00, with one new pupil."""
    path = tmp_path / "school.xml"
    path.write_bytes(edex(pupil("nieuw-1", group="G1"), groups=group("G1", "Nieuwe groep")))
    return str(path)


def test_the_official_example_becomes_a_location_with_its_pupils(esis: Esis, example: str) -> None:
    said = esis(*NEW, "import", example, "--yes")
    assert said.status == 0, said.err
    assert said.out.splitlines() == [
        "Groepen     8 nieuw, 0 gewijzigd, 0 ongewijzigd",
        "Leerlingen  2 nieuw, 0 gewijzigd, 0 ongewijzigd",
        "Medewerkers 3 nieuw, 0 gewijzigd, 0 ongewijzigd",
        "Geen groep  1 leerling",
    ]
    assert "Vestiging 99ZZ00 is aangemaakt." in said.err
    assert "let op  regel 14: het bestand is van schooljaar 2014-2015" in said.err
    assert "Geïmporteerd in 99ZZ00" in said.err
    assert [row["key"] for row in esis(*NEW, "pupil", "list", "--json").data] == ["00002", "00001"]
    again = esis(*NEW, "import", example, "--yes")
    assert (again.status, "Alles staat al zo in ESIS" in again.err) == (0, True)


def test_the_new_locations_pupils_reach_iep_lvs_and_the_coupling_works_there(esis: Esis, example: str) -> None:
    esis("--location", "99zz00", "import", example, "--yes")
    for _ in range(3):
        esis("clock", "advance", "--until", "morning")
    assert IepSchool.get(IepSchool.brin6 == "99ZZ00").groups.count() > 0
    code = "99ZZ00abcdefghijklmn"
    assert esis(*NEW, "coupling", "activate", "iep-lvs", "--name", "A", "--agree", "--code", code).status == 0
    assert esis(*NEW, "partner", "iep-lvs", "connect", "--code", code).status == 0


def test_a_dry_run_shows_and_changes_nothing_also_at_a_new_location(esis: Esis, example: str, own_file: str) -> None:
    before = everything()
    for arguments in ((*NEW, "import", example, "--dry-run"), ("import", own_file, "--dry-run", "--yes")):
        said = esis(*arguments)
        assert (said.status, said.out.count("nieuw")) == (0, 3)
        assert "aangemaakt" not in said.err
    assert everything() == before


def test_a_file_of_another_brin_is_refused(esis: Esis, example: str) -> None:
    before = everything()
    said = esis("import", example, "--yes")
    assert (said.status, said.out) == (1, "")
    assert "Het bestand is van BRIN 99ZZ00 (regel 14) en deze vestiging is 99QQ00" in said.err
    assert everything() == before


@pytest.mark.parametrize("what", ["another BRIN", "broken", "dangling", "bomb", "not there"])
def test_a_new_location_is_not_made_for_a_file_that_cannot_be_imported(esis: Esis, tmp_path: Path, what: str) -> None:
    path = tmp_path / "school.xml"
    bomb = '<!DOCTYPE EDEX [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><EDEX>&b;</EDEX>'
    content = {
        "another BRIN": edex(pupil("1")),
        "broken": b"<EDEX>",
        "bomb": bomb.encode(),
        "dangling": edex(pupil("1", group="weg"), brin="99ZZ"),
    }
    if what in content:
        path.write_bytes(content[what])
    before = everything()
    said = esis(*NEW, "import", str(path), "--yes")
    assert said.status == 1
    assert everything() == before
    assert School.select().where(School.brin == "99ZZ").count() == 0


@pytest.mark.parametrize("brin6", ["99ZZ", "ZZ9900", "99ZZ000", "99Z\u00c900"])
def test_what_is_no_brin6_is_no_new_location(esis: Esis, example: str, brin6: str) -> None:
    before = everything()
    said = esis("--location", brin6, "import", example, "--yes")
    assert (said.status, said.out) == (1, "")
    assert "is geen BRIN met vestigingsnummer" in said.err
    assert everything() == before


def test_errors_are_told_with_their_line_and_nothing_is_imported(esis: Esis, tmp_path: Path) -> None:
    path = tmp_path / "school.xml"
    path.write_bytes(edex(pupil("1", group="weg")))
    before = everything()
    said = esis("import", str(path), "--yes")
    assert (said.status, everything()) == (1, before)
    assert "FOUT  regel" in said.err
    assert "Er is niets geïmporteerd: los eerst de fouten in school.xml op." in said.err


def test_without_yes_it_asks(esis: Esis, own_file: str, example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    unattended = esis("import", own_file)
    assert (unattended.status, "Importeren? Voeg --yes toe" in unattended.err) == (1, True)
    unattended = esis(*NEW, "import", example)
    assert (unattended.status, "bestaat nog niet. Aanmaken en hierin importeren? Voeg --yes" in unattended.err) == (
        1,
        True,
    )
    answers = iter(["n\n", "n\n", "j\n"])
    monkeypatch.setattr("sys.stdin", _Terminal(answers))
    assert esis(*NEW, "import", example).status == 1
    assert everything() == before
    assert esis("import", own_file).status == 1
    assert everything() == before
    assert esis("import", own_file).status == 0
    assert Location.select().count() == 2
    assert "nieuw-1" in {row["key"] for row in esis("pupil", "list", "--json").data}


@pytest.fixture
def lost_zeros(esis: Esis, tmp_path: Path) -> str:
    """A file in which the number of a pupil lost its zeros; the pupil is in ESIS."""
    for name, key in (("met.xml", "00001"), ("zonder.xml", "1")):
        (tmp_path / name).write_bytes(edex(pupil(key, group="G1"), groups=group("G1", "Nieuwe groep")))
    assert esis("import", str(tmp_path / "met.xml"), "--yes").status == 0
    return str(tmp_path / "zonder.xml")


def keys() -> list[str]:
    return [row.key for row in Pupil.select().where(Pupil.key.in_(["1", "00001"])).order_by(Pupil.id)]


def test_who_may_be_somebody_is_listed_and_nothing_is_imported_until_it_is_said(esis: Esis, lost_zeros: str) -> None:
    before = everything()
    listed = esis("import", lost_zeros, "--dry-run")
    assert listed.status == 0
    assert "TWIJFEL  regel 5: leerling 1, Anna Berg, geboren 3-2-2010: lijkt op leerling 00001, Anna Berg" in listed.err
    refused = esis("import", lost_zeros, "--yes")
    assert (refused.status, everything()) == (1, before)
    assert (
        "zeg eerst bij 1 leerling in zonder.xml wie het is, met --same 1=00001, --other 1 of --skip 1." in refused.err
    )


@pytest.mark.parametrize(
    ("said", "numbers"),
    [(("--same", "1=00001"), ["00001"]), (("--other", "1"), ["00001", "1"]), (("--skip", "1"), ["00001"])],
)
def test_what_is_said_of_who_is_in_doubt_is_done(
    esis: Esis, lost_zeros: str, said: tuple[str, str], numbers: list[str]
) -> None:
    done = esis("import", lost_zeros, "--yes", *said)
    assert (done.status, keys()) == (0, numbers)
    assert "TWIJFEL" not in done.err
    assert ("is in ESIS leerling 00001 en houdt dat nummer" in done.err) is (said[0] == "--same")


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        (("--same", "1"), 2, "zoals 1=00001"),
        (("--same", "1=00001", "--skip", "1"), 2, "over leerling 1 zegt u meer dan een ding"),
        (("--same", "1=9"), 1, "Leerling 1 lijkt niet op 9, wel op 00001."),
        (("--skip", "00001"), 1, "Leerling '00001' is in dit bestand geen twijfel"),
    ],
)
def test_what_cannot_be_said_is_refused(
    esis: Esis, lost_zeros: str, said: tuple[str, ...], status: int, sentence: str
) -> None:
    before = everything()
    refused = esis("import", lost_zeros, "--yes", *said)
    assert (refused.status, everything()) == (status, before)
    assert sentence in " ".join(refused.err.split())


class _Terminal:
    """A keyboard with these answers."""

    def __init__(self, answers: object) -> None:
        self.answers = answers

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return next(self.answers)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def real_file(tmp_path: Path) -> str:
    """A file of a school that is not for practice."""
    path = tmp_path / "echt.xml"
    path.write_bytes(edex(pupil("777", "Zilverien", "Zwartewater", group="G9"), groups=group("G9", "9z"), brin="12AB"))
    return str(path)


def test_a_file_of_no_practice_school_asks_first(esis: Esis, real_file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    said = esis("import", real_file, "--yes")
    assert (said.status, everything()) == (1, before)
    assert "school 12AB, en dat is geen oefenschool" in said.err
    assert "Voeg --anonymise toe, of --real" in said.err
    assert esis("import", real_file, "--anonymise", "--real").status == 2
    real = esis("import", real_file, "--yes", "--real")
    assert "Het bestand is van BRIN 12AB00" in real.err
    done = esis("import", real_file, "--yes", "--anonymise")
    assert (done.status, "1 nieuw" in done.out) == (0, True), done.err
    assert Pupil.select().where(Pupil.last_name == "Zwartewater").count() == 0
    assert "Alles staat al zo in ESIS" in esis("import", real_file, "--yes", "--anonymise").err
