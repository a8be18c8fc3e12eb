"""Exit statuses 1, 2 and 3 (sources.md#exit-statuses): a sentence on stderr, empty stdout, and no changes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

import pytest

from app.permissions import Role
from models.base import real_database
from models.board import Board
from tests.commands.conftest import Esis

CODE = "99QQ00abcdefghijklmn"
ACTIVATE = ("coupling", "activate", "iep-lvs")


@pytest.fixture
def written(esis: Esis) -> Iterator[Callable[[], int]]:
    """A number that is another one as soon as anybody else writes to the database."""
    looking = sqlite3.connect(real_database().database)
    yield lambda: int(looking.execute("PRAGMA data_version").fetchone()[0])
    looking.close()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((*ACTIVATE, "--name", "A. de Vries", "--code", CODE), "Zet een vinkje bij Voor akkoord"),
        ((*ACTIVATE, "--agree", "--code", CODE), "Uw naam is verplicht"),
        ((*ACTIVATE, "--name", "A", "--agree", "--code", "99QQ01abcdefghijklmn"), "vestigingsnummer 01"),
        ((*ACTIVATE, "--name", "A", "--agree", "--code", "99QQ00abcdefghijklm"), "19 tekens lang"),
        (("coupling", "activate", "mijnschoolinfo", "--name", "A", "--agree"), "verzorgers zonder e-mailadres"),
        (("coupling", "show", "iep"), "Er zijn: iep-lvs, gynzy, mijnschoolinfo"),
        (("coupling", "log", "iep"), "Koppeling 'iep' bestaat niet"),
        (("coupling", "code", "iep-lvs", CODE), "niet geactiveerd voor vestiging 99QQ00"),
        (("coupling", "pause", "iep-lvs"), "niet geactiveerd"),
        (("coupling", "end", "iep-lvs", "--yes"), "niet geactiveerd"),
        (("coupling", "end", "iep-lvs"), "voeg --yes toe"),
        (("partner", "iep-lvs", "sit", "rekenen-9", "--group", "6"), "rekenen-9"),
        (("partner", "iep-lvs", "sit", "rekenen-6", "--group", "12"), "Groep '12' is bij IEP LVS niet bekend"),
        (("partner", "iep-lvs", "sit", "rekenen-6", "--group", "1"), "zit daarvan niemand"),
        (("clock", "advance", "--to", "2020-04-14T09:00"), "De schooltijd gaat alleen vooruit"),
        (("clock", "advance", "--to", "2020-04-13"), "De schooltijd gaat alleen vooruit"),
        (("clock", "advance", "--to", "2030-01-01"), "meer dan drie jaar"),
        (("clock", "advance", "--to", "morgen"), "'morgen' is geen moment"),
        (("pupil", "list", "--group", "12"), "Groep '12'"),
        (("pupil", "list", "--group", ""), "Groep '' bestaat niet"),
        (("pupil", "list", "--status", "weg"), "Status 'weg' bestaat niet"),
        (("result", "list", "--group", "12"), "Groep '12'"),
        (("result", "list", "--group", ""), "Groep '' bestaat niet"),
        (("--user", "niemand", "coupling", "list"), "Gebruiker 'niemand' bestaat niet. Er zijn: rovict"),
        (("--location", "99QQ02", "coupling", "list"), "Vestiging '99QQ02' bestaat niet. Er zijn: 99QQ00, 99QQ01"),
        (("--board", "Anders", "coupling", "list"), "Bestuur 'Anders' bestaat niet. Er zijn: Oefenbestuur"),
        (("--board", "Anders", "reset"), "Bestuur 'Anders' bestaat niet"),
        (("--user", "leerkracht6", "coupling", "list"), "Uw rol (Leerkracht)"),
        (("--user", "zonderrol", "pupil", "list"), "U heeft geen rol op deze vestiging"),
        (("--user", "zonderrol", "run", "list"), "U heeft geen rol"),
        (("--user", "administratie", "result", "list"), "toetsresultaten bekijken"),
        (("--user", "ib", *ACTIVATE, "--name", "A", "--agree"), "Dat kan met: Directie, Applicatiebeheerder"),
        (("--user", "trainer", "fault", "on", "iep-lvs", "vuur"), "'vuur' is geen storing"),
        (("--user", "ib", "import", "x.xml"), "bestanden importeren"),
        (("import", "bestaat-niet.xml"), "'bestaat-niet.xml' bestaat niet"),
        (("--location", "99ZZ00", "import", "bestaat-niet.xml", "--yes"), "bestaat niet"),
        (("--location", "99ZZ", "import", "bestaat-niet.xml", "--yes"), "bestaat niet"),
    ],
)
def test_a_refusal_is_1_with_its_sentence_and_changes_nothing(
    esis: Esis, written: Callable[[], int], arguments: tuple[str, ...], sentence: str
) -> None:
    before = written()
    said = esis(*arguments)
    assert (said.status, said.out) == (1, "")
    assert sentence in said.err
    assert "Traceback" not in said.err
    assert written() == before


@pytest.mark.parametrize("prepared", ["nothing", "stopped", "other code", "wrong BRIN"])
def test_a_test_message_that_does_not_connect_is_1(esis: Esis, prepared: str) -> None:
    from models.partners.iep_lvs import IepSchool

    sentences = {
        "nothing": "niet geactiveerd",
        "stopped": "tijdelijk gestopt",
        "other code": "verificatiecode verschilt",
        "wrong BRIN": "maar het bericht is voor 99QQ01.",
    }
    if prepared != "nothing":
        code = {"stopped": "", "other code": CODE + "x"}.get(prepared, CODE)
        esis(*ACTIVATE, "--name", "A", "--agree", "--code", code)
    if prepared == "wrong BRIN":
        IepSchool.update(brin6="99QQ01").where(IepSchool.brin6 == "99QQ00").execute()
    said = esis("partner", "iep-lvs", "connect", "--code", CODE)
    assert (said.status, said.out) == (1, "")
    assert sentences[prepared] in said.err
    assert "niet ingeschakeld" in said.err
    assert IepSchool.select().where(IepSchool.connected_at.is_null(False)).count() == 0


def test_the_practice_board_refuses_other_users_by_role_as_the_screens_do(esis: Esis) -> None:
    from app.permissions import ALLOWS, Permission

    sees = {role for role in Role if Permission.VIEW_COUPLINGS in ALLOWS[role]}
    users = {
        "rovict": Role.DIRECTIE,
        "appbeheer": Role.APPLICATIEBEHEERDER,
        "leerkracht6": Role.LEERKRACHT,
        "ib": Role.INTERN_BEGELEIDER,
        "administratie": Role.ADMINISTRATIE,
        "trainer": Role.TRAINER,
    }
    found = {name: esis("--user", name, "coupling", "list").status for name in users}
    assert found == {name: 0 if role in sees else 1 for name, role in users.items()}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("coupling", "lst"), "De opdracht 'lst' bestaat niet. Bedoelt u 'list'?"),
        (("coupling", "xyz"), "De opdracht 'xyz' bestaat niet."),
        (("koppeling",), "De opdracht 'koppeling' bestaat niet. Bedoelt u 'coupling'?"),
        (("coupling",), "Er ontbreekt een opdracht."),
        (("coupling", "list", "--jsn"), "De optie '--jsn' bestaat niet."),
        (("--databse", "x", "coupling", "list"), "De optie '--databse' bestaat niet."),
        (("coupling", "list", "te", "veel"), "Er staat iets te veel: te veel."),
        (("coupling", "show"), "Er ontbreekt iets: TYPE."),
        (("coupling", "code", "iep-lvs"), "Er ontbreekt iets: CODE."),
        (("partner", "iep-lvs", "connect"), "Er ontbreekt iets: --code."),
        (("coupling", "activate", "iep-lvs", "--code"), "De optie '--code' heeft een waarde nodig."),
        (("coupling", "list", "--json=ja"), "De optie '--json' heeft geen waarde."),
        (("serve", "--port", "x"), "'x' is geen getal."),
        (("serve", "--idle", "nan"), "--idle is een aantal minuten, zoals 90"),
        (("serve", "--port", "99999"), "99999 kan niet; het loopt van 0 tot en met 65535."),
        (("clock", "advance"), "--to MOMENT of --until morning"),
        (("clock", "advance", "--to", "2020-04-15", "--until", "morning"), "--to MOMENT of --until morning"),
        (("clock", "advance", "--until", "noon"), "--until kent alleen morning, niet noon"),
        (("reset", "--clock", "snel"), "--clock kent practice en real, niet snel"),
        (("screenshot", "Startpagina"), "Er ontbreekt iets: --out."),
    ],
)
def test_wrong_usage_is_2_in_dutch_and_touches_nothing(
    esis: Esis, written: Callable[[], int], arguments: tuple[str, ...], sentence: str
) -> None:
    before = written()
    said = esis(*arguments)
    assert (said.status, said.out) == (2, "")
    assert said.err.splitlines()[0].endswith(sentence)
    assert re.search(r"Zie 'esis[a-z -]* --help'", said.err)
    assert written() == before


def test_help_is_0_and_opens_no_database(capsys: pytest.CaptureFixture[str]) -> None:
    from app.cli import run

    for arguments in (["--help"], ["coupling", "--help"], ["coupling", "activate", "--help"]):
        assert run(["--database", "sqlite:////bestaat/niet/x.db", *arguments]) == 0
        assert "esis" in capsys.readouterr().out


def test_the_version_is_that_of_the_checkout_or_of_what_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from app import version
    from app.cli import run

    def said() -> str:
        assert run(["--database", "sqlite:////bestaat/niet/x.db", "--version"]) == 0
        return capsys.readouterr().out

    (tmp_path / "app").mkdir()
    monkeypatch.setattr(version, "__file__", str(tmp_path / "app/version.py"))
    monkeypatch.setattr(metadata, "version", lambda name: f"1.2.3 of {name}")
    assert said() == "esis 1.2.3 of esis-terminal\n"
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "iets-anders"\nversion = "7"')
    assert said() == "esis 1.2.3 of esis-terminal\n"
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "esis-terminal"\nversion = "9.8.7"')
    assert said() == "esis 9.8.7\n"


def test_the_clock_of_a_real_board_is_not_to_be_moved(esis: Esis) -> None:
    assert esis("reset", "--clock", "real").status == 0
    said = esis("clock", "advance", "--until", "morning")
    assert (said.status, "volgt de echte tijd" in said.err) == (1, True)


def test_a_board_that_is_no_practice_board_is_not_reset(esis: Esis) -> None:
    Board.update(practice=False).execute()
    said = esis("--board", "Oefenbestuur", "reset")
    assert (said.status, "is geen oefenbestuur" in said.err) == (1, True)


def test_who_is_wrong_within_a_command_is_sent_to_the_help_of_it(esis: Esis) -> None:
    assert "Zie 'esis pupil list --help'." in esis("pupil", "list", "--jason").err
