"""A new location is created by its first import, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from app import clock
from app.access import Actor, NotAllowed
from app.exchange.xml import UnreadableXml
from app.permissions import Role
from app.refusals import Refused
from app.school.board.locations import create_location
from app.school.files.import_preview import Tally
from app.school.files.imports import OtherLocation, PreviewOutdated, apply, preview_new_location
from app.training import boards
from models.board import Board, Location, RoleAssignment, School
from models.partners.basispoort import BasispoortSchool
from models.partners.iep_lvs import IepSchool
from models.school import Group, Pupil
from tests.builders import make_actor, make_board
from tests.school.files.edex import edex, group, pupil

NEW = "99ZZ00"
SOURCE = edex(pupil("1", group="G5"), groups=group("G5", "5"), brin="99ZZ")


@pytest.fixture
def actor(db: str) -> Actor:
    return make_actor(make_board())


def everything() -> list[Any]:
    tables = (School, Location, RoleAssignment, Group, Pupil, BasispoortSchool, IepSchool)
    return [sorted(table.select().tuples(), key=str) for table in tables]


def test_a_preview_makes_nothing_and_applying_makes_the_location_too(actor: Actor) -> None:
    before = everything()
    found = preview_new_location(actor, NEW, SOURCE)
    assert everything() == before
    assert (found.brin6, found.new_location, found.errors) == (NEW, True, [])
    report = boards.import_file(actor, found)
    assert (report.pupils, report.groups) == (Tally(1, 0, 0), Tally(1, 0, 0))
    assert report.sentence().startswith("Vestiging 99ZZ00 is aangemaakt. Geïmporteerd in 99ZZ00.")
    assert Pupil.get().location.brin6 == NEW
    assert [school.brin6 for school in (IepSchool.get(), BasispoortSchool.get())] == [NEW, NEW]


@pytest.mark.parametrize(
    ("brin6", "source", "refusal"),
    [
        (NEW, edex(pupil("1")), OtherLocation),
        (NEW, b"<EDEX>", UnreadableXml),
        ("99z00", SOURCE, Refused),
        ("99QQ00", edex(pupil("1")), Refused),
    ],
)
def test_what_can_not_be_is_refused_at_the_preview(
    actor: Actor, brin6: str, source: bytes, refusal: type[Exception]
) -> None:
    before = everything()
    with pytest.raises(refusal):
        preview_new_location(actor, brin6, source)
    assert everything() == before


@pytest.mark.parametrize("written", ["99zz00", "99ZZ-00", "99 zz.00"])
def test_a_location_may_be_written_in_another_form(actor: Actor, written: str) -> None:
    assert preview_new_location(actor, written, SOURCE).brin6 == NEW


def test_only_who_may_import_sees_a_preview(sqlite: str) -> None:
    with pytest.raises(NotAllowed):
        preview_new_location(make_actor(make_board(), Role.LEERKRACHT), NEW, SOURCE)


def test_a_file_with_errors_makes_no_location(actor: Actor) -> None:
    before = everything()
    found = preview_new_location(actor, NEW, edex(pupil("1", group="weg"), brin="99ZZ"))
    assert found.errors
    with pytest.raises(Refused, match="er is niets geïmporteerd"):
        boards.import_file(actor, found)
    assert everything() == before


@pytest.mark.parametrize(
    "broken", ["app.school.files.import_writing._lessons", "app.training.boards.open_partner_accounts"]
)
def test_a_failure_halfway_leaves_no_empty_location(actor: Actor, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    before, found = everything(), preview_new_location(actor, NEW, SOURCE)

    def fail(*_: object) -> None:
        raise RuntimeError("halverwege")

    monkeypatch.setattr(broken, fail)
    with pytest.raises(RuntimeError):
        boards.import_file(actor, found)
    assert everything() == before


def test_a_number_that_the_board_got_meanwhile_is_told_and_no_location_is_made(actor: Actor) -> None:
    found = preview_new_location(actor, NEW, SOURCE)
    Pupil.create(
        board=actor.board,
        location=actor.location,
        key="1",
        first_name="A",
        last_name="B",
        enrolled_from=clock.parse_date("1-8-2019"),
    )
    before = everything()
    with pytest.raises(PreviewOutdated) as refusal:
        boards.import_file(actor, found)
    assert "van vestiging 99QQ00" in refusal.value.preview.errors[0].sentence
    assert everything() == before


def test_a_location_that_somebody_else_made_meanwhile_is_refused(actor: Actor) -> None:
    found = preview_new_location(actor, NEW, SOURCE)
    create_location(actor, NEW)
    with pytest.raises(Refused, match="99ZZ00 bestaat al"):
        apply(actor, found)
    assert Pupil.select().count() == 0


def test_while_school_time_is_moved_no_location_is_made(actor: Actor) -> None:
    found, before = preview_new_location(actor, NEW, SOURCE), everything()
    Board.update(target=clock.parse_moment("2020-05-01T09:00"), mover="rovict").execute()
    with pytest.raises(clock.ClockRunning):
        boards.import_file(actor, found)
    assert everything() == before
