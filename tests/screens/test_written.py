"""A place is written as the breadcrumb of its screen: one parser for commands, draaiboeken and the palette."""

from __future__ import annotations

import pytest

from app.refusals import NotFound
from app.targets import (
    Activation,
    ActivationList,
    CouplingPage,
    Deliveries,
    Lessons,
    Log,
    MenuItem,
    MenuTab,
    PartnerPage,
    Preview,
    SchoolTime,
    Target,
    TrainerPage,
    TransitionStep,
)
from fixtures import menu
from models.board import Board
from screens.navigation import written
from screens.navigation.written import AmbiguousPlace, find
from screens.shared.frame import EsisScreen
from tests.screens.couplings.walking import activated
from tests.screens.driving import driving
from tests.screens.signing_in import at_sign_in, sign_in


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("Beheer > Import-Export-Koppelingen > Koppelingen", "Beheer > Import-Export-Koppelingen > Koppelingen"),
        ("import-export-koppelingen>KOPPELINGEN", "Beheer > Import-Export-Koppelingen > Koppelingen"),
        ("Koppelingen", "Beheer > Import-Export-Koppelingen > Koppelingen"),
        ("Beheer > Koppelingen", "Beheer > Import-Export-Koppelingen > Koppelingen"),
        ("Mijn groep", "Mijn Menu > Mijn ESIS > Mijn groep"),
        ("Mijn Menu > Help > Help", "Mijn Menu > Help > Help"),
        ("Mijn Menu > Leerlingen > Absenties", "Onderwijs > Leerlingen > Absenties"),
        ("Financien > Boekingen", "Onderwijs > Financiën > Boekingen"),
        ("Instellingen > Schoolrapporten", "Beheer > Instellingen > Schoolrapporten"),
        ("Startpagina", "Startpagina"),
        (" Berichten overzicht ", "Startpagina > Berichten overzicht"),
    ],
)
def test_finds_an_item_of_the_menu_by_a_path_or_the_end_of_one(asked: str, path: str) -> None:
    found = find(asked)
    assert (found.path, type(found.target)) == (path, MenuItem)


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("Beheer > Koppelingen > IEP LVS", CouplingPage("iep-lvs")),
        ("Beheer > Import-Export-Koppelingen > Koppelingen > IEP LVS", CouplingPage("iep-lvs")),
        ("beheer > koppelingen > iep lvs > leveringen", Deliveries("iep-lvs")),
        ("Beheer > Koppelingen > Mijnschoolinfo > Vannacht", Preview("mijnschoolinfo")),
        ("Beheer > Koppelingen > Koppeling activeren", ActivationList()),
        ("Koppeling activeren > IEP LVS", Activation("iep-lvs")),
        ("Koppelingenlogboek", Log()),
        ("Koppelingenlogboek > IEP LVS", Log("iep-lvs")),
        ("Jaarovergang > Groepen", TransitionStep("groups")),
        ("Trainer > Klas", TrainerPage("class")),
        ("Startpagina > Oefeningen", Lessons()),
        ("schooltijd", SchoolTime()),
        ("Mijn Menu", MenuTab("Mijn Menu")),
        ("IEP LVS", PartnerPage("iep-lvs")),
        ("IEP LVS > Beheer > School > Resultaatkoppeling", PartnerPage("iep-lvs", "coupling")),
        ("IEP LVS > Resultaatkoppeling", PartnerPage("iep-lvs", "coupling")),
        ("Mijnschoolinfo > School", PartnerPage("mijnschoolinfo", "school")),
        ("Mijnschoolinfo > School > Leerlingen", PartnerPage("mijnschoolinfo", "pupils")),
    ],
)
def test_finds_what_is_below_the_menu_and_at_the_partners(asked: str, target: Target) -> None:
    assert find(asked).target == target


