"""Matching a file's people to the location: what is certain, what somebody decides, and duplicates within a file."""

from __future__ import annotations

from datetime import date

import pytest

from app.access import Actor, actor_for, writing
from app.permissions import Permission, Role
from app.refusals import Refused
from app.school.files import import_sheets
from app.school.files.import_doubts import Choice, Kind
from app.school.files.import_preview import ImportPreview
from app.school.files.imports import PreviewOutdated, apply, decide, preview
from app.school.people import enrolment, renumbering
from models.board import RoleAssignment, User
from models.school import Placement, Pupil
from tests.builders import location_of, make_actor, make_board, make_group, make_pupil
from tests.school.files.edex import edex, group, pupil

GROUPS = group("G5", "5", "5")
NEW, LEAVE = Choice(Kind.OTHER), Choice(Kind.SKIP)


def same(key: str) -> Choice:
    return Choice(Kind.SAME, key)


@pytest.fixture
def actor(db: str) -> Actor:
    """Someone at a location with pupil 00001, Anna Berg, of 3 February 2010, in group 5."""
    actor = make_actor(make_board(locations=("00", "01")))
    apply(actor, preview(actor, edex(pupil("00001", group="G5"), groups=GROUPS)))
    return actor


def seen(actor: Actor, *records: str) -> ImportPreview:
    return preview(actor, edex(*records, groups=GROUPS if any("<groep" in record for record in records) else ""))


def doubts(found: ImportPreview) -> dict[str, list[str]]:
    return {doubt.key: [one.key for one in doubt.like] for doubt in found.doubts}


def stored() -> dict[str, str]:
    return {row.key: row.first_name for row in Pupil.select().order_by(Pupil.key)}


@pytest.mark.parametrize(
    ("record", "reason", "may_be_new"),
    [
        (pupil("1"), "zelfde naam, zelfde geboortedatum, zelfde nummer op de nullen na", True),
        (pupil("7", born="2010-02-03"), "zelfde naam, zelfde geboortedatum, ander nummer", True),
        (pupil("7", born=""), "zelfde naam, ander nummer", True),
        (
            pupil("7", prefix="van", born="2010-02-03"),
            "zelfde geboortedatum, naam met een ander voorvoegsel, ander nummer",
            True,
        ),
        (pupil("00001", "Piet", born="2011-05-05"), "zelfde nummer, andere naam, andere geboortedatum", False),
        (pupil("00001", "Piet", born=""), "zelfde nummer, andere naam", False),
        (pupil("00001", born="2011-05-05"), "zelfde nummer, zelfde naam, andere geboortedatum", False),
    ],
)
def test_what_is_not_sure_is_a_doubt_that_says_with_whom_and_why(
    actor: Actor, record: str, reason: str, may_be_new: bool
) -> None:
    found = seen(actor, record, pupil("2", "Bas"))
    (doubt,) = found.doubts
    assert ([one.key for one in doubt.like], doubt.like[0].reason) == (["00001"], reason)
    assert (NEW in doubt.choices) is may_be_new
    assert [item.key for item in found.pupils.items] == ["2"]
    before = list(Pupil.select().tuples())
    with pytest.raises(Refused, match=rf"kies eerst wie leerling {doubt.key}, .* is"):
        apply(actor, found)
    assert list(Pupil.select().tuples()) == before


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (pupil("00001", group="G5"), "ongewijzigd"),
        (pupil("00001", "Anne"), "gewijzigd"),
        (pupil("00001", last="Jansen"), "gewijzigd"),
        (pupil("00001", "Piet", "Jansen", born="2011-05-05", eckid="e"), "gewijzigd"),
        (pupil("7", born="2011-05-05"), "nieuw"),
        (pupil("7", "Piet", born="2010-02-03"), "nieuw"),
        (pupil("1", "Piet"), "nieuw"),
    ],
)
def test_what_is_sure_asks_nothing(actor: Actor, record: str, state: str) -> None:
    Pupil.update(eckid="e").execute()
    found = seen(actor, record)
    assert (doubts(found), dict(found.pupils.counts)) == ({}, {state: 1})


def test_who_is_the_same_is_updated_and_keeps_the_number_and_place(actor: Actor) -> None:
    found = decide(
        actor, seen(actor, pupil("1", "Anna", group="G5", year_group="6", initials="A")), {"1": same("00001")}
    )
    assert "leerling 1 (Anna Berg) is in ESIS leerling 00001 en houdt dat nummer" in found.warnings[-1].sentence
    (item,) = found.every_pupil.items
    assert [one.label for one in item.differences] == ["voorletters", "jaargroep"]
    report = apply(actor, found)
    assert (str(report.pupils), report.left_out) == ("0 nieuw, 1 gewijzigd, 0 ongewijzigd", 0)
    (row,) = Pupil.select()
    assert (row.key, row.initials, row.year_group) == ("00001", "A", "6")
    assert Placement.select().count() == 1


