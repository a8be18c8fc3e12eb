"""An EDEXML export: valid by the schemas, reimported to the same bytes, and limited to what may travel."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from app.access import Actor, NotAllowed, actor_for, find_user
from app.clock import PRACTICE_START
from app.exchange import edexml
from app.permissions import Role
from app.refusals import Refused
from app.school.files import exports, imports
from app.school.files.exports import EdexmlExport
from models.base import database, reading
from models.board import Board
from models.school import Group, GroupTeacher, Placement, Pupil, StaffMember
from tests.builders import YEAR, make_actor, make_board, make_group, make_pupil
from tests.exchange.test_edexml_writer import addresses, kept

TODAY = PRACTICE_START.date()
CREATED = re.compile(rb"<aanmaakdatum>[^<]*</aanmaakdatum>")


def exported(actor: Actor, *chosen: Group, leavers: bool = False) -> tuple[bytes, EdexmlExport]:
    file = io.BytesIO()
    made = exports.edexml(actor, file, chosen, leavers=leavers)
    return file.getvalue(), made


def lines(content: bytes) -> list[bytes]:
    """The file without the moment of creation, a record a line."""
    assert len(CREATED.findall(content)) == 1
    return CREATED.sub(b"", content).splitlines(keepends=True)


def check_valid(standards: Path, content: bytes) -> None:
    schema = etree.XMLSchema(etree.parse(standards / "edexml-2.1" / "EDEXML.structuur.xsd"))
    assert schema.validate(etree.fromstring(content)), schema.error_log


def taken_over(content: bytes) -> Actor:
    """Somebody at an empty location of the same BRIN, a few hours later, into which the file was imported."""
    actor = make_actor(make_board(PRACTICE_START + timedelta(hours=3)))
    found = imports.preview(actor, content)
    assert found.errors == []
    imports.apply(actor, found)
    return actor


def test_the_practice_board_is_valid_by_the_official_schemas(sqlite: str, standards: Path) -> None:
    from app.training.boards import reset_board

    actor = actor_for(find_user(reset_board(), "rovict"))
    for leavers in (False, True):
        content, made = exported(actor, leavers=leavers)
        check_valid(standards, content)
        assert content.count(b"<leerling ") == made.pupils
    assert made.left == content.count(b"<jaargroep>H<") == content.count(b"<uitstroomdatum>") > 0
    group = exports.exportable(actor)[0]
    check_valid(standards, exported(actor, group)[0])


@st.composite
def schools(draw: st.DrawFn) -> Board:
    """A school as forms and imports could have made it."""
    board = make_board()
    location = board.locations.get()
    names = draw(st.lists(kept(64, 1), min_size=2, max_size=5, unique=True))
    groups = [_group(draw, location, name, number) for number, name in enumerate(names)]
    keys = draw(st.lists(kept(30, 1), max_size=6, unique=True))
    pupils = [_pupil(draw, location, key) for key in keys]
    for pupil in pupils:
        for group in _seats(draw, groups):
            Placement.create(pupil=pupil, group=group, school_year=YEAR, kind=group.kind)
    for number in range(draw(st.integers(0, 3))):
        member = StaffMember.create(
            board=board,
            location=location,
            key=f"M{number}",
            eckid=draw(st.sampled_from(["", "een", "twee"])),
            first_name=draw(kept(64)),
            prefix=draw(kept(10)),
            last_name=draw(kept(200, 1)),
            email=draw(addresses()),
            active=draw(st.booleans()),
        )
        for group in draw(st.lists(st.sampled_from(groups), unique_by=lambda group: group.id)):
            GroupTeacher.create(group=group, staff=member)
    return board


def _group(draw: st.DrawFn, location: object, name: str, number: int) -> Group:
    kind = draw(st.sampled_from(["basis", "basis", "instructie", "overig"]))
    return Group.create(
        location=location,
        key=f"{draw(kept(20))}G{number}",
        name=name,
        kind=kind,
        school_year=YEAR,
        year_groups=draw(st.sampled_from(["", "0", "5", "5,6", "1,2,3", "S"])),
        available_to_couplings=draw(st.booleans()),
    )


def _pupil(draw: st.DrawFn, location: object, key: str) -> Pupil:
    first, prefix, last = draw(kept(64, 1)), draw(kept(10)), draw(kept(200, 1))
    since = draw(st.dates(date(2012, 1, 1), TODAY + timedelta(days=30)))
    until = draw(st.none() | st.dates(since, TODAY + timedelta(days=400)))
    return Pupil.create(
        board=location.board,
        location=location,
        key=key,
        eckid=draw(st.sampled_from(["", "a", "b", f"eck-{key}"])),  # type: ignore[attr-defined]
        first_name=first,
        prefix=prefix,
        last_name=last,
        initials=draw(kept(6)),
        enrolled_from=since,
        birth_date=draw(st.none() | st.dates(date(1999, 1, 1), date(2011, 12, 31))),
        gender=draw(st.sampled_from([0, 1, 2, 9])),
        year_group=draw(st.sampled_from(["", "0", "5", "6", "8", "S"])),
        unsubscribed_on=until,
    )


def _seats(draw: st.DrawFn, groups: list[Group]) -> list[Group]:
    """At most one basisgroep, and any of the others."""
    base = [group for group in groups if group.kind == "basis"]
    others = [group for group in groups if group.kind != "basis"]
    seat = draw(st.none() | st.sampled_from(base)) if base else None
    return [*([seat] if seat else []), *(draw(st.lists(st.sampled_from(others), unique=True)) if others else [])]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_the_import_takes_back_exports_again_to_the_same_bytes(
    db: str, standards: Path, data: st.DataObject
) -> None:
    actor = make_actor(data.draw(schools()))
    today = [pupil for pupil in Pupil.select().where(Pupil.location == actor.location) if _is_there(pupil)]
    if not today:
        with pytest.raises(Refused, match="zit vandaag geen leerling"):
            exported(actor)
        return
    content, made = exported(actor)
    check_valid(standards, content)
    assert made.pupils == len(today)
    assert [pupil.key for pupil in edexml.read(content).pupils] == sorted(pupil.key for pupil in today)
    again, _ = exported(taken_over(content))
    assert lines(again) == lines(content)
    with_leavers, made = exported(actor, leavers=True)
    check_valid(standards, with_leavers)
    assert (made.pupils - made.left, made.left) == (len(today), _left_this_year(actor))
    once_more, _ = exported(taken_over(with_leavers))
    assert made.warnings or lines(once_more) == lines(content)


def _is_there(pupil: Pupil) -> bool:
    until = pupil.unsubscribed_on
    return bool(pupil.enrolled_from <= TODAY and (until is None or until > TODAY))


def _left_this_year(actor: Actor) -> int:
    pupils = Pupil.select().where(Pupil.location == actor.location, Pupil.enrolled_from <= TODAY)
    return sum(date(2019, 8, 1) <= (pupil.unsubscribed_on or date.max) <= TODAY for pupil in pupils)


def test_the_official_example_goes_in_and_out_valid(db: str, standards: Path) -> None:
    actor = make_actor(make_board(brin="99ZZ"))
    source = (standards / "edexml-2.1" / "EDEXML.Voorbeeld.2.1.xml").read_bytes()
    imports.apply(actor, imports.preview(actor, source))
    content, made = exported(actor)
    check_valid(standards, content)
    before, after = edexml.read(source), edexml.read(content)
    assert {(group.key, group.name, group.year_group) for group in after.groups} == {
        (group.key, group.name, group.year_group) for group in before.groups
    }
    wimpie = after.pupils[0]
    assert (wimpie.key, wimpie.first_name, wimpie.prefix, wimpie.last_name) == ("00001", "Wimpie", "imp", "ie")
    assert (wimpie.eckid, wimpie.initials, wimpie.gender) == (before.pupils[0].eckid, "W", 1)
    assert wimpie.composite_keys == ("sg1", "sg2")
    assert [teacher.key for teacher in after.teachers] == ["LK1", "LK2", "LK3"]
    assert (made.groups, made.pupils, made.staff, made.warnings) == (8, 2, 3, ())


def test_a_combination_group_with_pupils_of_one_year_stays_a_combination_group(db: str) -> None:
    actor = make_actor(make_board())
    make_pupil(make_group(actor.location, "5/6", "5,6"))
    content, _ = exported(actor)
    assert b"<jaargroep>C</jaargroep>" in content
    there = taken_over(content)
    assert Group.get(Group.location == there.location).year_groups == "5,6"


def test_chosen_groups_bring_only_their_own_pupils_staff_and_references(db: str) -> None:
    actor = make_actor(make_board())
    five, six = make_group(actor.location, "5", "5"), make_group(actor.location, "6", "6")
    plus = make_group(actor.location, "Plus", "5", kind="instructie")
    anna, bas = make_pupil(five, "Anna"), make_pupil(six, "Bas")
    for pupil in (anna, bas):
        Placement.create(pupil=pupil, group=plus, school_year=YEAR, kind=plus.kind)
    for number, group in enumerate((five, six)):
        member = StaffMember.create(board=actor.board, location=actor.location, key=f"M{number}", last_name="Juf")
        GroupTeacher.create(group=group, staff=member)
    file = edexml.read(exported(actor, five)[0])
    assert [(pupil.first_name, pupil.group_keys, pupil.composite_keys) for pupil in file.pupils] == [
        ("Anna", (five.key,), ())
    ]
    assert [teacher.key for teacher in file.teachers] == ["M0"]
    file = edexml.read(exported(actor, plus)[0])
    assert [(pupil.group_keys, pupil.composite_keys) for pupil in file.pupils] == [((), (plus.key,))] * 2
    assert file.problems == []


def test_a_group_that_is_not_for_couplings_stays_home(db: str) -> None:
    actor = make_actor(make_board())
    five, choir = make_group(actor.location, "5"), make_group(actor.location, "Koor", kind="overig")
    Group.update(available_to_couplings=False).execute()
    pupil = make_pupil(five)
    Placement.create(pupil=pupil, group=choir, school_year=YEAR, kind=choir.kind)
    assert [group.name for group in exports.exportable(actor)] == ["5"]
    assert [group.key for group in edexml.read(exported(actor)[0]).groups] == [five.key]
    with pytest.raises(Refused, match="Groep Koor is niet 'In koppelingen beschikbaar'"):
        exported(actor, choir)


def test_an_eckid_of_two_pupils_is_told_and_left_out_and_a_late_school_year_is_told(db: str, standards: Path) -> None:
    actor = make_actor(make_board())
    group = make_group(actor.location)
    for name in ("Anna", "Bas"):
        make_pupil(group, name)
    Pupil.update(eckid="dezelfde").execute()
    content, made = exported(actor)
    check_valid(standards, content)
    assert b"eckid" not in content
    assert "1 ECK iD" in made.warnings[0]
    Group.update(school_year="2025-2026").execute()
    Board.update(now=PRACTICE_START.replace(year=2026)).execute()
    assert "kan dit bestand van 2025-2026 weigeren" in exported(actor)[1].warnings[0]


def test_who_may_not_export_gets_nothing_and_a_refusal_leaves_no_file(db: str, tmp_path: Path) -> None:
    board = make_board()
    teacher, clerk = make_actor(board, Role.LEERKRACHT), make_actor(board, Role.ADMINISTRATIE)
    folder = tmp_path / "uit"
    folder.mkdir()
    path = folder / "school.xml"
    with pytest.raises(NotAllowed, match="gegevens exporteren"):
        exports.edexml_to_file(teacher, path)
    with pytest.raises(Refused, match="zit vandaag geen leerling"):
        exports.edexml_to_file(clerk, path)
    assert list(folder.iterdir()) == []
    make_pupil(make_group(clerk.location))
    told: list[int] = []
    assert exports.edexml_to_file(clerk, path, progress=told.append).sentence() == (
        "Vestiging 99QQ00, schooljaar 2019-2020. Groepen: 1. Leerlingen: 1. Medewerkers: 0."
    )
    assert list(folder.iterdir()) == [path]


def test_an_export_is_of_one_moment(db: str) -> None:
    actor = make_actor(make_board())
    six = make_group(actor.location)
    make_pupil(six)

    def come() -> None:
        make_pupil(six)
        database.close()

    with reading():
        assert exported(actor)[1].pupils == 1
        other = Thread(target=come)
        other.start()
        other.join()
        assert exported(actor)[1].pupils == 1
    assert exported(actor)[1].pupils == 2
