"""Lessons of one's own: found by name or file, told what is wrong, kept as they were begun, and another variant for each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from app import access
from app.access import NotAllowed
from app.clock import wall_now
from app.refusals import NotFound, Refused
from app.training import classes
from app.training.lessons import catalogue, folder, own
from app.training.lessons.course import Course
from app.training.scripts.errors import InvalidScript
from models.board import PRACTICE_NAME, Board
from models.training import LessonProgress, OwnLesson
from screens.presenting.following import Followed
from tests.couplings.worlds import small_school

GOOD = "---\ntitle: Onze les\nvary: code = a1 | b2\n---\n\nVan {code}.\n\n1. Doe\n\n```esis\ncheck coupling iep-lvs active\n```\n"


@pytest.fixture
def lessons(tmp_path: Path) -> Iterator[Path]:
    folder.use(str(tmp_path))
    (tmp_path / "onze.draaiboek.md").write_text(GOOD, encoding="utf-8")
    yield tmp_path
    folder.use("")


def progress(board: Board, learner: str, lesson: str, **more: object) -> LessonProgress:
    now = wall_now()
    return LessonProgress.create(
        board=board, learner=learner, lesson=lesson, started_at=now, seen_at=now, steps=1, **more
    )


def test_lessons_of_a_folder_are_offered_and_a_broken_one_breaks_nothing(sqlite: str, lessons: Path) -> None:
    assert sqlite
    (lessons / "stuk.draaiboek.md").write_text("niets", encoding="utf-8")
    (lessons / "iep-lvs.draaiboek.md").write_text(GOOD, encoding="utf-8")
    assert "Onze les" in [script.title for script in catalogue.offered()]
    wrong = {one.name: one.wrong for one in catalogue.own_lessons() if one.wrong}
    assert "stuk.draaiboek.md:1: " in wrong["stuk"]
    assert "Er is al een les die iep-lvs heet" in wrong["iep-lvs"]
    with pytest.raises(Refused, match="kan niet beginnen"):
        catalogue.find("stuk")
    with pytest.raises(NotFound, match="onze"):
        catalogue.find("er-niet")
    assert catalogue.title("onze") == "Onze les"


def test_a_folder_that_is_not_there_is_told(sqlite: str, tmp_path: Path) -> None:
    assert sqlite
    folder.use(str(tmp_path / "weg"))
    (one,) = catalogue.own_lessons()
    folder.use("")
    assert "is er niet" in one.wrong


def test_a_lesson_goes_on_with_the_text_and_the_variant_it_was_begun_with(sqlite: str, lessons: Path) -> None:
    assert sqlite
    board = small_school()[0].board
    path = lessons / "onze.draaiboek.md"
    script, text = catalogue.begin(str(path), seed=2)
    assert script.steps[0].text == "Van b2."
    begun = progress(board, "rovict", "onze", text=text, seed=2)
    path.write_text("weg", encoding="utf-8")
    assert catalogue.script_of(begun).steps[0].text == "Van b2."
    assert catalogue.script_of(progress(board, "rovict", "leerling-dubbel", seed=2)).values["nieuw"] == "976543"


def test_what_stands_beside_the_file_is_refused_with_its_line(lessons: Path) -> None:
    (lessons / "deel.md").write_text("```esis\npress f1\n```\n", encoding="utf-8")
    text = GOOD.replace("check", 'include "deel.md"\nsend file "x.xml"\ncheck')
    with pytest.raises(InvalidScript) as caught:
        own.read_lesson(text, lessons / "x.draaiboek.md")
    assert [(one.line, "is een bestand" in one.sentence) for one in caught.value.mistakes] == [(11, True), (12, True)]


def test_only_who_leads_a_class_adds_and_a_wrong_name_or_text_is_refused(sqlite: str) -> None:
    assert sqlite
    actor = small_school()[0]
    reserved = catalogue.reserved()
    for name, text, part in (
        ("a/b", GOOD, "een naam van"),
        ("iep-lvs", GOOD, "Er is al"),
        ("x", "niets", "begint met"),
    ):
        with pytest.raises(Refused, match=part):
            own.add(actor, name, text, reserved)
    with pytest.raises(Refused, match="laat dit niet toe"):
        own.add(actor, "onze", GOOD, reserved)
    assert OwnLesson.select().count() == 0


def test_a_trainer_of_a_learners_board_adds_nothing_for_the_others(practice_sqlite: str) -> None:
    assert practice_sqlite
    classes.create(1)
    (board,) = classes.class_boards()
    learner, trainer = (
        access.actor_for(access.find_user(one, "trainer")) for one in (board, Board.get(Board.name == PRACTICE_NAME))
    )
    with pytest.raises(NotAllowed, match="vanaf het Oefenbestuur"):
        own.add(learner, "onze", GOOD, frozenset())
    own.add(trainer, "onze", GOOD, frozenset())
    with pytest.raises(NotAllowed, match="vanaf het Oefenbestuur"):
        own.remove(learner, "onze")
    assert own.exists("onze")


def test_neighbours_learners_and_attempts_have_another_variant(sqlite: str) -> None:
    assert sqlite
    board = small_school()[0].board
    boards = [Board(id=board.id + place) for place in range(20)]
    seeds = [catalogue.seed_for("rovict", one, "iep-lvs", 0) for one in boards]
    assert len(set(seeds)) == 20
    assert all(abs(one - other) == 1 for one, other in pairwise(seeds))
    progress(board, "An", "iep-lvs")
    first, second = (catalogue.seed_for(name, board, "iep-lvs", 0) for name in ("An", "Bo"))
    again = catalogue.seed_for("An", board, "iep-lvs", 1)
    for size in (2, 3, 4, 5, 25):
        assert first % size != second % size
        assert first % size != again % size


def test_a_lesson_follows_its_file_at_the_same_task(lessons: Path) -> None:
    path = lessons / "onze.draaiboek.md"
    course = Course(own.read_file(path)[0])
    followed = Followed(path, 1, GOOD)
    assert followed.changed() is None
    path.write_text(GOOD.replace("1. Doe", "1. Doe dit"), encoding="utf-8")
    script = followed.changed()
    assert script is not None
    course.go_on_with(script)
    assert course.task is not None
    assert course.task.title == "1. Doe dit"
    path.write_text("stuk", encoding="utf-8")
    with pytest.raises(Refused, match=r"onze.draaiboek.md:1: "):
        followed.changed()
    assert followed.mistake.startswith("onze.draaiboek.md:1: ")
    os.unlink(path)
    assert followed.changed() is None
    assert followed.mistake, "it is still wrong"
    path.write_text(GOOD.replace("1. Doe", "1. Doe dit"), encoding="utf-8")
    assert followed.changed() is None, "that is what it goes on with"
    assert followed.mistake == ""


@pytest.mark.parametrize("name", ["", "a" * 101, "\x1b[31mrood", "\u202eles"])
def test_a_file_whose_name_is_none_for_a_lesson_is_told(name: str) -> None:
    with pytest.raises(InvalidScript, match="Zo kan een les niet heten"):
        own.read_lesson(GOOD, Path(f"{name}.draaiboek.md"))
