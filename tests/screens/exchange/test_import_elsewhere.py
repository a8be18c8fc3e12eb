"""Importing a file of another location: created on request, one of the user's own, and one without a role."""

from __future__ import annotations

from pathlib import Path

from app.access import find_location, find_user, locations_of
from models.board import Board, Location
from models.school import Pupil
from screens.exchange.importing import ImportScreen
from screens.exchange.preview import PreviewScreen
from screens.exchange.report import ReportScreen
from tests.screens.driving import SMALL, driving
from tests.screens.exchange.importing import choose, write


async def test_a_location_that_does_not_exist_is_made_when_asked(practice: Board, tmp_path: Path) -> None:
    async with driving(practice, "administratie", size=SMALL) as user:
        await choose(user, write(tmp_path, brin="99ZZ"))
        assert "Vestiging aanmaken?" in user.text
        await user.press("left", "enter")
        assert isinstance(user.app.screen, PreviewScreen)
        assert "naar 99ZZ00 (nieuwe vestiging)" in user.text
        assert user.actor.location.brin6 == "99QQ00"
        assert Location.select().count() == 2
        await user.press("f2")
        assert isinstance(user.app.screen, ReportScreen)
        assert user.actor.location.brin6 == "99ZZ00"
        assert "Terug naar 99QQ00: Ctrl+P, Vestiging kiezen" in user.said[-1]
        assert Pupil.get(Pupil.key == "90001").location.brin6 == "99ZZ00"
        await user.press("down", "down", "enter")
        assert "99QQ00" in user.text
        await user.press("enter")
        assert user.actor.location.brin6 == "99QQ00"
    assert len(locations_of(find_user(practice, "administratie"))) == 2


async def test_no_leaving_the_preview_and_a_broken_file_make_no_location(practice: Board, tmp_path: Path) -> None:
    before = Location.select().count()
    async with driving(practice) as user:
        await choose(user, write(tmp_path, brin="99ZZ"))
        await user.press("enter")
        assert "Het bestand is van BRIN 99ZZ00" in user.words
        assert user.actor.location.brin6 == "99QQ00"
        await user.press("f2", "left", "enter")
        assert isinstance(user.app.screen, PreviewScreen)
        await user.press("escape")
        assert isinstance(user.app.screen, ImportScreen)
        assert user.actor.location.brin6 == "99QQ00"
        write(tmp_path, brin="99ZZ", extra="<leerling/>")
        await user.press("f2")
        assert "Importeren kan niet" in user.words
    assert Location.select().count() == before


async def test_a_file_of_another_own_location_goes_on_there(practice: Board, tmp_path: Path) -> None:
    async with driving(practice) as user:
        await choose(user, write(tmp_path, number="01"))
        assert "Wilt u daar verder gaan?" in user.text
        await user.press("left", "enter")
        assert user.actor.location == find_location(practice, "99QQ01")
        assert isinstance(user.app.screen, PreviewScreen)


async def test_a_file_of_a_location_without_a_role_is_refused(practice: Board, tmp_path: Path) -> None:
    async with driving(practice, "administratie") as user:
        await choose(user, write(tmp_path, number="01"))
        assert "Wilt u daar verder gaan?" not in user.text
        assert "Kies de vestiging van het bestand" in user.words
