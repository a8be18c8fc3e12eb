"""Runs of lessons, and what becomes of their boards: kept until done or given up, and known to who resets the class."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.refusals import NotFound, Refused
from app.serving import addresses
from app.training import boards, classes
from app.training.lessons import catalogue, of_class, own, pairs, review, runs
from app.training.scripts.document import Script
from models.base import database
from models.board import OWN, Board, User
from models.school import Pupil
from models.training import LessonProgress

LEARNER = "rovict"
OURS = "---\ntitle: Onze les\n---\n\nVerhaal.\n\n1. Doe\n\n```esis\ncheck coupling iep-lvs active\n```\n"


@pytest.fixture
def lesson() -> Script:
    """One that begins with the first state, and goes to a partner."""
    return catalogue.find("iep-lvs")


@pytest.fixture
def practice(practice_sqlite: str) -> Board:
    """A practice board of one's own."""
    return Board.get(Board.name == boards.NAME)


@pytest.fixture
def klas(db: str) -> list[Board]:
    """Two small boards of a class: what is on them does not matter here."""
    return [
        Board.create(name=f"Klas 0{number}", now=clock.PRACTICE_START, password_hash="x", basispoort_key="k" * 40)
        for number in (1, 2)
    ]


def own_boards() -> list[Board]:
    return list(Board.select().where(~OWN).order_by(Board.id))


def test_a_lesson_begins_on_a_board_that_no_list_shows(practice: Board, lesson: Script) -> None:
    run = runs.begin(practice, LEARNER, lesson, theme="ocean")
    (own,) = own_boards()
    assert (run.own_board_id, own.owner_id, own.practice) == (own.id, practice.id, True)
    assert User.get(User.board == own, User.name == LEARNER).theme == "ocean"
    assert runs.open_run(practice, LEARNER, lesson.name) == run
    assert runs.open_run(practice, "trainer", lesson.name) is None
    assert [row.name for row in classes.overview()] == [practice.name]
    assert [place.name for place in addresses.all_places(10)] == [practice.name]
    with pytest.raises(NotFound):
        classes.find(own.name)
    database.close()
    assert addresses.find(addresses.slug_of(own)) is None


def test_beginning_again_gives_up_what_there_was_and_keeps_how_far_it_was(practice: Board, lesson: Script) -> None:
    first = runs.begin(practice, LEARNER, lesson)
    second = runs.begin(practice, LEARNER, lesson, "exam")
    assert [board.id for board in own_boards()] == [second.own_board_id]
    assert runs.open_run(practice, LEARNER, lesson.name) == second
    given_up = LessonProgress.get_by_id(first.id)
    assert (given_up.given_up_at is not None, given_up.own_board_id, given_up.finished_at) == (True, None, None)
    runs.give_up(second)
    assert own_boards() == []
    assert runs.open_run(practice, LEARNER, lesson.name) is None


