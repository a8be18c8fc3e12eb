"""`esis partner mijnschoolinfo ...`: the coupling, a night, and editing, as in sources.md#mijnschoolinfo."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange.email_list import HEADER
from models.partners.mijnschoolinfo import MsiSchool
from models.school import Guardian
from tests.commands.conftest import Esis, Said

CODE = "99QQ00mijnschoolinfo1"


def there(esis: Esis, *arguments: str) -> Said:
    """A command of Mijnschoolinfo."""
    return esis("partner", "mijnschoolinfo", *arguments)


def rows(esis: Esis, what: str) -> dict[str, dict[str, object]]:
    """What it has, by name."""
    return {row["name"]: row for row in there(esis, "show", what, "--json").data}


def activate(esis: Esis) -> None:
    """ESIS's half; every guardian gets an e-mail address first."""
    for guardian in Guardian.select().where(Guardian.email == ""):
        Guardian.update(email=f"ouder{guardian.id}@example.invalid").where(Guardian.id == guardian.id).execute()
    said = esis("coupling", "activate", "mijnschoolinfo", "--name", "R. Victor", "--agree", "--code", CODE)
    assert said.status == 0, said.err


def delivered(esis: Esis) -> None:
    """Coupled, and the first night has been."""
    activate(esis)
    assert there(esis, "connect", "--code", CODE).status == 0
    assert esis("clock", "advance", "--until", "morning").status == 0


def test_a_code_is_kept_until_esis_knows_it_and_refused_while_connected(esis: Esis) -> None:
    said = there(esis, "connect", "--code", CODE)
    assert (said.status, said.out) == (0, "")
    assert "De code is bewaard." in said.err
    said = there(esis, "preview", "--json")
    assert (said.status, said.data) == (0, [])
    assert "er komt niets" in said.err
    activate(esis)
    assert "staat aan" in there(esis, "connect", "--code", CODE).err
    said = there(esis, "connect", "--code", "99QQ00eenheelanderecode")
    assert (said.status, "Er is niets gewijzigd." in said.err) == (1, True)
    assert there(esis, "disconnect").status == 0
    assert "bewaard" in there(esis, "connect", "--code", "99QQ00eenheelanderecode").err


def test_the_preview_is_what_comes_and_the_lists_have_the_fields_of_the_contract(esis: Esis) -> None:
    activate(esis)
    there(esis, "connect", "--code", CODE)
    lines = there(esis, "preview", "--json").data
    assert list(lines[0]) == ["action", "kind", "name", "detail"]
    esis("clock", "advance", "--until", "morning")
    shown = {what: there(esis, "show", what, "--json").data for what in ("pupils", "guardians", "staff", "groups")}
    assert sum(map(len, shown.values())) == len(lines)
    assert set(shown["pupils"][0]) == {"id", "key", "name", "origin", "since", "groups", "guardians"}
    assert set(shown["guardians"][0]) == {"id", "key", "name", "email", "origin", "since", "pupils"}
    assert set(shown["staff"][0]) == {"id", "key", "name", "origin", "since"}
    assert set(shown["groups"][0]) == {"name", "origin", "since", "pupils"}
    assert there(esis, "preview").out.split() == ["WAT", "SOORT", "NAAM", "BIJZONDERHEDEN"]


def test_changes_stay_and_who_is_deleted_comes_back_only_by_restore(esis: Esis) -> None:
    delivered(esis)
    pupil = there(esis, "show", "pupils", "--json").data[0]
    guardian = there(esis, "show", "guardians", "--json").data[0]
    assert there(esis, "change", "pupil", pupil["id"], "--first-name", "Noa", "--by", "beheerder").status == 0
    assert there(esis, "change", "guardian", guardian["id"], "--first-name", "Zus", "--phone", "0612345678").status == 0
    last = guardian["name"].partition(" ")[2]
    assert f"Zus {last}" in rows(esis, "guardians")
    assert "gewijzigd door verzorger" in there(esis, "show", "guardians").out
    said = there(esis, "change", "guardian", guardian["id"], "--email", "geen")
    assert (said.status, "is geen e-mailadres" in said.err) == (1, True)
    assert there(esis, "delete", "pupil", pupil["id"]).status == 0
    esis("clock", "advance", "--until", "morning")
    assert pupil["id"] not in {row["id"] for row in there(esis, "show", "pupils", "--json").data}
    assert there(esis, "restore", "pupil", pupil["id"]).status == 0
    assert there(esis, "restore", "pupil", pupil["id"]).status == 1
    assert pupil["id"] in {row["id"] for row in there(esis, "show", "pupils", "--json").data}


