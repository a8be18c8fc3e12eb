"""The effects of an import: new, changed and unchanged rows, placements, staff."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.access import Actor, NotAllowed
from app.exchange.edexml_records import Severity
from app.exchange.real_pupils import as_it_is
from app.permissions import Role
from app.refusals import Refused
from app.school.files.import_preview import ImportPreview, ImportReport, Tally
from app.school.files.import_sheets import State
from app.school.files.imports import apply, preview
from models.board import Board
from models.school import Group, GroupTeacher, Placement, Pupil, StaffMember
from tests.builders import YEAR, location_of, make_actor, make_board, make_group, make_pupil
from tests.school.files.edex import composite, edex, group, pupil, teacher

TWO_GROUPS = group("G5", "5", "5") + group("G6", "6", "6") + composite("S1", "Plus")


@pytest.fixture
def actor(db: str) -> Actor:
    return make_actor(make_board(locations=("00", "01")))


def imported(actor: Actor, source: bytes) -> ImportReport:
    return apply(actor, preview(actor, source))


def groups_of(key: str) -> list[str]:
    rows = (
        Placement.select(Group.name)
        .join(Group, on=Placement.group == Group.id)
        .join(Pupil, on=Placement.pupil == Pupil.id)
        .where(Pupil.key == key)
        .order_by(Group.name)
    )
    return [row[0] for row in rows.tuples()]


def differences(found: ImportPreview) -> list[tuple[str, str, str]]:
    sections = (found.groups, found.pupils, found.staff)
    return [
        (change.label, change.old, change.new)
        for section in sections
        for item in section.of(State.CHANGED)
        for change in item.differences
    ]


def warnings(found: ImportPreview) -> list[str]:
    assert found.errors == []
    return [problem.sentence for problem in found.warnings]


def test_the_official_example_imports_and_a_second_time_changes_nothing(db: str, standards: Path) -> None:
    actor = make_actor(make_board(brin="99ZZ"))
    path = standards / "edexml-2.1" / "EDEXML.Voorbeeld.2.1.xml"
    found = preview(actor, path)
    assert found.errors == []
    report = apply(actor, found)
    assert (report.groups, report.pupils, report.staff) == (Tally(8, 0, 0), Tally(2, 0, 0), Tally(3, 0, 0))
    assert report.skipped == 1
    assert groups_of("00001") == ["4B", "Samgroep 1", "Samgroep 2"]
    assati = Pupil.get(Pupil.key == "00002")
    assert (assati.first_name, assati.initials, assati.enrolled_from) == ("Ismaël", "IH", date(2013, 8, 25))
    wimpie = Pupil.get(Pupil.key == "00001")
    assert (wimpie.sort_name, wimpie.year_group, wimpie.enrolled_from) == ("ie wimpie imp", "4", date(2019, 8, 1))
    kinds = {row.name: (row.kind, row.year_groups, row.school_year) for row in Group.select()}
    assert kinds["Muizen"] == ("basis", "1", YEAR)
    assert kinds["Samgroep 1"] == ("instructie", "", YEAR)
    assert GroupTeacher.select().count() == 7
    assert preview(actor, path).changes_nothing
    assert apply(actor, preview(actor, path)).pupils == Tally(0, 0, 2)


def test_the_example_of_another_year_warns_where_pupils_go(sqlite: str, standards: Path) -> None:
    actor = make_actor(make_board(brin="99ZZ"))
    sentences = warnings(preview(actor, standards / "edexml-2.0" / "EDEXML.Voorbeeld.2.0.xml"))
    assert (
        "het bestand is van schooljaar 2014-2015; de leerlingen worden in het huidige schooljaar 2019-2020"
        in (sentences[0])
    )
    assert any("vestiging 'Vestiging Huissen' (VH): het bestand heeft hier 1 leerling" in text for text in sentences)
    assert any("00002 (Ismaël Hassan Assati) heeft geen roepnaam; 'Ismaël' is gebruikt" in text for text in sentences)
    assert any("12345 (Gradje van 't Hof) heeft de school verlaten" in text for text in sentences)


def test_a_preview_changes_nothing(actor: Actor) -> None:
    found = preview(actor, edex(pupil("1", group="G5"), groups=TWO_GROUPS, staff=teacher("L1")))
    assert [section.count(State.NEW) for section in (found.groups, found.pupils, found.staff)] == [3, 1, 1]
    assert Group.select().count() == Pupil.select().count() == StaffMember.select().count() == 0


def test_each_field_that_changes_is_shown_and_written(actor: Actor) -> None:
    first = pupil("1", group="G5", plus=("S1",), eckid="e")
    imported(actor, edex(first, pupil("2", group="G5"), groups=TWO_GROUPS))
    source = edex(
        pupil("1", "Anne", "Berg", "G6", prefix="van den", born="2010-02-04", year_group="6", eckid="e"),
        pupil("2", group="G5"),
        groups=TWO_GROUPS.replace("Plus", "Plusklas"),
    )
    found = preview(actor, source)
    assert differences(found) == [
        ("naam", "Plus", "Plusklas"),
        ("roepnaam", "Anna", "Anne"),
        ("voorvoegsel", "-", "van den"),
        ("geboortedatum", "3-2-2010", "4-2-2010"),
        ("jaargroep", "5", "6"),
        ("groepen", "5, Plusklas", "6"),
    ]
    report = apply(actor, found)
    assert (report.groups, report.pupils) == (Tally(0, 1, 2), Tally(0, 1, 1))
    row = Pupil.get(Pupil.key == "1")
    assert (row.first_name, row.prefix, row.sort_name) == ("Anne", "van den", "berg anne van den")
    assert groups_of("1") == ["6"]
    assert preview(actor, source).changes_nothing


def test_what_the_file_does_not_say_stays_as_it_is(actor: Actor) -> None:
    imported(actor, edex(pupil("1", group="G5", initials="A", eckid="e"), pupil("2"), groups=TWO_GROUPS))
    Pupil.update(first_name="Annemarie", gender=2).where(Pupil.key == "1").execute()
    extra = make_group(actor.location, "Koor", kind="overig")
    Placement.create(pupil=Pupil.get(Pupil.key == "1"), group=extra, school_year=YEAR, kind="overig")
    found = preview(actor, edex(pupil("1", first="", group="G5", year_group="", born=""), groups=TWO_GROUPS))
    assert found.changes_nothing
    assert groups_of("1") == ["5", "Koor"]
    assert Pupil.select().count() == 2


def test_a_pupil_gets_the_year_group_of_its_group_when_it_has_none(actor: Actor) -> None:
    imported(actor, edex(pupil("1", group="G6", year_group=""), groups=TWO_GROUPS))
    assert Pupil.get(Pupil.key == "1").year_group == "6"


@pytest.mark.parametrize(
    ("given", "initials", "last", "expected"),
    [("Ismaël Hassan", "IH", "Assati", "Ismaël"), ("", "IH", "Assati", "IH"), ("", "", "A" * 100, "A" * 64)],
)
def test_a_pupil_without_roepnaam_gets_the_next_best(
    actor: Actor, given: str, initials: str, last: str, expected: str
) -> None:
    found = preview(actor, edex(pupil("1", "", last, given=given, initials=initials)))
    assert f"heeft geen roepnaam; '{expected}' is gebruikt" in warnings(found)[0]
    apply(actor, found)
    assert Pupil.get(Pupil.key == "1").first_name == expected


def test_entries_with_one_name_and_several_year_groups_make_a_combination_group(actor: Actor) -> None:
    groups = group("x_lj_6", "Otters", "6") + group("x_lj_5", "Otters", "5")
    source = edex(pupil("1", group="x_lj_5"), pupil("2", group="x_lj_6", year_group="6"), groups=groups)
    imported(actor, source)
    row = Group.get()
    assert (row.key, row.name, row.kind, row.year_groups) == ("x_lj_5", "Otters", "basis", "5,6")
    assert Placement.select().where(Placement.group == row).count() == 2
    assert preview(actor, source).changes_nothing


def test_a_combination_group_takes_its_year_groups_from_its_pupils(actor: Actor) -> None:
    pupils = [pupil(str(number), group="C1", year_group=str(year)) for number, year in enumerate((7, 6, 6))]
    imported(actor, edex(*pupils, groups=group("C1", "6/7", "C")))
    assert Group.get().year_groups == "6,7"


def test_groups_can_swap_names(actor: Actor) -> None:
    imported(actor, edex(groups=group("A", "Otters", "1") + group("B", "Vossen", "2")))
    imported(actor, edex(groups=group("A", "Vossen", "1") + group("B", "Otters", "2")))
    assert {row.key: row.name for row in Group.select()} == {"A": "Vossen", "B": "Otters"}


def test_staff_come_with_their_groups(actor: Actor) -> None:
    before = '<groep key="G5"/><samengestelde_groep key="S1"><rol>VAK</rol></samengestelde_groep>'
    imported(actor, edex(groups=TWO_GROUPS, staff=teacher("L1", groups=before)))
    found = preview(actor, edex(groups=TWO_GROUPS, staff=teacher("L1", groups='<groep key="G6"/>', email="j@x.nl")))
    assert differences(found) == [("e-mailadres", "-", "j@x.nl"), ("groepen", "5, Plus", "6")]
    apply(actor, found)
    assert [row.group.name for row in GroupTeacher.select()] == ["6"]
    assert StaffMember.get().email == "j@x.nl"


def test_someone_may_stand_before_two_basis_groups(actor: Actor) -> None:
    both = '<groep key="G5"/><groep key="G6"/>'
    source = edex(groups=TWO_GROUPS, staff=teacher("L1", groups=both))
    imported(actor, source)
    assert GroupTeacher.select().count() == 2
    assert preview(actor, source).changes_nothing


def test_a_pupil_moves_out_of_a_basis_group_that_the_file_does_not_know(actor: Actor) -> None:
    row = make_pupil(make_group(actor.location, "Oud"), "Anna", "Berg", "1")
    imported(actor, edex(pupil("1", group="G5", born="2010-01-01"), groups=TWO_GROUPS))
    assert groups_of(row.key) == ["5"]


def test_who_has_left_comes_in_no_more_but_is_kept_up_to_date(actor: Actor) -> None:
    imported(actor, edex(pupil("1", group="G5"), groups=TWO_GROUPS))
    source = edex(
        pupil("1", "Anne", group="", end="2020-03-01"),
        pupil("2", end="2020-04-13"),
        pupil("3", year_group="H"),
        pupil("4", group="G5", end="2020-04-15"),
        groups=TWO_GROUPS,
    )
    found = preview(actor, source)
    assert found.skipped == 2
    assert len(warnings(found)) == 3
    apply(actor, found)
    assert [row.key for row in Pupil.select().order_by(Pupil.key)] == ["1", "4"]
    gone = Pupil.get(Pupil.key == "1")
    assert (gone.first_name, gone.unsubscribed_on, groups_of("1")) == ("Anne", date(2020, 3, 1), ["5"])
    assert preview(actor, source).changes_nothing


def test_who_is_unsubscribed_in_esis_stays_so(actor: Actor) -> None:
    row = make_pupil(make_group(actor.location, "Oud"), key="1")
    row.unsubscribed_on, row.unsubscribe_reason = date(2020, 1, 1), "Verhuizing"
    row.save()
    found = preview(actor, edex(pupil("1", "Anna", "Berg", "G5", born="2010-01-01"), groups=TWO_GROUPS))
    assert "is in ESIS uitgeschreven per 1-1-2020 en blijft dat" in warnings(found)[0]
    apply(actor, found)
    row = Pupil.get(Pupil.key == "1")
    assert (row.last_name, row.unsubscribed_on, row.unsubscribe_reason) == ("Berg", date(2020, 1, 1), "Verhuizing")


def test_locations_of_a_board_do_not_touch_each_other(actor: Actor) -> None:
    imported(actor, edex(pupil("1"), groups=TWO_GROUPS))
    other = make_actor(actor.board, number="01")
    found = preview(other, edex(pupil("2", "Bas"), groups=TWO_GROUPS, number="01"))
    assert found.pupils.count(State.NEW) == 1
    apply(other, found)
    assert {row.location_id: row.first_name for row in Pupil.select()} == {
        actor.location.id: "Anna",
        other.location.id: "Bas",
    }


def test_markup_in_names_comes_in_as_it_is(actor: Actor) -> None:
    source = edex(pupil("[b]", "Jan [/]", "de Boer", "G[", prefix="[@click"), groups=group("G[", "[red]5", "5"))
    imported(actor, source)
    assert (Pupil.get().first_name, Pupil.get().prefix, Group.get().name) == ("Jan [/]", "[@click", "[red]5")
    assert preview(actor, source).changes_nothing


@pytest.mark.parametrize(("number", "brin", "given"), [("01", "99QQ", "99QQ01"), ("00", "99ZZ", "99ZZ00")])
def test_a_file_of_another_location_is_refused_with_both(actor: Actor, number: str, brin: str, given: str) -> None:
    with pytest.raises(Refused, match=f"van BRIN {given} .* deze vestiging is 99QQ00"):
        preview(actor, edex(pupil("1"), brin=brin, number=number))


def test_a_flemish_file_is_refused_and_one_without_brin_only_warned_about(sqlite: str, standards: Path) -> None:
    actor = make_actor(make_board())
    with pytest.raises(Refused, match=r"instellingsnummer 1234 .* 99QQ00"):
        preview(actor, standards / "edexml-2.1" / "EDEXML.Voorbeeld.2.1-Vla.xml", as_it_is)
    assert "noemt geen BRIN; de gegevens komen bij vestiging 99QQ00" in warnings(preview(actor, edex(brin="")))[0]


@pytest.mark.parametrize("role", [Role.LEERKRACHT, Role.INTERN_BEGELEIDER, None])
def test_only_some_roles_may_import(sqlite: str, role: Role | None) -> None:
    board: Board = make_board()
    planned = preview(make_actor(board, Role.ADMINISTRATIE), edex(pupil("1")))
    with pytest.raises(NotAllowed):
        preview(make_actor(board, role), edex(pupil("1")))
    with pytest.raises(NotAllowed):
        apply(make_actor(board, role), planned)
    assert Pupil.select().count() == 0


def test_problems_stand_in_order_of_line(sqlite: str) -> None:
    found = preview(make_actor(make_board()), edex(pupil("1", ""), pupil("2", ""), year="2018-2019"))
    assert [problem.line for problem in found.problems] == [1, 5, 6]
    assert {problem.severity for problem in found.problems} == {Severity.WARNING}
    assert location_of(Board.get()).brin6 == found.brin6


def test_a_teacher_who_resembles_somebody_is_told(actor: Actor) -> None:
    first = teacher("t1", email="juf@school.nl")
    imported(actor, edex(pupil("1"), staff=first))
    more = teacher("t2", email="JUF@school.nl") + teacher("t3", "Wil", email="JUF@school.nl")
    found = preview(actor, edex(pupil("1"), staff=first + more))
    told = [one.sentence for one in found.warnings]
    assert (
        "leerkracht t2 (Julia Bemmel) lijkt op medewerker t1, Julia Bemmel (zelfde naam, zelfde e-mailadres)" in told[0]
    )
    assert "leerkracht t3 (Wil Bemmel) lijkt op medewerker t1, Julia Bemmel (zelfde e-mailadres)" in told[1]


def test_an_address_that_a_form_refuses_is_an_error_in_a_file(actor: Actor) -> None:
    (error,) = preview(actor, edex(pupil("1"), staff=teacher("t4", "Jan", email="jan"))).errors
    assert "bevat geen @" in error.sentence
