"""Matching the people of a file: no guardian of one child is linked to another, and ambiguity raises a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import clock
from app.exchange.email_list import HEADER
from app.partners.mijnschoolinfo import doubles, editing, importing, lists
from app.partners.mijnschoolinfo.apply_import import Imported
from app.partners.mijnschoolinfo.arriving import OTHER, SKIP, Undecided
from app.partners.mijnschoolinfo.editing import PupilForm
from app.partners.mijnschoolinfo.matching import same_groups, same_staff
from app.refusals import Refused
from models.partners.mijnschoolinfo import MsiGroup, MsiPupil, MsiStaff
from tests.exchange.test_edexml import edex
from tests.partners.mijnschoolinfo.worlds import BORN, World, uncoupled


@pytest.fixture
def world(db: str) -> World:
    """A school with nothing in Mijnschoolinfo and no coupling."""
    return uncoupled()


class File:
    """A list of e-mail addresses; the first line of it is line 2."""

    def __init__(self, world: World, folder: Path, *lines: str) -> None:
        self.school, self.path = world.school, folder / "adressen.csv"
        self.path.write_text("\n".join([";".join(HEADER), *lines]), encoding="utf-8")

    def taken(self, **choices: str) -> Imported:
        """Import with these choices, by `regel_2` or `regel_2v`."""
        return importing.import_file(
            self.school, self.path, {key.removeprefix("regel_"): one for key, one in choices.items()}
        )

    def asked(self, **choices: str) -> dict[str, tuple[str, ...]]:
        """The line -> who it may be, of what is asked instead; nothing has been taken over then."""
        before = counted(self.school)
        with pytest.raises(Undecided) as undecided:
            self.taken(**choices)
        assert counted(self.school) == before
        return {one.key: tuple(option.key for option in one.options) for one in undecided.value.questions}


def counted(school: object) -> tuple[int, int]:
    return len(lists.pupils(school)), len(lists.guardians(school))  # type: ignore[arg-type]


def test_two_rows_of_one_name_with_different_numbers_are_two_children(world: World, tmp_path: Path) -> None:
    done = File(
        world, tmp_path, "1;Sem;;Smit;2-2-2010;Ouder Een;een@x.nl", "2;Sem;;Smit;2-2-2010;Ouder Twee;twee@x.nl"
    ).taken()
    assert done.sentence == "2 leerlingen, 2 verzorgers toegevoegd."
    assert [(row.key, row.guardians) for row in lists.pupils(world.school)] == [
        ("1", ("Ouder Een",)),
        ("2", ("Ouder Twee",)),
    ]
    assert done.remarks == (
        "Regel 3 lijkt op regel 2 (zelfde naam, zelfde geboortedatum, ander nummer); zij zijn als twee leerlingen overgenomen.",
    )


@pytest.mark.parametrize("first", [";Sem;;Smit;2-2-2010;Ouder Een;een@x.nl", ";SEM;;Smit;2-2-2010;Ouder Een;een@x.nl"])
def test_two_lines_of_one_child_are_one(world: World, tmp_path: Path, first: str) -> None:
    done = File(world, tmp_path, first, "7;sem;;smit;2-2-2010;Ouder Twee;twee@x.nl", "7;Sem;;Smit;;;").taken()
    assert done.sentence == "1 leerling, 2 verzorgers toegevoegd."
    assert [(row.key, row.guardians) for row in lists.pupils(world.school)] == [("7", ("Ouder Een", "Ouder Twee"))]


def test_a_known_number_under_another_name_is_asked_about(world: World, tmp_path: Path) -> None:
    here = editing.add_pupil(world.school, PupilForm("Anna", "Aarts", birth_date=BORN, key="1"))
    file = File(world, tmp_path, "1;Bas;;Bos;3-3-2011;Vreemde;vreemd@x.nl", "2;Cas;;Cool;;;")
    assert file.asked() == {"2": (str(here.id),)}
    file.taken(regel_2=OTHER)
    assert world.names().keys() == {"Anna Aarts", "Bas Bos", "Cas Cool"}
    assert world.carers() == {"Vreemde": ("Bas Bos",)}


@pytest.mark.parametrize(
    ("choice", "names", "carers"),
    [
        ("same", {"Anna Aarts"}, {"Ouder": ("Anna Aarts",)}),
        (OTHER, {"Anna Aarts"}, {"Ouder": ("Anna Aarts",)}),
        (SKIP, {"Anna Aarts"}, {}),
    ],
)
def test_each_choice_is_done(
    world: World, tmp_path: Path, choice: str, names: set[str], carers: dict[str, tuple[str, ...]]
) -> None:
    here = editing.add_pupil(world.school, PupilForm("Anna", "Aarts"))
    file = File(world, tmp_path, ";Anna;;Aarts;2-2-2010;Ouder;ouder@x.nl")
    assert file.asked() == {"2": (str(here.id),)}
    file.taken(regel_2=str(here.id) if choice == "same" else choice)
    assert (world.names().keys(), world.carers()) == (names, carers)
    assert len(lists.pupils(world.school)) == (2 if choice == OTHER else 1)


def test_a_number_that_lost_its_zeros_is_asked_about(world: World, tmp_path: Path) -> None:
    here = editing.add_pupil(world.school, PupilForm("Anna", "Aarts", birth_date=BORN, key="0042"))
    assert File(world, tmp_path, "42;Anna;;Aarts;2-2-2010;;").asked() == {"2": (str(here.id),)}


def test_two_lines_for_one_who_is_here_are_asked_about_both(world: World, tmp_path: Path) -> None:
    here = editing.add_pupil(world.school, PupilForm("Sem", "Smit", birth_date=BORN))
    file = File(world, tmp_path, "1;Sem;;Smit;2-2-2010;Ouder Een;een@x.nl", "2;Sem;;Smit;2-2-2010;Ouder Twee;twee@x.nl")
    assert file.asked() == {"2": (str(here.id),), "3": (str(here.id),)}
    assert file.asked(regel_2=str(here.id)) == {"3": (str(here.id),)}
    file.taken(regel_2=str(here.id), regel_3=OTHER)
    assert [row.guardians for row in lists.pupils(world.school)] == [("Ouder Een",), ("Ouder Twee",)]


def test_within_the_file_a_name_without_a_birth_date_is_asked_about(world: World, tmp_path: Path) -> None:
    file = File(world, tmp_path, ";Sem;;Smit;;Ouder Een;een@x.nl", ";Sem;;Smit;2-2-2010;Ouder Twee;twee@x.nl")
    assert file.asked() == {"2": ("r3",)}
    file.taken(regel_2="r3")
    assert [(row.name, row.guardians) for row in lists.pupils(world.school)] == [
        ("Sem Smit", ("Ouder Een", "Ouder Twee"))
    ]


def test_what_only_another_line_says_is_kept(world: World, tmp_path: Path) -> None:
    File(world, tmp_path, "1;Sem;;Smit;;;", ";Sem;;Smit;2-2-2010;;").taken(regel_3="r2")
    assert MsiPupil.get().birth_date == BORN


def test_a_guardian_under_another_address_is_asked_about_beside_the_pupils(world: World, tmp_path: Path) -> None:
    child = editing.add_pupil(world.school, PupilForm("Sem", "Smit", birth_date=BORN))
    mine = editing.add_guardian(world.school, "Vader Smit", "oud@x.nl", "", [child.id])
    file = File(world, tmp_path, ";Sem;;Smit;2-2-2010;Vader Smit;nieuw@x.nl")
    assert file.asked() == {"2v": (str(mine.id),)}
    file.taken(regel_2v=str(mine.id))
    assert [row.email for row in lists.guardians(world.school)] == ["oud@x.nl"]


def test_a_family_that_shares_an_address_stays_a_family(world: World, tmp_path: Path) -> None:
    lines = (
        "1;Sem;;Smit;;Vader Smit;gezin@x.nl",
        "1;Sem;;Smit;;Moeder Smit;gezin@x.nl",
        "2;Liv;;Smit;;Moeder Smit;gezin@x.nl",
    )
    file = File(world, tmp_path, *lines)
    file.taken()
    assert world.carers() == {"Moeder Smit": ("Sem Smit", "Liv Smit"), "Vader Smit": ("Sem Smit",)}
    assert file.taken().sentence == "Niets nieuws: alles staat er al."


def test_one_address_under_two_names_is_asked_about(world: World, tmp_path: Path) -> None:
    file = File(world, tmp_path, "1;Sem;;Smit;;E. Smit;e@x.nl", "2;Liv;;Smit;;Eva Smit;e@x.nl")
    assert file.asked() == {"3v": ("r2v",)}
    file.taken(regel_3v="r2v")
    assert world.carers() == {"E. Smit": ("Sem Smit", "Liv Smit")}


def test_an_address_that_is_here_under_another_name_is_remarked(world: World, tmp_path: Path) -> None:
    child = editing.add_pupil(world.school, PupilForm("Sem", "Smit", key="1"))
    editing.add_guardian(world.school, "E. Smit", "E@x.nl", "", [child.id])
    done = File(world, tmp_path, "1;Sem;;Smit;;Eva Smit;e@x.nl").taken()
    assert done.remarks == ("Regel 2: Eva Smit heeft het e-mailadres van E. Smit en is als die herkend.",)
    assert world.carers() == {"E. Smit": ("Sem Smit",)}


def test_the_same_file_again_brings_nothing_also_without_addresses(world: World, tmp_path: Path) -> None:
    file = File(world, tmp_path, "1;Sem;;Smit;;Vader Smit;", "2;Jan;;Jas;;Vader Jas;", "1;Sem;;Smit;;Vader Smit;")
    assert file.taken().sentence == "2 leerlingen, 2 verzorgers toegevoegd."
    assert file.taken().sentence == "Niets nieuws: alles staat er al."


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ({"regel_9": SKIP}, "geen regel 9"),
        ({"regel_2": "999"}, "Regel 2 kan niet 999 zijn"),
        ({"regel_2": "r8"}, "kan niet regel 8 zijn"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(world: World, tmp_path: Path, choices: dict[str, str], told: str) -> None:
    with pytest.raises(Refused, match=told):
        File(world, tmp_path, "1;Sem;;Smit;;;").taken(**choices)
    assert world.names() == {}


def test_a_pupil_of_edexml_that_is_skipped_sits_in_no_group_and_two_groups_of_one_name_are_two(
    world: World, tmp_path: Path
) -> None:
    groups = "".join(f'<groep key="{key}"><naam>6</naam><jaargroep>6</jaargroep></groep>' for key in "ab")
    born = "<roepnaam>Sem</roepnaam><geboortedatum>2010-02-02</geboortedatum><jaargroep>6</jaargroep>"
    pupils = "".join(
        f'<leerling key="{key}"><achternaam>Smit</achternaam>{born}<groep key="{group}"/></leerling>'
        for key, group in (("01", "a"), ("2", "b"))
    )
    file = tmp_path / "leerlingen.xml"
    file.write_bytes(edex(pupils, groups=f"<groepen>{groups}</groepen>"))
    here = editing.add_pupil(world.school, PupilForm("Sem", "Smit", birth_date=BORN, key="1"))
    with pytest.raises(Undecided) as undecided:
        importing.import_file(world.school, file)
    first, second = (one.key for one in undecided.value.questions)
    done = importing.import_file(world.school, file, {first: str(here.id), second: SKIP})
    assert done.sentence == "2 groepen toegevoegd."
    assert [(row.name, row.belongs) for row in lists.groups(world.school)] == [("6", ("Sem Smit",)), ("6", ())]
    assert lists.pupils(world.school)[0].id == here.id


def test_staff_and_groups_are_known_by_key_and_else_by_address_or_name(world: World) -> None:
    def member(key: str, email: str, last: str) -> MsiStaff:
        return MsiStaff.create(school=world.school, since=BORN, key=key, last_name=last, email=email)

    here = [
        member("a", "a@x.nl", "Een"),
        member("", "b@x.nl", "Twee"),
        member("", "c@x.nl", "Drie"),
        member("", "C@x.nl", "Vier"),
    ]
    asked = {
        "key": MsiStaff(key="a", email="z@x.nl", last_name="Nul"),
        "other key": MsiStaff(key="b", email="a@x.nl", last_name="Een"),
        "address": MsiStaff(key="d", email="B@x.nl", last_name="Anders"),
        "shared": MsiStaff(key="e", email="c@x.nl", last_name="vier"),
        "nobody": MsiStaff(key="f", email="", last_name="Drie"),
    }
    assert same_staff(asked, here) == {"key": here[0].id, "address": here[1].id, "shared": here[3].id}
    groups = [MsiGroup.create(school=world.school, since=BORN, key=key, name="6") for key in ("x", "")]
    wanted = {"x": MsiGroup(key="x", name="Zes"), "y": MsiGroup(key="y", name="6"), "z": MsiGroup(key="z", name="7")}
    assert same_groups(wanted, groups) == {"x": groups[0].id, "y": groups[1].id}


def test_a_likely_double_is_told_by_every_form(world: World) -> None:
    school = world.school
    anna = editing.add_pupil(school, PupilForm("Anna", "Aarts", birth_date=BORN, key="1"))
    mother = editing.add_guardian(school, "Eva Aarts", "eva@x.nl", "", [anna.id])
    (told,) = doubles.of_pupil(school, PupilForm("ánna", "Aarts", birth_date=BORN))
    assert told == (
        f"Hier staat al Anna Aarts (id {anna.id}): zelfde naam, zelfde geboortedatum. Controleer of dit dezelfde leerling is."
    )
    assert doubles.of_pupil(school, PupilForm("Bas", "Aarts", birth_date=BORN)) == ()
    (told,) = doubles.of_guardian(school, "eva aarts", "", [anna.id])
    assert f"Eva Aarts (id {mother.id}): zelfde naam, zelfde kind." in told
    assert doubles.of_guardian(school, "Jan Aarts", "jan@x.nl", [anna.id]) == ()
    bas = editing.add_pupil(school, PupilForm("Bas", "Bos", birth_date=BORN))
    renamed = {"first_name": "Anna", "prefix": "", "last_name": "Aarts"}
    assert len(doubles.of_changed(school, "pupil", bas.id, renamed)) == 1
    assert doubles.of_changed(school, "pupil", anna.id, renamed) == ()
    father = editing.add_guardian(school, "Jan Aarts", "jan@x.nl", "", [anna.id])
    assert len(doubles.of_changed(school, "guardian", father.id, {"email": "Eva@x.nl"})) == 1


@pytest.mark.parametrize("kind", ["pupil", "guardian", "staff"])
def test_who_is_put_back_beside_a_double_is_told(world: World, kind: str) -> None:
    anna = editing.add_pupil(world.school, PupilForm("Anna", "Aarts", birth_date=BORN))
    made = {
        "pupil": anna,
        "guardian": editing.add_guardian(world.school, "Eva", "eva@x.nl", "", [anna.id]),
        "staff": MsiStaff.create(school=world.school, since=BORN, last_name="Juf", email="juf@x.nl"),
    }[kind]
    model = editing.KINDS[kind]
    copy = {**made.__data__, "id": None, "esis_id": 7, "origin": "esis"}
    gone = model.create(**{**copy, "deleted_at": clock.school_now(world.actor.board)})
    assert f"(id {made.id})" in doubles.of_deleted(world.school, kind, gone.id)[0]
    editing.delete(world.school, kind, made.id)
    assert doubles.of_deleted(world.school, kind, gone.id) == ()


def test_a_guardian_of_a_file_is_known_by_any_of_its_children(world: World, tmp_path: Path) -> None:
    for key, name in (("1", "Sem"), ("2", "Liv")):
        editing.add_pupil(world.school, PupilForm(name, "Smit", key=key))
    liv = world.id_of("pupil", "Liv Smit")
    mine = editing.add_guardian(world.school, "Eva Smit", "oud@x.nl", "", [liv])
    file = File(world, tmp_path, "1;Sem;;Smit;;Eva Smit;nieuw@x.nl", "2;Liv;;Smit;;Eva Smit;nieuw@x.nl")
    assert file.asked() == {"2v": (str(mine.id),)}


def test_there_is_nothing_to_choose_about_who_is_surely_there(world: World, tmp_path: Path) -> None:
    """Else each repeat would make the child once more, with the same number."""
    file = File(
        world, tmp_path, "9;Sem;;Smit;2-2-2010;Pa Smit;pa@voorbeeld.nl", "9;Sem;;Smit;2-2-2010;Ma Smit;ma@voorbeeld.nl"
    )
    with pytest.raises(Refused, match="staat al op een andere regel; er valt niets te kiezen"):
        file.taken(regel_3="anders")
    file.taken()
    with pytest.raises(Refused, match="staat al in Mijnschoolinfo; er valt niets te kiezen"):
        file.taken(regel_2="anders")
    assert MsiPupil.select().count() == 1
