"""Mijn instellingen by keyboard: moving to a theme previews it, and Enter or F2 saves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import Settings
from models.board import Board, User
from screens.my_esis.preferences import short_path
from tests.screens.driving import SMALL, WIDE, driving


def theme_of(name: str) -> str:
    return str(User.get(User.name == name).theme)


@pytest.mark.parametrize(("size", "key"), [(WIDE, "enter"), (SMALL, "f2")])
async def test_a_theme_is_seen_at_once_and_kept(practice: Board, size: tuple[int, int], key: str) -> None:
    async with driving(practice, "zonderrol", size) as screen:
        await screen.go_to("mijn-instellingen")
        assert "●  Donker" in screen.text
        await screen.press("down")
        assert screen.app.theme == "esis-licht"
        assert theme_of("zonderrol") == ""
        await screen.press(key)
        assert "●  Licht" in screen.text
        assert theme_of("zonderrol") == "esis-licht"
        await screen.press("escape")
        assert screen.app.theme == "esis-licht"
    async with driving(practice, "zonderrol", size) as screen:
        assert screen.app.theme == "esis-licht"


async def test_a_theme_that_was_only_tried_on_does_not_stay(practice: Board) -> None:
    async with driving(practice, "rovict") as screen:
        await screen.go_to("mijn-instellingen")
        await screen.press("down", "down")
        assert screen.app.theme == "esis-16"
        await screen.press("escape")
        assert screen.app.theme == "esis-donker"


async def test_themes_of_textual_can_be_chosen_too(practice: Board) -> None:
    async with driving(practice, "rovict") as screen:
        await screen.go_to("mijn-instellingen")
        names = [theme for theme in screen.app.screen._names if not theme.startswith("esis-")]
        assert len(names) > 10
        await screen.press(*["down"] * (3 + names.index("nord")), "enter")
        assert "●  Nord" in screen.text
        assert "Thema 'Nord' is bewaard." in screen.said
    async with driving(practice, "rovict") as screen:
        assert screen.app.theme == "nord"


async def test_it_says_where_the_settings_are_and_how_keys_are_changed(practice: Board) -> None:
    async with driving(practice, "rovict", SMALL) as screen:
        await screen.go_to("mijn-instellingen")
        assert "settings.toml" in "".join(screen.text.split())
        assert "[keymap]" in screen.text
        assert "docs/toetsen.md" in screen.text
        screen.app.settings = Settings(theme="esis-16")
        await screen.press("escape")
        await screen.go_to("mijn-instellingen")
        assert "theme = 'esis-16'" in screen.text


def test_a_path_under_the_own_folder_is_written_short() -> None:
    assert short_path(Path.home() / "map" / "settings.toml") == "~/map/settings.toml"
    assert short_path(Path("/elders/settings.toml")) == "/elders/settings.toml"
