"""Dultkoppeling by keyboard: receive, match, agree, process, and take back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.access import actor_for, find_user
from app.exchange.dult import DultRow, write_dult
from app.school.files import dult, dult_practice
from models.assessment import ActiveAssessment, PupilMatch, Result
from models.board import Board
from models.dult import DultPupil
from models.school import Group, Placement, Pupil
from screens.dult.files import DultScreen
from screens.dult.matching import MatchingScreen
from tests.screens.driving import SMALL, driving


async def test_a_practice_file_is_matched_processed_and_taken_back(practice: Board) -> None:
    async with driving(practice, "ib", size=SMALL) as user:
        await user.open("Dultkoppeling")
        assert "Er is nog geen bestand ontvangen" in user.words
        await user.act("Oefenbestand")
        await user.press("enter")
        assert "Ontvangen" in user.line("oefen-groep-3")
        await user.press("enter")
        assert isinstance(user.app.screen, MatchingScreen)
        first = DultPupil.get(DultPupil.status == "unmatched")
        assert "Niet gekoppeld" in user.line(first.last_name)
        await user.press("enter")
        await user.type(first.last_name.split()[-1])
        await user.press("enter", "enter")
        assert "Geef nog akkoord" in user.said[-1]
        await user.press("asterisk")
        assert "bekijk die zelf" in user.said[-1]
        assert "Deels gekoppeld" in user.text
        await user.press("a")
        assert PupilMatch.select().where(PupilMatch.supplier == "dult").exists()
        await user.press("f2", "tab", "enter")
        assert "DULT Begrijpend lezen groep 3" in user.said[-1]
        assert "staan niet aan" in user.said[-1]
        for subject in ("lezen", "spelling", "rekenen"):
            ActiveAssessment.create(location=user.actor.location, assessment=f"dult-{subject}-3")
        await user.press("f2", "tab", "enter")
        assert user.said[-1].startswith("Verwerkt: ")
        stored = Result.select().where(Result.supplier == "dult").count()
        assert stored == 3 * DultPupil.select().where(DultPupil.agreed).count() > 0
        await user.press("escape")
        assert "Verwerkt" in user.line("oefen-groep-3")
        await user.press("t", "tab", "enter")
        assert user.said[-1] == f"Teruggedraaid: {stored} weggehaald, 0 teruggezet zoals het was."
        assert "Teruggedraaid" in user.line("oefen-groep-3")
        assert not Result.select().where(Result.supplier == "dult").exists()
        await user.press("delete", "tab", "enter")
        assert "Er is nog geen bestand ontvangen" in user.words
        await user.press("escape")
        assert not isinstance(user.app.screen, DultScreen)


async def test_a_file_is_processed_whoever_is_searched_for_in_it(practice: Board) -> None:
    async with driving(practice, "ib") as user:
        await user.open("Dultkoppeling")
        await user.act("Oefenbestand")
        await user.press("enter", "enter", "f3")
        await user.type("zzz")
        await user.press("enter")
        assert "Niets gevonden" in user.words
        await user.press("asterisk")
        assert "Akkoord gegeven" in user.said[-1]
        await user.press("f2")
        assert "Verwerken?" in user.words


@pytest.mark.parametrize("keys", [("enter", "down", "enter"), ("f2",), ("space",)])
async def test_a_file_that_a_colleague_took_off_the_list_is_told(practice: Board, keys: tuple[str, ...]) -> None:
    colleague = actor_for(find_user(practice, "appbeheer"))
    file = dult_practice.receive(colleague, dult_practice.choices(colleague)[0].id)
    async with driving(practice, "ib") as user:
        await user.open("Dultkoppeling")
        await user.press("enter")
        dult.remove(colleague, file.id)
        await user.press(*keys)
        assert user.said[-1].startswith("D")  # Dit bestand, of Deze leerling
        assert "Dit bestand staat niet meer op de lijst van deze vestiging." in user.words


async def test_a_file_is_received_from_disk(practice: Board, tmp_path: Path) -> None:
    pupil = Pupil.select().join(Placement).join(Group).where(Group.name == "6").order_by(Pupil.id).first()
    row = DultRow(
        0,
        pupil.key,
        pupil.last_name,
        pupil.first_name,
        pupil.birth_date,
        "dult-lezen-6",
        pupil.enrolled_from,
        140,
        "III",
    )
    good, broken = tmp_path / "goed.csv", tmp_path / "fout.csv"
    good.write_bytes(write_dult([row]))
    broken.write_bytes(write_dult([row, row]))
    async with driving(practice, "rovict") as user:
        await user.open("Dultkoppeling")
        await user.press("n")
        await user.type(str(broken))
        await user.press("f2")
        assert "staat ook op regel 2" in user.text
        await user.press("f2")
        assert "Ontvangen kan niet" in user.said[-1]
        await user.press("escape", "escape", "n")
        await user.type(str(good))
        await user.press("f2", "f2")
        assert isinstance(user.app.screen, MatchingScreen)
        assert "Gekoppeld" in user.line(pupil.last_name)
        await user.press("escape")
        assert "0 van 1" in user.line("goed.csv")
    assert [one.name for one in dult.listed(actor_for(find_user(practice, "rovict")))] == ["goed.csv"]
