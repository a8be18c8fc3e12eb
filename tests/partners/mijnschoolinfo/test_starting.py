"""Starting later: switching the coupling on recognises existing records (sources.md#mijnschoolinfo, S and 1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.couplings import lifecycle
from app.exchange.email_list import HEADER
from app.partners.mijnschoolinfo import account, editing, importing, lists, overview
from app.partners.mijnschoolinfo.editing import EsisLeads, PupilForm
from app.refusals import Refused
from app.webservice.faults import UnknownCode
from tests.partners.mijnschoolinfo.worlds import BORN, CODE, World, couple, uncoupled

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def world(db: str) -> World:
    """A school with nothing in Mijnschoolinfo and no coupling."""
    return uncoupled()


def written(folder: Path, *lines: str) -> Path:
    file = folder / "adressen.csv"
    file.write_text("\n".join([";".join(HEADER), *lines]), encoding="utf-8")
    return file


def test_who_was_there_is_recognised_keeps_its_data_and_is_not_doubled(world: World, tmp_path: Path) -> None:
    by_key = world.enrol("Anna Aarts")
    world.enrol("Bas Bos")
    file = written(
        tmp_path,
        f"{by_key.key};Annie;;Aarts;2-2-2010;Moeder Aarts;ouder.aarts@voorbeeld.nl",
        ";bas;;BOS;2-2-2010;;",
    )
    assert importing.import_file(world.school, file).sentence == "2 leerlingen, 1 verzorger toegevoegd."
    group = editing.add_group(world.school, "6", [world.id_of("pupil", "bas BOS")])
    couple(world)
    (run,) = world.to("2020-04-15T08:00")
    assert world.names() == {"Annie Aarts": ("6",), "bas BOS": ("6",)}
    assert world.carers() == {"Moeder Aarts": ("Annie Aarts",), "Ouder Bos": ("bas BOS",)}
    assert {row.name: row.origin for row in lists.groups(world.fresh())} == {"6": "esis", "7": "esis"}
    assert lists.groups(world.fresh())[0].id == group.id
    assert run.note == ("1 groep en 1 verzorger toegevoegd. 1 groep, 2 leerlingen en 1 verzorger herkend.")


def test_who_may_be_two_waits_for_a_decision(world: World) -> None:
    for _ in range(2):
        editing.add_pupil(world.school, PupilForm("Cas", "Cool", birth_date=BORN))
    world.enrol("Cas Cool")
    couple(world)
    world.to("2020-04-15T08:00")
    assert [row.origin for row in lists.pupils(world.fresh())] == ["own", "own"]
    (doubt,) = overview.doubts(world.school)
    first, _second = overview.candidates(doubt)
    editing.settle(world.school, doubt.id, first.id)
    world.to("2020-04-16T08:00")
    assert {row.id: row.origin for row in lists.pupils(world.fresh())}[first.id] == "esis"
    assert overview.doubts(world.school) == []


def test_somebody_else_comes_with_the_next_delivery(world: World) -> None:
    editing.add_pupil(world.school, PupilForm("Dirk", "Duin", key="1000000", birth_date=None))
    pupil = world.enrol("Evi Eik")
    editing.add_pupil(world.school, PupilForm("Heel", "Anders", key=pupil.key, birth_date=BORN.replace(year=2009)))
    couple(world)
    world.to("2020-04-15T08:00")
    (doubt,) = overview.doubts(world.school)
    editing.settle(world.school, doubt.id, None)
    world.to("2020-04-16T08:00")
    assert sorted(world.names()) == ["Dirk Duin", "Evi Eik", "Heel Anders"]


def test_a_guardian_under_the_same_name_with_another_address_is_a_doubt(world: World) -> None:
    world.enrol("Fien Fris", guardian="Vader Fris <nieuw@voorbeeld.nl>")
    child = editing.add_pupil(world.school, PupilForm("Fien", "Fris", birth_date=BORN))
    mine = editing.add_guardian(world.school, "Vader Fris", "oud@voorbeeld.nl", "", [child.id])
    couple(world)
    world.to("2020-04-15T08:00")
    (doubt,) = overview.doubts(world.school)
    editing.settle(world.school, doubt.id, mine.id)
    world.to("2020-04-16T08:00")
    (row,) = lists.guardians(world.fresh())
    assert (row.id, row.email, row.origin) == (mine.id, "oud@voorbeeld.nl", "esis")


def test_the_halves_come_in_either_order(world: World) -> None:
    found = account.connect(world.school, CODE)
    assert (found.ok, account.leads(world.fresh())) == (False, False)
    assert account.KEPT in found.sentence
    world.enrol("Gijs Gans")
    lifecycle.activate(world.actor, account.ID, "Rovict", True, CODE)
    world.to("2020-04-15T08:00")
    assert list(world.names()) == ["Gijs Gans"]
    assert account.leads(world.fresh())


def test_a_code_that_differs_fails_the_night_and_says_so(world: World) -> None:
    account.connect(world.school, "99QQ00iets-anders-dan-daar")
    lifecycle.activate(world.actor, account.ID, "Rovict", True, CODE)
    world.enrol("Hanna Haan")
    with pytest.raises(UnknownCode, match="verificatiecode verschilt"):
        world.to("2020-04-15T08:00")
    assert world.names() == {}


def test_once_coupled_nothing_is_imported(world: World, tmp_path: Path) -> None:
    file = written(tmp_path, ";Iris;;Iep;;;")
    couple(world)
    with pytest.raises(EsisLeads):
        importing.import_file(world.school, file)


def test_a_file_with_errors_brings_nothing(world: World, tmp_path: Path) -> None:
    file = written(tmp_path, ";Iris;;Iep;;;", ";Jan;;Jas;2-13-2010;;")
    with pytest.raises(Refused, match="regel 3: geboortedatum is '2-13-2010'"):
        importing.import_file(world.school, file)
    assert world.names() == {}


def test_after_a_break_everybody_is_known_again(world: World) -> None:
    world.enrol("Kai Kok")
    couple(world)
    world.to("2020-04-15T08:00")
    editing.change(world.school, "pupil", world.id_of("pupil", "Kai Kok"), {"first_name": "Kaj"})
    account.disconnect(world.school)
    editing.add_pupil(world.school, PupilForm("Zelf", "Gemaakt"))
    account.connect(world.school, CODE)
    world.to("2020-04-16T08:00")
    assert world.names() == {"Zelf Gemaakt": (), "Kaj Kok": ("6",)}
