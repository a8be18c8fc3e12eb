"""What every partner's program shares: its own hue, the menu, tabs as one stop, and a start page that leads on."""

from __future__ import annotations

import pytest
from textual.color import Color

from models.board import Board
from screens.shared.dialogs import Dialog
from screens.shared.link import Link
from screens.shared.tabs import Tabs
from screens.shell.programs import partner_looks
from screens.shell.tokens import partner_tokens
from tests.screens.driving import SMALL, Driver, driving
from tests.screens.partners.iep import open_form, open_school, sign_in


def crumb(driver: Driver) -> str:
    return driver.text.splitlines()[1].split("   ")[0].strip()


async def test_the_start_page_leads_to_what_asks_for_attention(practice: Board) -> None:
    async with driving(practice, size=SMALL) as driver:
        await sign_in(driver)
        assert "! Stel de resultaatkoppeling in" in str(driver.app.focused.text)  # type: ignore[union-attr]
        await driver.press("enter")
        assert crumb(driver) == "Beheer > School > Resultaatkoppeling"
        await driver.press("enter")
        assert "Testbericht versturen en koppeling inschakelen" in driver.text


async def test_the_menu_holds_nobody(practice: Board) -> None:
    async with driving(practice) as driver:
        await open_form(driver)
        before = driver.app.focused
        for key in ("escape", "down"):
            await driver.press("f10")
            assert isinstance(driver.app.focused, Link)
            await driver.press(key)
            assert driver.app.focused is before


async def test_walking_along_the_menu_leaves_nothing_and_signing_out_asks_about_a_form(practice: Board) -> None:
    async with driving(practice) as driver:
        await open_form(driver)
        await driver.type("99")
        form = driver.app.screen
        await driver.press("f10", *["right"] * 6)
        assert isinstance(link := driver.app.focused, Link)
        assert (link.text, driver.app.screen) == ("Afmelden", form)
        await driver.press("enter")
        assert isinstance(driver.app.screen, Dialog)
        await driver.press("escape")
        assert driver.app.screen is form


async def test_tabs_are_one_stop_and_open_by_arrow_and_number(practice: Board) -> None:
    async with driving(practice) as driver:
        await open_school(driver)
        assert isinstance(driver.app.focused, Tabs)
        await driver.press("right")
        assert crumb(driver) == "Beheer > School > Basispoort"
        await driver.press("4")
        assert crumb(driver) == "Beheer > School > Vensters"
        under = driver.text.splitlines()[3]
        assert under.index("━") == driver.text.splitlines()[2].index("Vensters") - 1
        await driver.press("tab")
        assert not isinstance(driver.app.focused, Tabs)
        await driver.press("shift+tab", "1")
        assert crumb(driver) == "Beheer > School > Details"


async def test_a_question_has_the_colours_of_the_program_below_it(practice: Board) -> None:
    async with driving(practice) as driver:
        await open_form(driver)
        await driver.type("99")
        await driver.press("escape")
        box, own = driver.app.screen.query_one(".dialog"), partner_tokens(partner_looks()["iep-lvs"], 0)
        assert box.styles.background == Color.parse(own["surface"])
        assert driver.app.focused is not None
        assert driver.app.focused.styles.background == Color.parse(own["focus"])


@pytest.mark.parametrize("partner", sorted(partner_looks()))
def test_each_partner_has_a_hue_of_its_own(partner: str) -> None:
    bars = {other: partner_tokens(look, 0)["bar"] for other, look in partner_looks().items()}
    assert [other for other, bar in bars.items() if bar == bars[partner]] == [partner]


async def test_up_from_the_first_line_below_goes_to_the_tabs(practice: Board) -> None:
    async with driving(practice) as driver:
        await open_school(driver)
        for number in ("1", "2", "3"):  # a form, a list, buttons
            await driver.press(number, "down")
            assert not isinstance(driver.app.focused, Tabs)
            await driver.press("up")
            assert isinstance(driver.app.focused, Tabs)
