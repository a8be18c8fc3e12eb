"""The boards of a class: created with their own passwords, independent, reset and removed."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from app import clock
from app.access import actor_for, find_user
from app.clock import PRACTICE_START, wall_now
from app.couplings import lifecycle
from app.refusals import NotFound, Refused
from app.signing.hashing import verify_password
from app.signing.sign_in import sign_in
from app.training import boards, classes, passwords, resetting, sheet, situations
from app.training.classes import Made
from app.training.situations import Situation
from app.workers import school_time
from app.workers.walker import walk
from models.board import Board, Location, User
from models.coupling import Coupling
from models.partners.users import PartnerUser
from models.training import LessonProgress
from tests.partners.suppliers import CODE

MADE = [
    Made("Klas 01", "appel-1234-tulp", (("rovict", "Directie"), ("zonderrol", "geen rol"))),
    Made("Klas <02>", "=wolk-1234-uil", (("rovict", "Directie"),)),
]


def practised(board: Board, lesson: str, step: int) -> None:
    LessonProgress.create(
        board=board,
        learner="rovict",
        lesson=lesson,
        started_at=wall_now(),
        seen_at=wall_now(),
        step=step,
        steps=17,
        hints=2,
        mistakes=1,
    )


def test_every_board_has_one_password_for_all_its_users_and_keeps_it_after_a_reset(sqlite: str) -> None:
    heard: list[int] = []
    made = classes.create(2, "Groep", heard.append)
    assert [one.name for one in made] == ["Groep 01", "Groep 02"]
    assert heard == [1, 2]
    assert made[0].password != made[1].password
    for one in made:
        board = classes.find(one.name)
        assert sign_in(board, "rovict", one.password).board_id == board.id
        assert Board.get_by_id(board.id).used_at is not None
        resetting.reset_to(one.name, resetting.situation_point("begin"))
        users = User.select().where(User.board == board)
        partners = PartnerUser.select().where(
            PartnerUser.location.in_(Location.select().where(Location.board == board))
        )
        hashes = {row.password_hash for row in (*users, *partners)}
        assert len(hashes) == 1  # one slow hash a board
        assert verify_password(hashes.pop(), one.password)


def test_each_board_works_by_itself(db: str) -> None:
    classes.create(2)
    first, second = classes.class_boards()
    actor = actor_for(find_user(first, "rovict"))
    lifecycle.activate(actor, "iep-lvs", "R. de Vries", True, CODE)
    classes.advance(actor, second, clock.parse_moment("2020-04-15T08:00"))
    walk(second.id)
    now = {row.name: clock.dutch_moment(row.now) for row in classes.overview()}
    assert now == {"Klas 01": "di 14-4-2020 09:00", "Klas 02": "wo 15-4-2020 08:00"}
    lifecycle.activate(actor_for(find_user(second, "rovict")), "iep-lvs", "R. de Vries", True, CODE)
    classes.remove(first)
    assert [row.board_id for row in Coupling.select()] == [second.id]
    assert [row.name for row in classes.class_boards()] == ["Klas 02"]


def test_what_cannot_be_made_leaves_nothing(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    classes.create(1)
    for count, name, words in (
        (0, "Klas", "1 tot 99"),
        (100, "A", "1 tot 99"),
        (2, " ", "--name"),
        (2, 'Klas "$(rm)"', "--name"),
        (2, "Klas", "Klas 01"),
    ):
        with pytest.raises(Refused, match=words):
            classes.create(count, name)
    made = boards.make_board

    def only_once(name: str, password_hash: str) -> Board:
        if name.endswith("02"):
            raise KeyboardInterrupt
        return made(name, password_hash)

    monkeypatch.setattr(boards, "make_board", only_once)
    with pytest.raises(KeyboardInterrupt):
        classes.create(2, "Half")
    assert [row.name for row in Board.select()] == ["Klas 01"]
    with pytest.raises(Refused, match="al een bestuur"):
        made("Klas 01", "-")


def test_the_overview_has_the_last_lesson_and_a_reset_keeps_it(practice_db: str) -> None:
    classes.create(2)
    board = classes.find("Klas 02")
    practised(board, "basispoort", 17)
    practised(board, "iep-lvs", 5)
    resetting.reset_to(board.name, resetting.situation_point("begin"))
    first, second = classes.overview(only_class=True)
    assert (first.lesson, first.step, first.used_at) == ("", "", None)
    assert (second.lesson, second.step) == ("iep-lvs", "5 van 17")
    assert second.used_at is not None
    assert [row.lesson for row in classes.lessons_of(board.id)] == ["iep-lvs", "basispoort"]
    assert [row.name for row in classes.overview()] == ["Klas 01", "Klas 02", boards.NAME]


def test_the_class_is_led_from_the_practice_board(sqlite: str) -> None:
    practice = boards.ensure_board()
    classes.create(1)
    own = classes.find("Klas 01")
    assert classes.leading(actor_for(find_user(practice, "trainer"))) == ""
    assert "vanaf het Oefenbestuur" in classes.leading(actor_for(find_user(own, "trainer")))
    assert "Trainer" in classes.leading(actor_for(find_user(practice, "rovict")))
    with pytest.raises(Refused, match="blijft"):
        classes.remove(practice)
    with pytest.raises(NotFound, match="Klas 01"):
        classes.find("Klas 09")


def test_a_board_goes_to_a_situation_that_begins_earlier_and_back(sqlite: str) -> None:
    board = resetting.reset_to(boards.NAME, resetting.situation_point("wrong-pupil"))
    assert Coupling.select().where(Coupling.board == board).count() == 1
    assert clock.dutch_moment(board.now) == "wo 15-4-2020 08:00"
    again = resetting.reset_to(boards.NAME, resetting.situation_point("begin"))
    assert (again.id, again.now, again.target) == (board.id, PRACTICE_START, None)
    assert Coupling.select().count() == 0


def test_a_situation_that_fails_leaves_the_first_state_and_says_so(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_halfway(actor: object) -> None:
        situations.coupled(actor, "iep-lvs")  # type: ignore[arg-type]
        raise Refused("Dit kan niet.")

    point = resetting.situation_point("half-done")
    broken = Situation("kapot", "Kapot", fails_halfway)
    with pytest.raises(
        Refused, match=r"kapot is niet te maken\. Dit kan niet\. Oefenbestuur staat nu in de eerste stand"
    ):
        resetting.reset_to(boards.NAME, resetting.StartingPoint("kapot", False, "Kapot", broken, point.begins))
    assert Coupling.select().count() == 0
    with pytest.raises(NotFound, match="begin, iep-coupled, after-first-night"):
        resetting.situation_point("morgen")


def test_nights_that_somebody_stops_make_no_starting_state(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(board_id: int) -> None:
        school_time.stop(Board.get_by_id(board_id))
        walk(board_id)

    monkeypatch.setattr(situations, "walk_to_the_end", stopped)
    with pytest.raises(Refused, match="onderweg gestopt, op di 14-4-2020 09:00"):
        resetting.reset_to(boards.NAME, resetting.situation_point("after-first-night"))
    assert Coupling.select().count() == 0


@pytest.mark.usefixtures("sqlite")
def test_a_lesson_begins_where_its_script_says() -> None:
    points = {point.id: point for point in resetting.starting_points() if point.lesson}
    assert points["iep-lvs"].situation.name == "begin"
    assert clock.dutch_moment(points["iep-lvs"].begins) == "di 14-4-2020 09:00"


def test_the_sheet_as_a_page_to_print_asks_nothing_of_another_host() -> None:
    text = sheet.as_html(MADE, "https://school.voorbeeld/esis")
    assert text.count("<section>") == 2
    assert "break-after: page" in text
    assert "Klas &lt;02&gt;" in text
    assert "esis --board &quot;Klas 01&quot;" in text
    assert "appel-1234-tulp" in text
    assert text.count("https://school.voorbeeld/esis") == 2
    assert not re.search(r"(src|href|url)\s*[=(]", text)
    assert "http" not in sheet.as_html(MADE)


def test_the_sheet_as_csv_and_as_markdown(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(sheet.as_csv(MADE).removeprefix("\ufeff")), delimiter=";"))
    assert rows[1] == ["Klas 01", "rovict", "Directie", "appel-1234-tulp", 'esis --board "Klas 01"', "", ""]
    assert rows[3][3] == "'=wolk-1234-uil"  # no cell that a spreadsheet calculates
    path = tmp_path / "klas.md"
    sheet.write(path, MADE, "https://school.voorbeeld")
    assert "## Klas 01\n" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0
    for name, words in (("klas.pdf", ".html, .md of .csv"), ("weg/klas.md", "bestaat niet")):
        with pytest.raises(Refused, match=words):
            sheet.check(tmp_path / name)


def test_passwords_can_be_read_aloud_and_differ() -> None:
    some = {passwords.readable() for _ in range(200)}
    assert len(some) == 200
    assert all(re.fullmatch(r"[a-z]+-[1-9]\d{3}-[a-z]+", one) for one in some)
    assert len(set(passwords.WORDS)) == len(passwords.WORDS) > 100
