"""`esis staff` and `esis group`: what they print, change and refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.clock import PRACTICE_START
from models.board import Board
from models.school import Group, StaffMember
from tests.commands.conftest import Esis, everything


def test_a_new_member_of_staff_is_printed_with_the_key_and_listed(esis: Esis) -> None:
    said = esis(
        "staff",
        "add",
        "--first-name",
        "Jan",
        "--last-name",
        "Proef",
        "--prefix",
        "van",
        "--email",
        "jan@school.nl",
        "--group",
        "6",
        "--json",
    )
    assert said.data == {
        "key": "M022",
        "first_name": "Jan",
        "last_name": "Proef",
        "email": "jan@school.nl",
        "groups": ["6"],
        "active": True,
    }
    assert said.data in esis("staff", "list", "--json").data
    assert StaffMember.get(StaffMember.key == "M022").prefix == "van"


def test_who_is_deactivated_stays_in_the_list(esis: Esis) -> None:
    said = esis("staff", "deactivate", "M013")
    assert (said.status, said.out, said.err) == (0, "", "Medewerker M013 is niet meer actief.\n")
    rows = {row["key"]: row for row in esis("staff", "list", "--json").data}
    assert (rows["M013"]["active"], rows["M013"]["groups"], rows["M001"]["active"]) == (False, ["6"], True)
    assert "M013" in esis("staff", "list").out


def test_a_new_group_is_printed_and_listed(esis: Esis) -> None:
    said = esis("group", "add", "Plus", "--year-groups", "6,5", "--kind", "instructie", "--json")
    expected = {"name": "Plus", "kind": "instructie", "year_groups": ["5", "6"], "available_to_couplings": True}
    assert said.data == expected
    assert expected in esis("group", "list", "--json").data
    assert esis("group", "add", "9", "--year-groups", "8").status == 0
    assert Group.get(Group.name == "9").kind == "basis"


def test_a_group_is_made_available_to_couplings_and_not(esis: Esis) -> None:
    for answer in (True, False):
        said = esis("group", "change", "Plusgroep rekenen", "--available-to-couplings", "yes" if answer else "no")
        assert (said.status, said.out) == (0, "")
        groups = {row["name"]: row["available_to_couplings"] for row in esis("group", "list", "--json").data}
        assert groups["Plusgroep rekenen"] is answer


def test_a_basisgroep_always_travels_and_that_is_said(esis: Esis) -> None:
    said = esis("group", "change", "6", "--available-to-couplings", "no")
    assert (said.status, "gaat in koppelingen altijd mee" in said.err) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("staff", "deactivate", "M999"), "Medewerker 'M999' staat niet op vestiging 99QQ00"),
        (("staff", "deactivate", "M016"), "al niet meer actief"),
        (("staff", "add", "--first-name", "x", "--last-name", "y", "--email", "z"), "bevat geen @"),
        (("staff", "add", "--first-name", "x", "--last-name", "y", "--group", "12"), "Groep '12'"),
        (("staff", "add", "--first-name", " ", "--last-name", "y"), "Roepnaam is verplicht"),
        (("group", "add", "6", "--year-groups", "6"), "al een groep 6"),
        (("group", "add", "x", "--year-groups", "9"), "Leerjaar '9' bestaat niet"),
        (("group", "add", "x", "--year-groups", "5", "--kind", "koor"), "Soort 'koor' bestaat niet"),
        (("group", "change", "12", "--available-to-couplings", "yes"), "Groep '12'"),
        (("--user", "ib", "staff", "list"), "medewerkers beheren"),
        (("--user", "ib", "group", "add", "x", "--year-groups", "5"), "groepen beheren"),
        (("--user", "leerkracht6", "group", "change", "6", "--available-to-couplings", "no"), "groepen beheren"),
        (("--user", "zonderrol", "group", "list"), "U heeft geen rol"),
    ],
)
def test_a_refusal_is_1_with_its_sentence_and_changes_nothing(
    esis: Esis, arguments: tuple[str, ...], sentence: str
) -> None:
    before = everything()
    said = esis(*arguments)
    assert (said.status, said.out) == (1, "")
    assert sentence in said.err
    assert everything() == before


def test_what_a_killed_command_left_of_school_time_is_done_first(esis: Esis) -> None:
    Board.update(target=PRACTICE_START + timedelta(hours=1), mover="rovict").execute()
    assert esis("staff", "add", "--first-name", "Jan", "--last-name", "Proef").status == 0
    assert esis("clock", "show").out.startswith("2020-04-14T10:00")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("staff", "add", "--first-name", "x"), "Er ontbreekt iets: --last-name."),
        (("group", "add", "x"), "Er ontbreekt iets: --year-groups."),
        (
            ("group", "change", "6", "--available-to-couplings", "ja"),
            "--available-to-couplings kent yes en no, niet ja",
        ),
        (("staff",), "Er ontbreekt een opdracht."),
    ],
)
def test_wrong_usage_is_2_in_dutch(esis: Esis, arguments: tuple[str, ...], sentence: str) -> None:
    said = esis(*arguments)
    assert (said.status, said.out) == (2, "")
    assert said.err.splitlines()[0].endswith(sentence)
