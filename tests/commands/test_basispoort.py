"""`esis partner basispoort ...`, and IEP LVS's check and merging: what they print, change and refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Esis
from tests.partners.test_basispoort import edex

HERE = ("partner", "basispoort")
MEMBER = "M001"


def test_publishers_are_ticked_and_the_connection_is_checked(esis: Esis) -> None:
    said = esis("partner", "iep-lvs", "basispoort", "check")
    assert (said.status, said.out) == (0, "")
    assert "is in orde" in said.err
    assert esis(*HERE, "untick", "iep").status == 0
    said = esis("partner", "iep-lvs", "basispoort", "check")
    assert said.status == 1
    assert "IEP is bij Basispoort niet aangevinkt. Vink IEP aan" in said.err
    assert esis(*HERE, "tick", "iep-lvs").status == 0
    assert "vandaag aangevinkt" in esis("partner", "iep-lvs", "basispoort", "check").err
    ticks = {row["id"]: row["works_from"] for row in esis(*HERE, "show", "--json").data["publishers"]}
    assert ticks["iep-lvs"] == "2020-04-15"
    assert ticks["taalrijk"] is None


def test_a_file_replaces_what_is_there_once_the_automatic_coupling_is_off(esis: Esis, tmp_path: Path) -> None:
    path = str(edex(tmp_path))
    said = esis(*HERE, "upload", path)
    assert (said.status, "automatische koppeling met het LAS staat aan" in said.err) == (1, True)
    assert esis(*HERE, "automatic", "off").status == 0
    assert "1 leerling (1 nieuw, 0 gewijzigd) in 1 groep ingelezen" in esis(*HERE, "upload", path).err
    shown = esis(*HERE, "show", "--json").data
    assert (shown["automatic"], shown["pupils"], shown["groups"]) == (False, 1, 1)
    assert esis(*HERE, "automatic", "on").status == 0
    assert "BRIN6         99QQ00" in esis(*HERE, "show").out


def test_roles_are_given_and_taken(esis: Esis) -> None:
    person = esis(*HERE, "show", "--json").data["staff"][0]
    assert person["roles"] == ["leraar"]
    assert esis(*HERE, "role", "add", person["key"], "stagiair").status == 0
    double = next(row for row in esis(*HERE, "show", "--json").data["staff"] if row["key"] == person["key"])
    assert "dubbele rol" in double["standing"]
    assert esis(*HERE, "role", "remove", person["key"], "leraar").status == 0
    assert esis(*HERE, "role", "remove", person["key"], "leraar").status == 1


@pytest.mark.parametrize(
    ("command", "status", "sentence"),
    [
        (("tick", "boeken"), 1, "Uitgeverij 'boeken' is bij Basispoort niet bekend. Er zijn: iep-lvs"),
        (("role", "add", "niemand", "leraar"), 1, "Medewerker 'niemand' is niet bekend"),
        (("automatic", "misschien"), 2, "Een waarde klopt niet"),
        (("tick",), 2, "UITGEVERIJ"),
    ],
)
def test_what_cannot_be_is_refused(esis: Esis, command: tuple[str, ...], status: int, sentence: str) -> None:
    said = esis(*HERE, *command)
    assert said.status == status
    assert sentence in said.err


def test_a_renumbered_pupil_gets_a_second_account_that_is_merged(esis: Esis) -> None:
    assert "heeft nu leerlingnummer 5042" in esis("pupil", "renumber", "1042", "5042").err
    assert esis("pupil", "renumber", "1043", "1042").status == 1
    assert esis("partner", "iep-lvs", "merge", "1042", "5042").status == 1
    for _ in range(2):
        assert esis("clock", "advance", "--until", "morning").status == 0
    said = esis("partner", "iep-lvs", "merge", "1042", "5042")
    assert (said.status, "samengevoegd met 5042" in said.err) == (0, True)