def test_every_place_is_found_by_its_own_path() -> None:
    places = (*written._at_the_top(), *written._below())
    assert [find(one.path).target for one in places] == [one.target for one in places]
    assert {MenuItem(item.id) for item in menu.items()} <= {one.target for one in places}


def test_a_title_that_occurs_twice_names_the_candidates() -> None:
    with pytest.raises(AmbiguousPlace) as refused:
        find("Schoolrapporten")
    assert "'Dossier > Leerlingdossiers > Schoolrapporten'" in refused.value.sentence
    assert "'Beheer > Instellingen > Schoolrapporten'" in refused.value.sentence


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Kopelingen", "Koppelingen'?"),
        ("Dossier > Koppelingen", "Koppelingen'?"),
        ("koppeling", "Koppeling'?"),
        ("Leerlingen", "Leerlingen'?"),
        ("Beheer > Koppelingen > IEP", "'Beheer > Import-Export-Koppelingen > Koppelingen > IEP LVS'?"),
        ("Beheer > Koppelingen > IEP LVS > Onzin", "Koppelingen > IEP LVS'?"),
        ("Beheer > School > Resultaatkoppeling", "'IEP LVS > Beheer > School > Resultaatkoppeling'?"),
    ],
)
def test_an_unknown_place_names_the_nearest(asked: str, meant: str) -> None:
    with pytest.raises(NotFound) as refused:
        find(asked)
    assert refused.value.sentence.startswith(f"'{asked}' staat niet in het menu. Bedoelt u '")
    assert meant in refused.value.sentence


@pytest.mark.parametrize("asked", ["", ">", " > > ", "Nergens > Ding"])
def test_what_is_like_no_place_names_none(asked: str) -> None:
    with pytest.raises(NotFound) as refused:
        find(asked)
    assert "Bedoelt u" not in refused.value.sentence
    assert "zoals 'Beheer > Koppelingen > IEP LVS'" in refused.value.sentence


async def test_what_opens_is_the_screen_with_that_breadcrumb(practice: Board) -> None:
    activated(practice)
    ways = [
        "Beheer > Koppelingen > IEP LVS",
        "Beheer > Koppelingen > IEP LVS > Leveringen",
        "Beheer > Koppelingen > IEP LVS > Waarom komt het niet?",
        "Beheer > Koppelingen > Koppeling beëindigen",
        "Beheer > Koppelingen > Koppelingenlogboek",
        "Beheer > Koppelingen > Resultaten zonder leerling",
        "Onderwijs > Leerlingen > Jaarovergang > Bevestigen",
        "Startpagina > Oefeningen",
    ]
    async with driving(practice) as program:
        for way in ways:
            program.app.go(find(way).target)
            await program.settle()
            screen = program.app.screen
            assert isinstance(screen, EsisScreen)
            assert menu.SEPARATOR.join(screen.PATH) == way


async def test_a_coupling_that_is_not_live_opens_where_it_is_activated(practice: Board) -> None:
    async with driving(practice) as program:
        program.app.go(CouplingPage("iep-lvs"))
        await program.settle()
        assert "Uw gegevens" in program.text


async def test_where_somebody_wanted_to_go_opens_after_signing_in(practice: Board) -> None:
    async with driving(practice, None) as program:
        program.app.go(find("Beheer > Koppelingen").target)
        await program.settle()
        assert at_sign_in(program)
        await sign_in(program, "rovict")
        assert "Geactiveerde koppelingen" in program.text
        program.app.sign_out()
        await program.settle()
        await sign_in(program, "rovict")
        assert "Welkom" in program.text, "once"


async def test_the_palette_takes_a_path_of_what_the_menu_has_not(practice: Board) -> None:
    async with driving(practice) as program:
        await program.find("beheer > koppelingen > koppelingenlogboek > iep lvs")
        assert program.line("Beheer > Koppelingen > Koppelingenlogboek")
        await program.find("iep lvs > vensters")
        assert "Aanmelden bij IEP LVS" in program.text
        assert "daarna opent het scherm" in program.said[-1]
