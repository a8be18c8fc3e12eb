"""Refused imports change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from peewee import IntegrityError

from app import clock
from app.access import Actor
from app.exchange.xml import UnreadableXml
from app.refusals import Refused
from app.school.files import import_writing
from app.school.files.import_sheets import State
from app.school.files.imports import PreviewOutdated, apply, preview
from models.board import Board
from models.school import Group, GroupTeacher, Placement, Pupil, StaffMember
from tests.builders import make_actor, make_board, make_group
from tests.school.files.edex import composite, edex, group, pupil, teacher

GROUPS = group("G5", "5", "5") + composite("S1", "Plus")
TABLES = (Group, Pupil, StaffMember, Placement, GroupTeacher)


@pytest.fixture
def actor(db: str) -> Actor:
    """Someone at a location with a group, a pupil and a teacher."""
    actor = make_actor(make_board())
    apply(actor, preview(actor, edex(pupil("1", group="G5"), groups=GROUPS, staff=teacher("L1"))))
    return actor


def everything() -> list[Any]:
    return [sorted(table.select().tuples(), key=str) for table in TABLES]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (edex(pupil("2"), pupil("2")), "leerling '2' komt meer dan een keer voor"),
        (edex(pupil("2", group="G9"), groups=GROUPS), "groep 'G9' staat niet bij de groepen"),
        (edex(pupil("2", last="x" * 201)), "achternaam is 201 tekens lang"),
        (edex(pupil("2", last="a\u0085b")), "bevat een stuurteken"),
        (edex(groups=group("A", "X") + group("B", "X")), "er is al een groep 'X' .sleutel A, regel 3"),
        (edex(groups=group("A", "X") + composite("B", "X")), "er is al een groep 'X'"),
        (edex(groups=group("Z", "5")), "in ESIS bestaat '5' dit schooljaar al, met sleutel G5"),
        (edex(groups=composite("G5", "5")), "in het bestand een instructiegroep en in ESIS een basisgroep"),
        (edex(groups=group("S1", "Plus")), "in het bestand een basisgroep en in ESIS een instructiegroep"),
    ],
)
def test_a_file_with_an_error_is_shown_and_not_applied(actor: Actor, source: bytes, sentence: str) -> None:
    before = everything()
    found = preview(actor, source)
    assert found.errors
    assert found.errors[0].line > 0
    assert found.pupils.items == found.groups.items == ()
    with pytest.raises(Refused, match=sentence):
        apply(actor, found)
    assert everything() == before


@pytest.mark.parametrize("name", ["EDEXML.invalid_1.xml", "EDEXML.invalid_toevoegingen.xml"])
def test_the_official_invalid_files_are_refused(sqlite: str, standards: Path, name: str) -> None:
    actor = make_actor(make_board(brin="99ZZ"))
    with pytest.raises(Refused, match="De eerste: regel"):
        apply(actor, preview(actor, standards / "edexml-2.1" / name))
    assert [table.select().count() for table in TABLES] == [0] * 5


@pytest.mark.parametrize(
    "source",
    [
        b'<!DOCTYPE EDEX [<!ENTITY a "b">]><EDEX>&a;</EDEX>',
        edex(pupil("2"))[:-40],
        edex(pupil("2")).replace(b"Anna", b"An\xe9"),
        edex(pupil("2")).replace(b"Anna", b"An\0a"),
        b"",
    ],
)
def test_an_unreadable_file_is_refused(actor: Actor, source: bytes) -> None:
    before = everything()
    with pytest.raises(UnreadableXml):
        preview(actor, source)
    assert everything() == before


def test_the_key_of_a_group_does_not_come_back_in_another_year(actor: Actor) -> None:
    Board.update(now=clock.parse_moment("2020-09-01T09:00")).execute()
    found = preview(actor, edex(groups=GROUPS, year="2020-2021"))
    assert "groep G5: deze sleutel is in ESIS al van groep '5' uit schooljaar 2019-2020" in found.errors[0].sentence


def test_a_preview_that_no_longer_holds_is_refused_with_a_new_one(actor: Actor) -> None:
    found = preview(actor, edex(pupil("1", "Anne", group="G5"), pupil("2"), groups=GROUPS))
    Pupil.update(first_name="Anneke").where(Pupil.key == "1").execute()
    before = everything()
    with pytest.raises(PreviewOutdated, match="Bekijk het voorbeeld opnieuw") as refusal:
        apply(actor, found)
    assert everything() == before
    fresh = refusal.value.preview
    assert fresh.pupils.of(State.CHANGED)[0].differences[0].old == "Anneke"
    apply(actor, fresh)
    assert Pupil.get(Pupil.key == "1").first_name == "Anne"


def test_what_is_outside_the_file_may_change_meanwhile(actor: Actor) -> None:
    found = preview(actor, edex(pupil("2", group="G5"), groups=GROUPS))
    make_group(actor.location, "7", "7")
    Pupil.update(first_name="Anneke").where(Pupil.key == "1").execute()
    apply(actor, found)
    assert Pupil.select().count() == 2


def test_a_preview_is_of_one_location(db: str) -> None:
    board = make_board(locations=("00", "01"))
    found = preview(make_actor(board), edex(pupil("1")))
    with pytest.raises(Refused, match=r"99QQ00.*99QQ01"):
        apply(make_actor(board, number="01"), found)
    assert Pupil.select().count() == 0


def test_a_preview_applied_twice_is_refused_the_second_time(actor: Actor) -> None:
    found = preview(actor, edex(pupil("2")))
    apply(actor, found)
    before = everything()
    with pytest.raises(PreviewOutdated):
        apply(actor, found)
    assert everything() == before


def test_while_school_time_is_moved_nothing_is_imported(actor: Actor) -> None:
    found = preview(actor, edex(pupil("2")))
    Board.update(target=clock.parse_moment("2020-05-01T09:00"), mover="rovict").execute()
    with pytest.raises(clock.ClockRunning):
        apply(actor, found)
    assert Pupil.select().count() == 1


def test_a_failure_halfway_leaves_nothing_behind(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    found = preview(actor, edex(pupil("1", "Anne"), pupil("2", group="G5"), groups=GROUPS.replace("Plus", "Min")))
    before = everything()

    def broken(*_: object) -> None:
        raise IntegrityError("halverwege")

    monkeypatch.setattr(import_writing, "_lessons", broken)
    with pytest.raises(IntegrityError):
        apply(actor, found)
    assert everything() == before
