"""Hulptabellen, Relaties and Relatiescholen: a board's data for its forms and address books."""

from __future__ import annotations

from typing import Any

import pytest

from app import history
from app.access import Actor, NotAllowed
from app.history import ChangedMeanwhile
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.school.board import directory, lookups
from app.school.board.directory import RelatedSchoolForm, RelationForm
from app.school.board.lookups import TABLES
from models.directory import LookupEntry, RelatedSchool, Relation
from tests.builders import make_actor, make_board

ARTS = RelationForm("GGD", "Jeugdgezondheidszorg", "A. Bakker", "0612345678", "ggd@voorbeeld.nl")
VERDER = RelatedSchoolForm("De Verder", "Voortgezet onderwijs", "99zz00", "Oefenstad")


@pytest.fixture
def actor(db: str) -> Actor:
    return make_actor(make_board())


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_ones_own_entries_come_after_the_fixed_ones_by_name(actor: Actor, table: str) -> None:
    for value in ("zus", "Broer", "aap"):
        lookups.add(actor, table, value)
    standard = lookups.table(table).standard
    assert lookups.values(actor.board, table) == (*standard, "aap", "Broer", "zus")
    assert lookups.values(make_board(), table) == standard


def test_an_entry_that_is_off_is_offered_no_more_until_it_is_on(actor: Actor) -> None:
    entry = lookups.add(actor, "relatie", "buurvrouw")
    lookups.switch(actor, entry)
    assert "buurvrouw" not in lookups.values(actor.board, "relatie")
    assert [row.active for row in lookups.listed(actor, "relatie") if not row.standard] == [False]
    with pytest.raises(Refused, match="uitgeschakeld; zet die weer aan"):
        lookups.add(actor, "relatie", "Buurvrouw")
    lookups.switch(actor, entry)
    assert lookups.values(actor.board, "relatie")[-1] == "buurvrouw"


@pytest.mark.parametrize("text", ["", "MOEDER", "x" * 31, "x\ny"])
def test_an_entry_that_cannot_be_is_refused_for_its_field(actor: Actor, text: str) -> None:
    with pytest.raises(Refused) as refusal:
        lookups.add(actor, "relatie", text)
    assert refusal.value.field == "value"
    assert not LookupEntry.select().exists()


def test_a_changed_entry_keeps_what_it_was_in_the_history(actor: Actor) -> None:
    entry = lookups.add(actor, "relatie", "buurvrouw")
    seen = history.version(entry)
    lookups.change(actor, entry, "buur", seen)
    assert [row.action for row in history.changes_of(entry)] == ["added", "changed"]
    with pytest.raises(ChangedMeanwhile):
        lookups.change(actor, entry, "buren", seen)


def test_an_unknown_list_is_named_with_those_there_are(actor: Actor) -> None:
    with pytest.raises(NotFound, match="uitschrijfreden, relatie, uitsluitreden"):
        lookups.values(actor.board, "kleur")


@pytest.mark.parametrize("form", [ARTS, VERDER])
def test_an_entry_of_an_address_book_is_added_changed_and_deleted(actor: Actor, form: Any) -> None:
    entry = directory.add(actor, form)
    seen = history.version(entry)
    directory.change(actor, entry, type(form)("Anders", form.kind), seen)
    with pytest.raises(ChangedMeanwhile):
        directory.change(actor, entry, form, seen)
    directory.delete(actor, entry)
    with pytest.raises(NotFound, match="staat niet meer in de lijst"):
        directory.delete(actor, entry)
    assert [row.action for row in history.changes_of(entry)] == ["added", "changed", "deleted"]


def test_an_address_book_is_the_boards_and_by_name(actor: Actor) -> None:
    for name in ("Zus", "aap", "Mies"):
        directory.add(actor, RelationForm(name, "Anders"))
        directory.add(actor, RelatedSchoolForm(name, "Basisschool"))
    assert [row.name for row in directory.relations(actor)] == ["aap", "Mies", "Zus"]
    assert [row.name for row in directory.related_schools(actor)] == ["aap", "Mies", "Zus"]
    other = make_actor(make_board())
    assert directory.relations(other) == directory.related_schools(other) == []


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (RelationForm("", "Anders"), "name"),
        (RelationForm("X", "Vriend"), "kind"),
        (RelationForm("GGD", "Anders"), "name"),
        (RelationForm("X", "Anders", email="x"), "email"),
        (RelationForm("X", "Anders", phone="x"), "phone"),
        (RelatedSchoolForm("", "Basisschool"), "name"),
        (RelatedSchoolForm("X", "Club"), "kind"),
        (RelatedSchoolForm("X", "Basisschool", "99ZZ"), "brin6"),
        (RelatedSchoolForm("X", "Basisschool", "99ZZ00"), "brin6"),
        (RelatedSchoolForm("X", "Basisschool", "99QQ00"), "brin6"),
        (RelatedSchoolForm("De Verder", "Basisschool", "", "Oefenstad"), "name"),
    ],
)
def test_what_is_wrong_names_its_field(actor: Actor, form: Any, field: str) -> None:
    directory.add(actor, ARTS)
    assert isinstance(kept := directory.add(actor, VERDER), RelatedSchool)
    assert kept.brin6 == "99ZZ00"
    with pytest.raises(Refused) as refusal:
        directory.add(actor, form)
    assert refusal.value.field == field
    assert (Relation.select().count(), RelatedSchool.select().count()) == (1, 1)


def test_only_who_may(actor: Actor) -> None:
    ib = make_actor(actor.board, Role.INTERN_BEGELEIDER)
    for act in (
        lambda: directory.relations(ib),
        lambda: directory.related_schools(ib),
        lambda: directory.add(ib, ARTS),
        lambda: lookups.listed(ib, "relatie"),
        lambda: lookups.add(ib, "relatie", "x"),
    ):
        with pytest.raises(NotAllowed):
            act()