def test_who_is_killed_while_he_begins_again_has_one_lesson_to_go_on_with(practice: Board, lesson: Script) -> None:
    first = runs.begin(practice, LEARNER, lesson)
    with patch.object(runs, "give_up", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        runs.begin(practice, LEARNER, lesson)
    second = runs.open_run(practice, LEARNER, lesson.name)
    assert second is not None
    assert second.id != first.id
    LessonProgress.update(seen_at=clock.wall_now() - 2 * runs.LOOKING_ROUND).execute()
    runs.sweep(practice)
    assert [board.id for board in own_boards()] == [second.own_board_id]
    runs.give_up(second)
    assert runs.open_run(practice, LEARNER, lesson.name) is None


def test_beginning_gives_up_all_there_were_also_of_two_programs_at_once(practice: Board, lesson: Script) -> None:
    first, _second = runs.begin(practice, LEARNER, lesson), runs.begin(practice, LEARNER, lesson)
    apart = Board.create(name="Les x", owner=practice, now=clock.PRACTICE_START, password_hash="", basispoort_key="k")
    LessonProgress.update(given_up_at=None, own_board=apart).where(LessonProgress.id == first.id).execute()
    last = runs.begin(practice, LEARNER, lesson)
    assert [board.id for board in own_boards()] == [last.own_board_id]


def test_the_board_of_a_lesson_that_is_done_is_cleared_up_also_after_a_kill(practice: Board, lesson: Script) -> None:
    done, busy = runs.begin(practice, LEARNER, lesson), runs.begin(practice, "trainer", lesson)
    long_ago = clock.wall_now() - 2 * runs.LOOKING_ROUND
    LessonProgress.update(seen_at=long_ago).execute()
    runs.sweep(practice)
    assert len(own_boards()) == 2, "both can be gone on with"
    LessonProgress.update(finished_at=long_ago).where(LessonProgress.id == done.id).execute()
    runs.sweep(practice)
    assert [board.id for board in own_boards()] == [busy.own_board_id]
    assert LessonProgress.get_by_id(done.id).finished_at is not None


@pytest.mark.parametrize("act", ["begin", "sweep"])
def test_another_program_that_writes_meanwhile_does_not_stop_it(
    act: str, practice: Board, practice_sqlite: str, lesson: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    for learner in ("a", "b", "c"):
        runs.begin(practice, learner, lesson)
    LessonProgress.update(learner=LEARNER).execute()
    long_ago = clock.wall_now() - 2 * runs.LOOKING_ROUND
    if act == "sweep":
        LessonProgress.update(seen_at=long_ago, finished_at=long_ago).execute()
    name = "give_up" if act == "begin" else "clear"
    really = getattr(runs, name)

    def after_another_wrote(one: object) -> None:
        with closing(sqlite3.connect(practice_sqlite.removeprefix("sqlite:///"))) as other, other:
            other.execute("UPDATE board SET learner = learner || 'o'")
        really(one)

    monkeypatch.setattr(runs, name, after_another_wrote)
    made = [runs.begin(practice, LEARNER, lesson).own_board_id] if act == "begin" else runs.sweep(practice) or []
    assert [board.id for board in own_boards()] == made


@pytest.mark.parametrize("act", ["reset", "remove"])
def test_resetting_or_removing_a_board_ends_the_lessons_begun_there_and_says_so(
    act: str, klas: list[Board], lesson: Script
) -> None:
    one, other = klas
    mine, others = runs.begin(one, LEARNER, lesson), runs.begin(other, LEARNER, lesson, side=pairs.ESIS)
    joined = runs.join(one, "gast", runs.waiting_with(pairs.code_of(others.own_board_id)))
    told = of_class.stops([one.id])
    assert told.startswith(
        "Er is 1 les begonnen: rovict op Klas 01, De koppeling tussen ESIS en IEP LVS activeren, stap 1 van"
    )
    assert told.endswith("Die stopt, en het bestuur ervan gaat weg; hoe ver ieder kwam, blijft staan.")
    removed = of_class.stops([one.id], removed=True)
    assert removed.startswith("Er zijn 2 lessen begonnen: rovict op Klas 01")
    assert removed.endswith("gaan weg; wat ervan was bijgehouden, gaat mee.")
    assert of_class.stopped([one.id]).startswith("Gestopt: 1 les (rovict op Klas 01")
    Board.update(learner="Anna").where(Board.id == one.id).execute()
    assert of_class.stopped([one.id]).startswith("Gestopt: 1 les (Anna op Klas 01")
    assert "Die gaan door, op een eigen tijd." in of_class.goes_on([one.id, other.id])
    boards.remove_board(one) if act == "remove" else boards.reset_board(one.name)
    assert of_class.stops([one.id]) == ""
    assert [board.id for board in own_boards()] == [others.own_board_id]
    if act == "reset":
        assert LessonProgress.get_by_id(mine.id).given_up_at is not None
        assert runs.other_done(LessonProgress.get_by_id(others.id)) == 0
    else:
        assert LessonProgress.get_or_none(LessonProgress.id == joined.id) is None


def test_two_learners_of_two_boards_share_one_and_either_may_stop(klas: list[Board], lesson: Script) -> None:
    first = runs.begin(klas[0], LEARNER, lesson, side=pairs.PARTNER)
    (waiting,) = runs.waiting_pairs()
    assert (waiting.who, waiting.side) == ("rovict van Klas 01", pairs.ESIS)
    second = runs.join(klas[1], "gast", runs.waiting_with(f" {waiting.code.lower()} "))
    assert (second.own_board_id, second.side) == (first.own_board_id, pairs.ESIS)
    assert runs.waiting_pairs() == []
    with pytest.raises(NotFound, match="wacht niemand"):
        runs.waiting_with(waiting.code)
    with pytest.raises(Refused, match="wacht niet meer"):
        runs.join(klas[1], "laat", waiting)
    LessonProgress.update(step=4).where(LessonProgress.id == second.id).execute()
    assert runs.other_done(first) == 4
    runs.give_up(first)
    assert [one.side for one in runs.waiting_pairs()] == [pairs.PARTNER], "the other may go on, alone or with somebody"
    assert runs.other_done(second) is None, "and is told the code again"
    runs.give_up(second)
    assert own_boards() == []


@given(st.integers(1, 5_000_000))
def test_a_code_is_of_one_board(board_id: int) -> None:
    code = pairs.code_of(board_id)
    assert (len(code), pairs.board_of(code)) == (pairs.LENGTH, board_id)
    assert pairs.code_of(board_id + 1)[:3] != code[:3]


def test_what_is_no_code_is_said() -> None:
    for typed in ("", "OEF12", "ABC", "hallo dan"):
        with pytest.raises(Refused, match="is geen code"):
            pairs.board_of(typed)


def test_whose_turn_it_is_follows_from_where_the_commands_act(lesson: Script) -> None:
    from app.training.lessons.tasks import tasks_of

    sides = pairs.sides(task.commands for task in tasks_of(lesson))
    assert {side for one in sides for side in one} == {pairs.ESIS, pairs.PARTNER}
    assert pairs.partner_of(lesson) == "IEP LVS"
    assert pairs.partner_of(catalogue.find("e-mailadres-ontbreekt")) in ("", "Mijnschoolinfo")
    assert Path(lesson.path).exists()


def test_each_run_has_its_own_variant_on_a_board_that_fits_and_keeps_which(practice: Board) -> None:
    seen: list[tuple[str, str]] = []
    for learner in (LEARNER, LEARNER, "appbeheer"):
        script, text = runs.next_variant(practice, learner, "vertrokken-leerling")
        assert text == ""
        run = LessonProgress.get_by_id(runs.begin(practice, learner, script).id)
        kept = runs.script_of(run)
        assert (run.seed, kept.values) == (script.seed, script.values)
        seen.append((kept.values["leerling.nummer"], kept.board))
        gone = Pupil.get(Pupil.key == kept.values["leerling.nummer"], Pupil.board == run.own_board)
        assert gone.unsubscribed_on is not None
    assert len(set(seen)) == 3


def test_a_lesson_of_ones_own_is_kept_with_its_text(practice: Board, tmp_path: Path) -> None:
    path = tmp_path / "onze.draaiboek.md"
    path.write_text(OURS, encoding="utf-8")
    script, text = runs.next_variant(practice, LEARNER, str(path))
    run = runs.begin(practice, LEARNER, script, text=text)
    path.unlink()
    assert runs.script_of(LessonProgress.get_by_id(run.id)).title == "Onze les"


def test_a_lesson_is_found_whatever_capitals_its_name_has(practice: Board, tmp_path: Path) -> None:
    for file in ("Onze-Les.draaiboek.md", "Andere.md"):
        path = tmp_path / file
        path.write_text(OURS, encoding="utf-8")
        run = runs.begin_next(practice, LEARNER, str(path))
        for typed in (file.partition(".")[0], own.name_of(path), file, str(path)):
            assert runs.open_run(practice, LEARNER, typed) == run
            assert review.newest(practice, LEARNER, typed) == run


def test_a_file_does_not_take_the_name_of_a_lesson_that_comes_along(tmp_path: Path, lesson: Script) -> None:
    path = tmp_path / "Iep-LVS.draaiboek.md"
    path.write_text(OURS, encoding="utf-8")
    with pytest.raises(Refused, match="Er is al een les die iep-lvs heet"):
        catalogue.begin(str(path))
    assert catalogue.begin(str(lesson.path)) == (lesson, "")


def test_a_name_that_cannot_be_kept_is_refused_at_once(practice: Board, tmp_path: Path) -> None:
    path = tmp_path / f"{'o' * 101}.draaiboek.md"
    path.write_text(OURS, encoding="utf-8")
    with pytest.raises(Refused, match="Zo kan een les niet heten"):
        runs.begin_next(practice, LEARNER, str(path))
    path.rename(tmp_path / f"{'o' * 100}.draaiboek.md")
    assert runs.begin_next(practice, LEARNER, str(tmp_path / f"{'o' * 100}.draaiboek.md")).lesson == "o" * 100