def test_who_is_somebody_else_becomes_new_and_a_line_can_be_left_out(actor: Actor) -> None:
    found = decide(
        actor, seen(actor, pupil("1"), pupil("00001", "Piet", born="2011-05-05")), {"1": NEW, "00001": LEAVE}
    )
    report = apply(actor, found)
    assert (str(report.pupils), report.left_out) == ("1 nieuw, 0 gewijzigd, 0 ongewijzigd", 1)
    assert stored() == {"00001": "Anna", "1": "Anna"}
    assert seen(actor, pupil("1")).changes_nothing


def test_choices_that_cannot_be_are_refused(actor: Actor) -> None:
    stranger = pupil("00001", "Piet", born="2011-05-05")
    found = seen(actor, pupil("1"), stranger, pupil("2", "Bas"))
    wrong: list[tuple[dict[str, Choice], str]] = [
        ({"2": LEAVE}, "Leerling '2' is in dit bestand geen twijfel"),
        ({"1": same("2")}, "Leerling 1 lijkt niet op 2, wel op 00001"),
        ({"00001": NEW}, "kan geen nieuwe leerling worden. Nummer 00001 is van een leerling"),
        ({"1": same("00001"), "00001": same("00001")}, "Leerling 00001 kan er maar een zijn"),
    ]
    for choices, sentence in wrong:
        with pytest.raises(Refused, match=sentence):
            decide(actor, found, choices)


