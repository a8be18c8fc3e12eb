"""Trainer > Eigen lessen: adding, replacing and removing lessons, and what is wrong in them, by keyboard."""

from __future__ import annotations

from pathlib import Path
from threading import current_thread, main_thread

import pytest

from app import clock
from app.training.lessons import catalogue, folder
from models.board import Board
from models.training import LessonProgress, OwnLesson
from screens.trainer.own_lessons import AddFromFile, OwnLessonForm, OwnLessonsPage
from tests.screens.driving import driving

HEAD = "---\ntitle: Onze koppeling\naudience: Directie\n---\n\nVerhaal.\n\n1. Activeer\n\n"
GOOD = f"{HEAD}```esis\ncheck coupling iep-lvs active\n```\n"
BAD = GOOD.replace("check", "chek")


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """The folder of the class, with a lesson and a broken one."""
    (tmp_path / "uit-de-map.draaiboek.md").write_text(GOOD.replace("Onze", "Hun"), encoding="utf-8")
    (tmp_path / "stuk.draaiboek.md").write_text(BAD, encoding="utf-8")
    folder.use(str(tmp_path))
    return tmp_path


@pytest.fixture(autouse=True)
def no_folder() -> object:
    yield
    folder.use("")


async def test_lessons_are_listed_added_from_a_file_replaced_and_removed(practice: Board, lessons: Path) -> None:
    file = lessons / "nieuw.md"
    file.write_text(GOOD, encoding="utf-8")
    async with driving(practice, "trainer") as program:
        await program.open("Trainer: Eigen lessen")
        assert isinstance(program.app.screen, OwnLessonsPage)
        assert "✓ in orde" in program.line("Hun koppeling")
        assert "× 2 fouten" in program.words
        assert "11: 'chek' is geen woord" in program.words
        await program.press("enter")
        assert "komt uit de map" in program.said[-1]
        await program.act("Uit een bestand")
        assert isinstance(program.app.screen, AddFromFile)
        await program.type(str(file))
        await program.press("f2")
        assert isinstance(program.app.screen, OwnLessonsPage)
        assert OwnLesson.get().name == "nieuw"
        assert "nieuw" in {script.name for script in catalogue.offered()}
        file.write_text(GOOD.replace("Onze", "Andere"), encoding="utf-8")
        await program.act("Uit een bestand")
        await program.type(str(file))
        await program.press("f2")
        assert "gaat verder met de oude tekst" in program.words
        await program.press("left", "enter")
        assert "Andere koppeling" in OwnLesson.get().text
        await program.press("home", "delete", "left", "enter")
        assert OwnLesson.select().count() == 0


async def test_what_was_done_of_one_is_listed_without_reading_lessons_while_it_is_drawn(
    practice: Board, lessons: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.wall_now()
    for _ in range(3):
        LessonProgress.create(
            board=practice, learner="trainer", lesson="uit-de-map", started_at=now, seen_at=now, steps=1
        )
    read: list[str] = []
    listed = catalogue.own_lessons
    monkeypatch.setattr(catalogue, "own_lessons", lambda: read.append(current_thread().name) or listed())
    async with driving(practice, "trainer") as program:
        await program.open("Oefeningen")
        read.clear()
        await program.act("Resultaten")
        assert "Hun koppeling" in program.text
        before = list(read)
        await program.press("down", "up")
        assert read == before
        assert main_thread().name not in read
    assert lessons.is_dir()


async def test_a_pasted_text_that_is_wrong_is_told_with_its_line_and_kept_in_the_form(practice: Board) -> None:
    async with driving(practice, "trainer") as program:
        await program.open("Trainer: Eigen lessen")
        assert "Er zijn nog geen eigen lessen" in program.words
        await program.press("n")
        assert isinstance(program.app.screen, OwnLessonForm)
        await program.type("iep-lvs")
        await program.press("tab")
        program.app.screen.focused.text = BAD  # type: ignore[union-attr]
        await program.press("f2")
        assert "Er is al een les die iep-lvs heet" in program.words
        await program.press("end", "2", "f2")
        assert "'chek' is geen woord" in program.words
        assert OwnLesson.select().count() == 0
