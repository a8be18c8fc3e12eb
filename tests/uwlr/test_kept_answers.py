"""Answers that are kept: byte for byte what would be made anew, whatever changes, and only for who may have them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from app import access, faults
from app.access import Actor, writing
from app.training.boards import reset_board
from app.uwlr.handling import Answer, Manner
from app.uwlr.kept_answers import SMALL, KeptAnswers
from app.webservice import pupils
from models.base import connected, database
from models.board import Board, Location
from models.board import School as OneSchool
from models.school import Group, GroupTeacher, Placement, Pupil, StaffMember
from tests.uwlr.calling import School, sitting

NOTHING = b"<geenwijzigingen/>"


class Puller:
    """Pulls with what is kept and without, and counts how often the school is read."""

    def __init__(self, school: School, folder: Path, monkeypatch: pytest.MonkeyPatch, most: int = 1 << 30) -> None:
        self.school, self.read = school, 0
        self.kept = KeptAnswers(folder, most)
        real = pupils.pull_pupils

        def counted(*given: Any, **named: Any) -> Any:
            self.read += 1
            return real(*given, **named)

        monkeypatch.setattr(pupils, "pull_pupils", counted)

    def answered(self, more: str = "", **said: str) -> Answer:
        return self.school.ask(self.school.pull(more, **said), Manner(kept=self.kept))

    def pulled(self, more: str = "") -> bytes:
        """What is kept, or is kept from now on; it is what is made anew."""
        answer = self.answered(more).body.read()
        assert answer == self.school.ask(self.school.pull(more)).body.read()
        return answer

    def reads(self, more: str = "") -> int:
        """How often a pull reads the school; 0: it was kept."""
        self.read = 0
        self.answered(more)
        return self.read


@pytest.fixture
def puller(practice_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Puller:
    return Puller(School(), tmp_path, monkeypatch)


@pytest.fixture
def puller_on_both(practice_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Puller:
    return Puller(School(), tmp_path, monkeypatch)


def actor_of(school: School) -> Actor:
    return access.actor_for(access.find_user(school.practice.board, "rovict"), school.location)


def changes(location: Location) -> dict[str, Callable[[], object]]:
    """Every kind of change that a pull shows."""
    here = Pupil.select().join(Placement).where(Pupil.location == location).order_by(Pupil.id)
    pupil, other = list(here.limit(2))
    basis = Group.select().where(Group.location == location, Group.kind == "basis").order_by(Group.id)
    group, next_group = list(basis.limit(2))
    teacher = StaffMember.select().where(StaffMember.location == location, StaffMember.active).first()
    placed = Placement.get(Placement.pupil == pupil, Placement.kind == "basis")
    link = GroupTeacher.select().join(StaffMember).where(StaffMember.location == location).first()

    def update(row: Any, **values: Any) -> Callable[[], object]:
        return type(row).update(**values).where(type(row).id == row.id).execute

    return {
        "roepnaam": update(pupil, first_name="Anders"),
        "achternaam": update(pupil, last_name="Anders"),
        "geslacht": update(pupil, gender=9),
        "eckid": update(pupil, eckid="anders"),
        "geboortedatum": update(pupil, birth_date=pupil.birth_date + timedelta(days=1)),
        "ingeschreven": update(pupil, enrolled_from=pupil.enrolled_from - timedelta(days=1)),
        "groep van een leerling": update(placed, group=next_group if placed.group_id == group.id else group),
        "uitgeschreven": update(other, unsubscribed_on=other.enrolled_from, unsubscribe_reason="V"),
        "nieuw": lambda: Pupil.create(**{**pupil.__data__, "id": None, "key": "999999", "eckid": "nieuw"}),
        "weg": lambda: Pupil.delete().where(Pupil.key == "999999").execute(),
        "groepsnaam": update(group, name="Anders"),
        "jaargroep van een groep": update(group, year_groups="7"),
        "leerkracht": update(teacher, email="anders@example.org"),
        "leerkracht weg": update(teacher, active=False),
        "leerkracht terug": update(teacher, active=True),
        "groep van een leerkracht": lambda: GroupTeacher.delete().where(GroupTeacher.id == link.id).execute(),
        "naam van de vestiging": update(location, name="Anders"),
        "BRIN": update(location.school, name="Andere school"),
    }


def test_no_change_leaves_an_old_answer(puller_on_both: Puller) -> None:
    school, before = puller_on_both.school, puller_on_both.pulled()
    actor, since = actor_of(school), "<laatstontvangengegevens>2020-04-14T09:00:01</laatstontvangengegevens>"
    for what, change in changes(school.location).items():
        with writing(actor):
            change()
        after = puller_on_both.pulled()
        assert (after != before) is (what != "BRIN"), what
        assert puller_on_both.reads() == 0, what
        before = after
    assert NOTHING in puller_on_both.pulled(since)  # school time has stood still: all of it was at nine


def test_whether_there_is_anything_new_is_kept_too(puller: Puller) -> None:
    since = "<laatstontvangengegevens>2020-04-14T09:00:01</laatstontvangengegevens>"
    board = Board.get_by_id(puller.school.board_id)
    actor = actor_of(puller.school)
    assert NOTHING in puller.pulled(since)
    assert NOTHING in puller.pulled(since)
    Board.update(now=board.now + timedelta(hours=1)).where(Board.id == board.id).execute()
    assert NOTHING in puller.pulled(since)
    with writing(actor):
        Location.update(name="Anders").where(Location.id == puller.school.location.id).execute()
    assert b"Anders" in puller.pulled(since)
    assert puller.reads(since) == 0
    assert b"Anders" in puller.pulled()


def test_the_moment_it_is_made_is_now(puller: Puller) -> None:
    board = Board.get_by_id(puller.school.board_id)
    assert b"<aanmaakdatum>2020-04-14T09:00:00</aanmaakdatum>" in puller.pulled()
    Board.update(now=board.now + timedelta(hours=3)).where(Board.id == board.id).execute()
    assert puller.reads() == 0
    assert b"<aanmaakdatum>2020-04-14T12:00:00</aanmaakdatum>" in puller.pulled()
    Board.update(now=board.now + timedelta(days=1)).where(Board.id == board.id).execute()
    assert b"<peildatum>2020-04-15</peildatum>" in puller.pulled()


def test_each_question_has_its_own_answer(puller: Puller) -> None:
    asked = ("", "<gegevenssetid>LVS</gegevenssetid>", "<gegevenssetid>Smalle set</gegevenssetid>")
    for _ in range(2):
        for more in asked:
            puller.pulled(more)
    message = puller.school.pull().replace(b">2.2<", b">2.1<")
    old = puller.school.ask(message, Manner(kept=puller.kept)).body.read()
    assert b"eckid" not in old
    assert b"eckid" in puller.pulled()


def test_who_may_not_have_it_gets_nothing(puller: Puller) -> None:
    puller.pulled()
    assert puller.answered(key="99QQ00eenanderesleutel00").entry.fault == "Client.AutorisatieOngeldig"
    with database.atomic():
        faults.Fault.create(board=puller.school.board_id, partner="iep-lvs", kind="unreachable")
    assert puller.answered().entry.fault == "Server.TijdelijkNietBeschikbaar"


def test_a_delivery_of_results_leaves_it(puller: Puller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pupils, "_MANY", 2)
    puller.pulled()
    pupil = Pupil.select().where(Pupil.location == puller.school.location).first()
    message = puller.school.push("".join(sitting(pupil.key, f"r{number}") for number in range(9)))
    assert not puller.school.ask(message).entry.fault
    assert puller.reads() == 0
    with writing(actor_of(puller.school)):
        Pupil.update(first_name="Anders").where(Pupil.id == pupil.id).execute()
    assert puller.reads() > 0


def test_what_a_use_case_in_progress_changes_is_not_missed(puller_on_both: Puller, practice_db: str) -> None:
    """On PostgreSQL a change of another board may have a higher number and come first."""
    if practice_db.startswith("sqlite"):
        pytest.skip("there one writes at a time")
    other = reset_board("Ander bestuur")
    puller_on_both.pulled()
    changed, on = Event(), Event()
    pupil = Pupil.get(Pupil.location == puller_on_both.school.location)

    def slowly() -> None:
        with connected(), writing(actor_of(puller_on_both.school)):
            Pupil.update(first_name="Langzaam").where(Pupil.id == pupil.id).execute()
            changed.set()
            on.wait(30)

    thread = Thread(target=slowly)
    thread.start()
    assert changed.wait(30)
    with writing(access.actor_for(access.find_user(other, "rovict"))):
        OneSchool.update(name="Elders").where(OneSchool.board == other).execute()
    assert b"Langzaam" not in puller_on_both.answered().body.read()
    on.set()
    thread.join()
    assert b"Langzaam" in puller_on_both.pulled()


def test_so_many_bytes_are_kept(practice_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    school = School()
    size = school.ask(school.pull()).body.seek(0, 2)
    puller = Puller(school, tmp_path, monkeypatch, most=size + SMALL + 10)
    kinds = ("", "<gegevenssetid>LVS</gegevenssetid>")
    opened = puller.answered().body
    for more in kinds * 2:
        puller.pulled(more)
        assert puller.kept.size <= size + SMALL + 10
        assert len(list(tmp_path.glob("antwoord-*"))) == 1
    assert len(opened.read()) == size
    puller.kept = KeptAnswers(tmp_path, most=10)
    puller.pulled()
    assert puller.kept.size == 0
    puller.kept = KeptAnswers(tmp_path / "gone")
    puller.pulled()
    assert puller.reads() > 0