def test_nobody_is_two_whichever_comes_first_and_in_whatever_part_of_the_file(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.school.files.import_people.KEYS_AT_A_TIME", 1)
    own, twin = pupil("00001", group="G5"), pupil("1", group="G5")
    for records in ((own, twin), (twin, own)):
        found = seen(actor, *records)
        assert (doubts(found), [item.key for item in found.pupils.items]) == ({}, ["1"])
        assert [
            "lijkt op leerling 00001 (Anna Berg), die ook in het bestand" in one.sentence for one in found.warnings
        ] == [True]
    swapped = pupil("00001", "Piet")
    for records in ((swapped, twin), (twin, swapped)):
        assert doubts(seen(actor, *records)) == {"00001": ["00001"], "1": ["00001"]}


def test_an_eck_id_proposes_and_is_not_given_to_somebody_else(actor: Actor) -> None:
    Pupil.update(eckid="e").execute()
    found = seen(actor, pupil("7", "Piet", born="2011-05-05", eckid="e"))
    assert found.doubts[0].like[0].reason == "zelfde ECK iD, ander nummer, andere naam, andere geboortedatum"
    found = decide(actor, found, {"7": NEW})
    assert "heeft het ECK iD van leerling 00001 in ESIS; dat is niet overgenomen" in found.warnings[0].sentence
    apply(actor, found)
    assert {row.key: row.eckid for row in Pupil.select()} == {"00001": "e", "7": ""}


def test_a_number_of_who_was_deleted_is_noticed(actor: Actor) -> None:
    enrolment.delete(actor, Pupil.get(), "Anna")
    found = seen(actor, pupil("00001"))
    (doubt,) = found.doubts
    assert (doubt.like, doubt.choices) == ((), [LEAVE])
    assert "was van een leerling die is verwijderd en wordt niet opnieuw uitgegeven" in doubt.sentence
    make_pupil(make_group(actor.location), "Anna", "Berg", key="9")
    Pupil.update(birth_date=date(2010, 2, 3)).execute()
    assert seen(actor, pupil("00001")).doubts[0].choices == [same("9"), LEAVE]


def test_a_number_of_before_is_the_pupils_until_its_own_comes_too(actor: Actor) -> None:
    renumbering.renumber(actor, Pupil.get(), "20")
    assert doubts(seen(actor, pupil("00001"))) == {}
    found = seen(actor, pupil("00001"), pupil("20", born="2010-02-03"))
    (doubt,) = found.doubts
    assert (doubt.key, doubt.choices) == ("00001", [LEAVE])
    assert "Nummer 00001 had leerling 20 vroeger" in doubt.sentence


def test_a_choice_holds_as_long_as_it_can_be_made(actor: Actor) -> None:
    found = decide(actor, seen(actor, pupil("1"), pupil("3", "Cas")), {"1": same("00001")})
    with writing(actor, Permission.EDIT_PUPILS):
        Pupil.update(birth_date=date(2009, 1, 1)).where(Pupil.key == "00001").execute()
    with pytest.raises(PreviewOutdated) as refusal:
        apply(actor, found)
    fresh = refusal.value.preview
    assert (doubts(fresh), dict(fresh.chosen.choices)) == ({}, {})
    assert [item.key for item in fresh.pupils.items] == ["1", "3"]


def test_a_choice_follows_into_the_new_preview(actor: Actor) -> None:
    found = decide(actor, seen(actor, pupil("1", initials="B"), pupil("2", "Bas")), {"1": same("00001")})
    with writing(actor, Permission.EDIT_PUPILS):
        Pupil.update(initials="A").execute()
    with pytest.raises(PreviewOutdated) as refusal:
        apply(actor, found)
    assert dict(refusal.value.preview.chosen.choices) == {"1": same("00001")}
    apply(actor, refusal.value.preview)
    assert {row.key: row.initials for row in Pupil.select()} == {"00001": "B", "2": ""}


@pytest.mark.parametrize(
    ("one", "two", "told"),
    [
        (pupil("2", "Bas"), pupil("3", "Bás", born="2010-02-04"), True),
        (pupil("2", "Bas", prefix="van"), pupil("3", "Bas", "van Berg", born="2010-02-04"), True),
        (pupil("2", "Bas", prefix="van"), pupil("3", "Bas", born="2010-02-04"), True),
        (pupil("2", "Bas", prefix="van", eckid="x"), pupil("3", "Bas", born="2010-02-04", eckid="y"), True),
        (pupil("2", "Bas", eckid="x"), pupil("3", "Bas", born="2010-02-04", eckid="y"), True),
        (pupil("2", "Bas", born=""), pupil("3", "Bas"), True),
        (pupil("2", "Bas"), pupil("3", "Bas", born=""), True),
        (pupil("2", "Bas", born="", eckid="x"), pupil("3", "Bas", eckid="y"), False),
        (pupil("2", "Bas", born=""), pupil("3", "Bas", born=""), True),
        (pupil("2", "Bas"), pupil("3", "Bas"), False),
        (pupil("2", "Bas"), pupil("3", "Ben", born="2010-02-04"), False),
    ],
)
def test_two_new_ones_in_one_file_are_two_and_that_is_told_when_they_resemble(
    actor: Actor, one: str, two: str, told: bool
) -> None:
    for records in ((one, two), (two, one)):
        found = seen(actor, *records)
        assert ([item.state for item in found.pupils.items], doubts(found)) == (["nieuw", "nieuw"], {})
        assert ["lijkt op de leerling op regel" in one.sentence for one in found.warnings] == ([True] if told else [])


@pytest.mark.parametrize("role", [None, Role.LEERKRACHT])
def test_who_resembles_a_pupil_of_another_location_is_told_where_one_may_know(actor: Actor, role: Role | None) -> None:
    other = make_actor(actor.board, number="01")
    source = edex(pupil("7", born="2010-02-03"), number="01")
    found = preview(other, source)
    assert "lijkt op leerling 00001 (Anna Berg) van vestiging 99QQ00: zelfde naam" in found.warnings[0].sentence
    user = User.create(board=actor.board, name="administratie", password_hash="")
    RoleAssignment.create(user=user, role=Role.ADMINISTRATIE, location=location_of(actor.board, "01"))
    if role is not None:
        RoleAssignment.create(user=user, role=role, location=actor.location)
    assert preview(actor_for(user, location_of(actor.board, "01")), source).warnings == []


def test_a_number_of_another_location_makes_no_new_pupil_of_who_is_in_doubt(actor: Actor) -> None:
    make_pupil(make_group(location_of(actor.board, "01")), key="7")
    (doubt,) = seen(actor, pupil("7", born="2010-02-03")).doubts
    assert doubt.choices == [same("00001"), LEAVE]
    assert "van een andere vestiging" in doubt.sentence


def test_a_wrong_date_of_who_is_in_doubt_is_an_error_too(actor: Actor) -> None:
    found = seen(actor, pupil("00001", born="2020-04-15"))
    assert "ligt in de toekomst" in found.errors[0].sentence
    found = decide(actor, seen(actor, pupil("7", "Bas", end="2019-07-31")), {})
    assert found.skipped == 1
    assert (
        "2019"
        in decide(actor, seen(actor, pupil("1", start="2020-03-01")), {"1": same("00001")})
        .every_pupil.items[0]
        .differences[0]
        .old
    )


def test_however_many_there_are_the_queries_of_a_part_stay_the_same(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    alike = import_sheets.resembling
    monkeypatch.setattr(import_sheets, "resembling", lambda *given: asked.append(given) or alike(*given))  # type: ignore[func-returns-value]
    seen(actor, *(pupil(str(number), f"Kind{number}") for number in range(1, 1_201)))
    assert len(asked) == 3
    asked.clear()
    seen(actor, pupil("00001"))
    assert asked == []


@pytest.mark.parametrize("key", ["1", "5000", "00001"])
def test_who_left_is_passed_by_only_when_nobody_is_meant(actor: Actor, key: str) -> None:
    """Also under a former number, or one that lost its zeros: else the pupil would stay enrolled without a word."""
    if key != "1":
        renumbering.renumber(actor, Pupil.get(), "5000")
    found = seen(actor, pupil(key, born="2010-02-03", start="2019-08-01", end="2020-01-06"))
    assert found.skipped == 0
    assert len([*found.doubts, *found.pupils.items]) == 1
