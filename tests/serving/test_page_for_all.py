"""The page for who taps keys, or hears it: axe finds nothing, keys type when tapped, a screen reader reads the terminal."""

from __future__ import annotations

import asyncio
import json
from importlib.resources import files
from typing import Any

import pytest

from tests.browser import page
from tests.serving.conftest import KLAS, PATIENCE, World

__all__ = ["page"]

EVERYTHING = """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(({violations, passes}) => [violations.map(({id, nodes}) => [id, nodes.map(({html}) => html)]), passes.length])"""


async def faults(page: Any) -> list[Any]:
    """What axe finds on what is shown now."""
    if not await page.evaluate("typeof axe === 'object'"):
        # By the debugger, which the page's own rules about scripts do not keep out.
        await page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found, passed = await page.evaluate(EVERYTHING)
    assert passed > 10, "it looked"
    return list(found)


async def opened(world: World, page: Any, *, signed_in: bool = True) -> list[str]:
    """Open the page, with its terminal drawn; what it sends from now on."""
    sent: list[str] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    await page.goto(f"http://{world.authority}{KLAS.path}")
    await page.wait_for_selector("body.-first-byte")
    if signed_in:
        await page.evaluate("owner.socket.send(JSON.stringify(['stdin', 'in ']))")
    return sent


async def test_axe_finds_nothing_and_with_the_switch_on_a_screen_reader_gets_the_lines(world: World, page: Any) -> None:
    await page.goto(f"http://{world.authority}/b/onbekend")
    assert await page.inner_text("h1") == "Dit adres is er niet"
    assert await faults(page) == []
    await opened(world, page)
    assert await faults(page) == []
    await page.click("#show-keys")
    await page.click("#screen-reader")
    assert await page.get_attribute("#screen-reader", "aria-pressed") == "true"
    await page.wait_for_selector(".xterm-accessibility-tree", state="attached")
    await page.evaluate("owner.socket.send(JSON.stringify(['stdin', 'echo Veld Gebruiker']))")
    async with asyncio.timeout(PATIENCE):
        while "Veld Gebruiker" not in str(await page.text_content(".xterm-accessibility-tree")):
            await asyncio.sleep(0.01)
    assert await faults(page) == []
    await page.click("#screen-reader")
    await page.wait_for_selector(".xterm-accessibility-tree", state="detached")
    await page.evaluate("owner.socket.send(JSON.stringify(['stdin', 'end 0']))")
    await page.wait_for_selector("text=Opnieuw openen")
    assert await faults(page) == []


async def until(world: World, sent: list[str], *typed: str) -> None:
    """Wait until the page sent these, one after the other."""
    async with asyncio.timeout(PATIENCE):
        while [one for one in sent if one.startswith('["stdin"')][-len(typed) :] != [
            json.dumps(["stdin", one], separators=(",", ":")) for one in typed
        ]:
            await asyncio.sleep(0.01)


async def test_keys_of_the_page_and_of_the_screen_type_when_tapped_and_the_terminal_makes_room(
    world: World, page: Any
) -> None:
    sent = await opened(world, page)
    assert not await page.is_visible(".keys"), "on a laptop it is not in the way"
    before = await page.evaluate("owner.terminal.rows")
    await page.click("#show-keys")
    assert await page.evaluate("owner.terminal.rows") < before
    for name in ("Esc", "Pijl omhoog", "Enter", "Zoeken"):
        await page.get_by_role("button", name=name, exact=True).click()
    await until(world, sent, "\x1b", "\x1b[A", "\r", "\x10")
    await page.evaluate("owner.socket.send(JSON.stringify(['stdin', 'keys']))")
    await page.get_by_role("button", name="Gereed", exact=True).click()
    await page.get_by_role("button", name="Nieuw", exact=True).click()
    await until(world, sent, "\x13", "n")
    assert await page.evaluate("document.activeElement.className") == "xterm-helper-textarea"
    small = await page.evaluate(
        "[...document.querySelectorAll('.keys button')].map(one => one.getBoundingClientRect())"
        ".filter(({width, height}) => width < 44 || height < 44).length"
    )
    assert small == 0
    await page.reload()
    await page.wait_for_selector("body.-first-byte")
    assert await page.is_visible(".keys"), "the browser remembers it"


async def test_on_a_tablet_the_keys_are_there_and_stay_above_the_keyboard_on_the_screen(
    world: World, page: Any
) -> None:
    browser = page.context.browser
    context = await browser.new_context(viewport={"width": 800, "height": 1100}, has_touch=True, is_mobile=True)
    tablet = await context.new_page()
    sent = await opened(world, tablet)
    assert await tablet.is_visible(".keys")
    await tablet.get_by_role("button", name="Tab", exact=True).tap()
    await until(world, sent, "\t")
    await tablet.evaluate("document.body.style.setProperty('--covered', '400px')")
    bottom = await tablet.evaluate("document.querySelector('.below').getBoundingClientRect().bottom")
    assert bottom == pytest.approx(700)
    assert await faults(tablet) == []
    await context.close()
