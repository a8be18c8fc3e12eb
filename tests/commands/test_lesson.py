"""`esis lesson`: going on, beginning again, giving up and joining, with and without questions."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app.commands import lesson, program
from app.training.lessons import pairs, runs
from models.board import OWN, Board
from models.training import LessonProgress
from tests.commands.conftest import Esis, ended, started

OURS = "---\ntitle: Onze les\n---\n\nVerhaal.\n\n1. Doe\n\n```esis\ncheck coupling iep-lvs active\n```\n"


class Terminal(io.StringIO):
    """Somebody who answers."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The runs that a program was opened for, instead of opening it."""
    opened: list[int] = []

    def run_lesson(_settings: object, run: LessonProgress, *_how: object) -> str:
        opened.append(run.id)
        return "Les gedaan."

    monkeypatch.setattr(program, "run_lesson", run_lesson)
    monkeypatch.setattr(lesson, "require_terminal", lambda _why: None)
    return opened


def test_a_lesson_is_gone_on_with_or_begun_again_as_asked(
    esis: Esis, done: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Les gedaan." in esis("lesson", "start", "iep-lvs", "--go-on").err
    esis("lesson", "start", "iep-lvs", "--go-on")
    assert done == [1, 1]
    LessonProgress.update(step=2, state='{"version": 1}').execute()
    monkeypatch.setattr("sys.stdin", Terminal("v\n"))
    assert "U was bij stap 3 van 10. Verder (v), opnieuw (o) of niets (n)?" in esis("lesson", "start", "iep-lvs").err
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert "de les blijft staan" in esis("lesson", "start", "iep-lvs").err
    monkeypatch.setattr("sys.stdin", Terminal("o\n"))
    esis("lesson", "start", "iep-lvs", "--exam")
    esis("lesson", "start", "iep-lvs", "--again")
    assert done == [1, 1, 1, 2, 3]
    assert [row.mode for row in LessonProgress.select().order_by(LessonProgress.id)] == ["practice", "exam", "practice"]
    assert Board.select().where(~OWN).count() == 1, "what was given up leaves no board"
    assert esis("lesson", "start", "iep-lvs", "--go-on", "--again").status == 2


def test_giving_up_asks_first_and_says_how_far_it_was(esis: Esis) -> None:
    assert "is niet bezig met les 'iep-lvs'" in esis("lesson", "give-up", "iep-lvs").err
    esis("lesson", "start", "iep-lvs")
    said = esis("lesson", "give-up", "iep-lvs")
    assert said.status == 1
    assert "U was bij stap 1 van 10. Voeg --yes toe" in said.err
    assert "is opgegeven, bij stap 1 van 10." in esis("lesson", "give-up", "iep-lvs", "--yes").err
    assert not Board.select().where(~OWN).exists()


def test_a_pair_is_begun_and_joined_with_its_code(esis: Esis, done: list[int]) -> None:
    esis("lesson", "start", "iep-lvs", "--pair", "partner")
    code = pairs.code_of(LessonProgress.get().own_board_id)
    esis("--user", "appbeheer", "lesson", "join", code)
    second = LessonProgress.get_by_id(done[-1])
    assert (second.learner, second.side) == ("appbeheer", "esis")
    assert "wacht niemand" in esis("lesson", "join", code).err
    assert "--pair kent esis en partner" in esis("lesson", "start", "iep-lvs", "--pair", "links").err
    assert "speelt alleen in ESIS" in esis("lesson", "start", "rol-ontbreekt", "--pair", "esis").err
    assert not runs.waiting_pairs()


def test_a_lesson_of_ones_own_with_capitals_is_found_by_its_name(esis: Esis, tmp_path: Path) -> None:
    path = tmp_path / "Onze-Les.draaiboek.md"
    path.write_text(
        "---\ntitle: Van ons\nrole: rovict\n---\n\n1. Doe\n\n```esis\ncheck coupling iep-lvs active\n```\n",
        encoding="utf-8",
    )
    assert esis("lesson", "start", str(path)).status == 0
    assert "0 van 1 opdracht gedaan" in esis("lesson", "review", "onze-les").out
    assert "'Onze-Les' is opgegeven" in esis("lesson", "give-up", "Onze-Les", "--yes").err


def test_the_lessons_are_listed_by_a_program_of_its_own(practice: str, tmp_path: Path) -> None:
    (tmp_path / "Onze-Les.draaiboek.md").write_text(OURS, encoding="utf-8")
    said = ended(started(practice, "lesson", "list", environment={"ESIS_LESSONS": str(tmp_path)}))
    assert (said.status, "Onze les" in said.out) == (0, True), said.err


def test_a_lesson_of_a_file_with_capitals_is_given_up(esis: Esis, tmp_path: Path) -> None:
    path = tmp_path / "Onze-Les.draaiboek.md"
    path.write_text(OURS, encoding="utf-8")
    assert esis("lesson", "start", str(path)).status == 0
    assert esis("lesson", "give-up", "onze-les", "--yes").status == 0


def test_the_outcome_in_lines_has_no_control_sequences(esis: Esis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "run_lesson", lambda *_all: "Les '\x1b[31mrood'.")
    assert esis("lesson", "start", "iep-lvs", "--plain").out == "Les ' [31mrood'.\n"
