"""A partner's features elsewhere in the program, tested with the toy (`tests/partners/test_toy.py`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from app.access import actor_for, find_user
from app.diagnosis.coupling_status import all_couplings
from app.diagnosis.findings import diagnose
from app.partners import registry
from app.training import disturbances
from app.training.boards import make_board, open_location
from app.training.scripts.document import parse_script
from app.training.scripts.errors import InvalidScript
from models.assessment import ActiveAssessment
from models.board import Board, Location, School
from models.partners.users import PartnerUser
from screens.shell.programs import partner_programs
from tests.commands.conftest import Esis, in_process
from tests.playing import played
from tests.screens.driving import WIDE, driving

CODE = "99QQ00toy1234567890123"
HEAD = "---\ntitle: Toy\nkind: demo\nrole: rovict\n---\n"
BY_SCREEN = f"""
open Beheer > Import-Export-Koppelingen > Koppelingen
choose "Activeren" in "Toy resultatenkoppeling"
fill "Uw naam" "R. de Vries"
fill "Verificatiecode" "{CODE}"
tick "Voor akkoord"
choose "Gereed"
check coupling toy active
go to Toy
sign in as speler
expect "Welkom bij Toy"
choose "Koppeling: koppelen met ESIS"
choose "Koppelen"
fill "ESIS-verificatiecode" "{CODE}"
choose "Bevestigen"
check codes toy equal and partner toy ready
fault toy unreachable
advance until morning
check run toy failed and puzzles none
fault toy unreachable off
advance until morning
check run toy succeeded and pupil 1001 at toy
"""


@pytest.fixture
def esis(practice_sqlite: str, capsys: pytest.CaptureFixture[str]) -> Esis:
    return in_process(practice_sqlite, capsys)


def script(text: str) -> str:
    return f"{HEAD}```esis\n{text}\n```\n"


def test_couples_by_its_screens_and_is_known_to_draaiboeken(tmp_path: Path) -> None:
    path = tmp_path / "toy.draaiboek.md"
    path.write_text(script(BY_SCREEN), encoding="utf-8")
    assert played(path, WIDE) == []
    path.write_text(script("check partner toy ready").replace("role", "board: toy-coupled\nrole"), encoding="utf-8")
    assert played(path, WIDE) == []
    with pytest.raises(InvalidScript, match=r"Kies uit: .*toy"):
        parse_script(script("check coupling tooi active"), path)


def test_delivers_at_night_is_explained_and_can_be_disturbed(esis: Esis) -> None:
    board = Board.get()
    actor = actor_for(find_user(board, "rovict"))
    assert [row.kind.type for row in all_couplings(actor)][-1] == "toy"
    assert diagnose(actor, "toy").findings[0].problem == (
        "De koppeling Toy resultatenkoppeling is in ESIS niet geactiveerd."
    )
    assert (
        "Toy resultatenkoppeling is geactiveerd"
        in esis("coupling", "activate", "toy", "--name", "R. de Vries", "--agree", "--code", CODE).err
    )
    assert "niet ingesteld" in diagnose(actor, "toy").findings[0].problem
    assert "ingeschakeld" in esis("partner", "toy", "connect", "--code", CODE).err
    esis("clock", "advance", "--until", "morning")
    assert "nog niemand een puzzel gemaakt" in str([one.problem for one in diagnose(actor, "toy").findings])
    ActiveAssessment.create(location=actor.location, assessment="toy-puzzels-6")
    assert "hebben de toets gemaakt. De resultaten gaan vannacht" in esis("partner", "toy", "sit", "--group", "6").err
    esis("clock", "advance", "--until", "morning")
    results = esis("result", "list", "--json").data
    assert results
    assert {row["assessment"] for row in results} == {"toy-puzzels-6"}
    key = results[0]["pupil"]
    assert "1 puzzels." in [one.note for one in registry.holdings(actor.location, key) if one.system == "Toy"]
    assert esis("partner", "toy", "resend").status == 0
    trainer = actor_for(find_user(board, "trainer"))
    kinds = [row.kind for row in disturbances.offered(board.id) if row.partner == "toy"]
    assert kinds == list(disturbances.KINDS)
    disturbances.switch(trainer, "toy", "unmatched", True)
    disturbances.switch(trainer, "toy", "wrong-code", True)
    assert "is een andere" in str([one.problem for one in diagnose(actor, "toy").findings])


def test_every_new_board_and_location_has_an_account(practice_sqlite: str) -> None:
    made = make_board("Tweede", "")
    school = School.get(School.board == made)
    open_location(lambda: Location.create(board=made, school=school, number="09", name="Nieuw"))
    users = PartnerUser.select().join(Location).where(Location.board == made, PartnerUser.partner == "toy")
    assert [user.name for user in users] == ["speler"] * 3


async def test_has_a_title_and_a_colour_of_its_own_in_every_look(practice_sqlite: str) -> None:
    assert [program.title for program in partner_programs()] == [
        "IEP LVS",
        "Gynzy",
        "Mijnschoolinfo",
        "Toy",
        "Basispoort",
    ]
    async with driving(Board.get()) as driver:
        await driver.open("Naar Toy")
        assert "Aanmelden bij Toy" in driver.text
        bar = driver.app.screen.query_one(".partner-bar")
        for look, colour in (("esis-donker", "#7a371a"), ("esis-licht", "#893b1a"), ("esis-16", "#800000")):
            driver.app.theme = look
            await driver.settle()
            assert bar.styles.background == Color.parse(colour)
