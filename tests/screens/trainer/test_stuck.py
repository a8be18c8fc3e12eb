"""Trainer > Vastgelopen: the lessons, the steps of one, whose figures they are, and what is saved on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from app import targets
from app.training import classes, learners
from models.board import Board
from screens.shared.files import staying_in
from screens.trainer.stuck import StepsPage, StuckPage
from tests.screens.driving import SMALL, WIDE, driving
from tests.training.reports.logs import at, smooth, store

CHECK = "codes iep-lvs different"


@pytest.fixture
def practised(practice: Board) -> Board:
    """A class of three who did a lesson, of whom two got a remark at step 3, and a run on the practice board."""
    for number, one in enumerate(classes.create(3)):
        board = classes.find(one.name)
        learners.name(board, f"Cursist {number}")
        trouble = [(2.5, "remark", 3, CHECK)] if number else []
        store(board, *smooth(steps=2), (2, "given", 3, ""), *trouble, (4, "done", 3, ""), finished_at=at(4), step=3)
    store(practice, (0, "given", 1, ""), (1, "hint", 1, "3"), lesson="rondleiding", learner="gast")
    return practice


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_lessons_and_the_steps_where_most_get_stuck(practised: Board, size: tuple[int, int]) -> None:
    async with driving(practised, "trainer", size=size) as program:
        program.app.go(targets.TrainerPage("stuck"))
        await program.settle()
        assert isinstance(program.app.screen, StuckPage)
        assert "stap 3: 2 van 3" in program.words
        assert "wandeling" not in program.words
        await program.press("f")
        assert "Van alle besturen" in program.words
        assert "stap 1: 1 van 1" in program.words
        await program.press("f", "enter")
        assert isinstance(program.app.screen, StepsPage)
        assert "3 Kies Activeren 2 van 3" in program.words
        if size == WIDE:
            assert "De code bij IEP LVS is een andere" in program.words
        await program.press("escape")
        assert isinstance(program.app.screen, StuckPage)


async def test_the_results_and_certificates_are_saved(practised: Board, tmp_path: Path) -> None:
    saved = tmp_path / "bewaard"
    with staying_in(saved):
        async with driving(practised, "trainer") as program:
            program.app.go(targets.TrainerPage("stuck"))
            await program.settle()
            await program.act("Resultatenblad als PDF")
            await program.act("Certificaten als PDF")
    assert {path.name for path in saved.iterdir()} == {"resultaten-oefeningen.pdf", "certificaten.pdf"}
    assert all(path.read_bytes().startswith(b"%PDF-") for path in saved.iterdir())


async def test_before_anything_is_done_the_list_says_so(practice: Board) -> None:
    async with driving(practice, "trainer") as program:
        program.app.go(targets.TrainerPage("stuck"))
        await program.settle()
        assert "Er is nog geen oefening gedaan" in program.words
        await program.act("Resultatenblad als PDF")
        assert "er zijn geen resultaten" in " ".join(program.said)


async def test_a_learner_saves_the_own_certificate_with_the_name_on_it(practised: Board, tmp_path: Path) -> None:
    board, saved = classes.find("Klas 02"), tmp_path / "bewaard"
    with staying_in(saved):
        async with driving(board, "rovict") as program:
            program.app.go(targets.Lessons())
            await program.settle()
            await program.act("Resultaten")
            assert "Cursist 1" in program.text
            await program.act("Certificaat als PDF")
            await program.act("Certificaat van alle lessen als PDF")
            await program.act("Resultatenblad als PDF")
    assert {path.name for path in saved.iterdir()} == {
        "certificaat-iep-lvs.pdf",
        "certificaat.pdf",
        "resultaten-oefeningen.pdf",
    }
    assert "Cursist 1" in PdfReader(saved / "certificaat.pdf").pages[0].extract_text()