def test_by_hand_and_by_file_before_the_coupling_and_own_groups_after_it(esis: Esis, tmp_path: Path) -> None:
    file = tmp_path / "adressen.csv"
    file.write_text(f"{';'.join(HEADER)}\n;Bas;;Bos;2-2-2010;Ouder Bos;bos@voorbeeld.nl\n", encoding="utf-8")
    assert "1 leerling, 1 verzorger toegevoegd." in there(esis, "import", str(file)).err
    assert there(esis, "add-pupil", "--first-name", "Cas", "--last-name", "Cool").status == 0
    cas = str(rows(esis, "pupils")["Cas Cool"]["id"])
    assert there(esis, "add-guardian", "--name", "Opa Cool", "--email", "opa@voorbeeld.nl", "--pupil", cas).status == 0
    assert rows(esis, "guardians")["Opa Cool"]["pupils"] == ["Cas Cool"]
    delivered(esis)
    for arguments in (
        ("import", str(file)),
        ("add-guardian", "--name", "X"),
        ("add-pupil", "--first-name", "D", "--last-name", "D"),
    ):
        said = there(esis, *arguments)
        assert (said.status, "De koppeling met ESIS staat aan" in said.err) == (1, True)
    assert there(esis, "add-group", "BSO", "--pupil", cas).status == 0
    assert there(esis, "add-pupil", "--first-name", "D", "--last-name", "Dam", "--group", "bso").status == 0
    assert rows(esis, "groups")["BSO"] == {
        "name": "BSO",
        "origin": "own",
        "since": "2020-04-15",
        "pupils": ["Cas Cool", "D Dam"],
    }
    assert there(esis, "delete-group", "1").status == 1
    assert there(esis, "delete-group", "BSO").status == 0


def test_a_file_with_doubts_is_taken_over_once_each_line_is_decided(esis: Esis, tmp_path: Path) -> None:
    file = tmp_path / "adressen.csv"
    file.write_text(f"{';'.join(HEADER)}\n;Cas;;Cool;2-2-2010;Opa;opa@voorbeeld.nl\n", encoding="utf-8")
    assert there(esis, "add-pupil", "--first-name", "Cas", "--last-name", "Cool").status == 0
    cas = str(rows(esis, "pupils")["Cas Cool"]["id"])
    said = there(esis, "import", str(file))
    assert said.status == 1
    assert f"regel 2, leerling Cas Cool, 2-2-2010: misschien {cas} Cas Cool (zelfde naam)" in said.err
    assert "--same REGEL=ID" in said.err
    assert there(esis, "import", str(file), "--same", "2").status == 2
    assert there(esis, "import", str(file), "--same", f"2={cas}", "--skip", "2").status == 2
    assert "Niets nieuws" in there(esis, "import", str(file), "--skip", "2").err
    assert "1 verzorger toegevoegd." in there(esis, "import", str(file), "--same", f"2={cas}").err
    assert rows(esis, "guardians")["Opa"]["pupils"] == ["Cas Cool"]


def test_a_likely_double_is_told_and_not_refused(esis: Esis) -> None:
    for warns in (False, True):
        said = there(esis, "add-pupil", "--first-name", "Cas", "--last-name", "Cool")
        assert (said.status, "Let op: Hier staat al Cas Cool" in said.err) == (0, warns)
    cas = str(rows(esis, "pupils")["Cas Cool"]["id"])
    for warns in (False, True):
        said = there(esis, "add-guardian", "--name", "Opa", "--email", "opa@voorbeeld.nl", "--pupil", cas)
        assert (said.status, "Let op: Hier staat al Opa" in said.err) == (0, warns)
    said = there(esis, "change", "guardian", str(rows(esis, "guardians")["Opa"]["id"]), "--phone", "0612345678")
    assert (said.status, "Let op" in said.err) == (0, False)


def test_the_layout_and_doubts(esis: Esis) -> None:
    delivered(esis)
    first, second = (row["id"] for row in there(esis, "show", "pupils", "--json").data[:2])
    teacher = there(esis, "show", "staff", "--json").data[0]
    said = there(esis, "layout", "set", "1A", "--pupil", second, "--pupil", first, "--teacher", teacher["id"])
    assert said.status == 0
    (row,) = there(esis, "show", "layout", "--json").data
    assert (row["name"], row["teacher"], len(row["pupils"])) == ("1A", teacher["name"], 2)
    assert there(esis, "layout", "confirm").status == 1
    MsiSchool.update(check_layout=True).execute()
    assert "controleer deze indeling" in there(esis, "show", "layout").err
    assert there(esis, "layout", "confirm").status == 0
    assert there(esis, "layout", "delete", "1A").status == 0
    assert there(esis, "doubts", "--json").data == []
    assert there(esis, "settle", "1", "--new").status == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "ouders"),
        ("change", "pupil", "1"),
        ("change", "guardian", "1", "--prefix", "van"),
        ("settle", "1"),
        ("delete", "pupil", "een"),
    ],
)
def test_wrong_usage_is_two(esis: Esis, arguments: tuple[str, ...]) -> None:
    assert there(esis, *arguments).status == 2


def test_every_command_explains_itself_in_dutch(esis: Esis) -> None:
    told = there(esis, "--help").out
    assert "klassenindeling" in told
    assert "Wat er vannacht gebeurt" in told
