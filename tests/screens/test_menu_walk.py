"""Every item of the menu, opened and left by keyboard from the sheet, for every user of the practice board."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.errors import NoWidget

from app.access import Actor, actor_for, find_user
from app.permissions import Permission
from fixtures import menu
from models.board import Board
from screens.help.explain import Explain
from screens.shared.frame import EsisScreen
from screens.shared.key_bar import KeyBar
from screens.shared.label import Label
from screens.shared.link import Link
from screens.shared.spatial import nearest
from screens.start.placeholder import NotAllowedPage, Placeholder
from screens.start.sheet import HeadingBlock, MenuSheet, Sheet
from tests.screens.driving import SMALL, WIDE, Driver, driving

EVERYTHING, OTHERS = ("rovict", "zonderrol"), ("appbeheer", "leerkracht6", "ib", "administratie", "trainer")
"""Who may do all and who may do nothing open every item; what the others may differs per item."""


def standing_on(program: Driver) -> Link:
    focused = program.app.focused
    assert isinstance(focused, Link), f"the focus is on {focused}"
    return focused


async def open_sheet(program: Driver) -> None:
    await program.press("f10", "right", "enter")
    await program.until(lambda: isinstance(program.app.screen, MenuSheet) and program.app.focused is not None)


async def walk_small(program: Driver) -> AsyncIterator[Link]:
    """Every item of the sheet on a narrow screen: down the headings, right into the items of each."""
    await arrow(program, "left")
    await to_the_end(program, "up")
    while True:
        head = program.app.focused
        await arrow(program, "right")
        await to_the_end(program, "up")
        yield standing_on(program)
        while await arrow(program, "down"):
            yield standing_on(program)
        await arrow(program, "left")
        assert program.app.focused is head, "left goes back to the heading of the items"
        if not await arrow(program, "down"):
            return


async def walk(program: Driver) -> AsyncIterator[Link]:
    """Every item that arrow keys reach from the first one: each new one is tried in all directions."""
    sheet = program.app.screen.query_one(Sheet)
    to_try = [standing_on(program)]
    reached = set(to_try)
    while to_try:
        link = to_try.pop()
        link.focus()
        yield link
        for key in ("down", "right", "up", "left"):
            target = nearest(sheet, link, key, Link)
            if isinstance(target, Link) and target not in reached:
                reached.add(target)
                to_try.append(target)


async def arrow(program: Driver, key: str) -> bool:
    """Press an arrow key; whether the focus moved."""
    before = program.app.focused
    program.app.simulate_key(key)
    await program.pilot.pause(0)
    await program.app.keys_done()
    return program.app.focused is not before


async def to_the_end(program: Driver, key: str) -> None:
    while await arrow(program, key):
        pass


def is_visible(program: Driver) -> bool:
    """Whether something has the focus and is on the screen, whole or at least its first line."""
    focused = program.app.focused
    if focused is None:
        return False
    try:
        shown, region = program.app.screen.find_widget(focused).visible_region, focused.region
    except NoWidget:  # focused, but not laid out yet
        return False
    return shown.width > 0 and shown.height > 0 and shown.y == region.y


def has_keys(program: Driver) -> bool:
    """Whether the line of keys at the bottom says how to go back."""
    return any(key.display == "Esc" for bar in program.app.screen.query(KeyBar) if bar.region for key in bar.fixed)


async def visit(program: Driver, item: menu.Item, explained: bool = False) -> None:
    """Open the item the focus is on, look at it, at its explanation too where asked, and come back by Esc."""
    sheet, app = program.app.screen, program.app
    await program.step("enter", lambda: app.screen is not sheet and is_visible(program) and has_keys(program))
    screen = app.screen
    assert isinstance(screen, EsisScreen)
    reason = program.actor.reason(item.permission) if item.permission else ""
    assert program.text.replace("▌", " ").split()[:4] == ["F6", "ESIS", "F10", "Startpagina"], program.text
    words = " ".join(program.text.split())
    if not item.built:
        assert isinstance(screen, Placeholder)
        assert item.title in words
        assert "Dit onderdeel zit niet in deze oefenomgeving." in words
    elif reason:
        assert isinstance(screen, NotAllowedPage)
        assert reason in program.words
    if explained:
        await explain(program, screen)
    await program.step("escape", lambda: app.screen is sheet and app.focused is not None)


async def explain(program: Driver, screen: EsisScreen) -> None:
    """F1 says what the screen is for, and names the keys at its bottom and those that work everywhere."""
    await program.settle()
    bar = screen.query_one(KeyBar)
    at_the_bottom = {key.display for key in (*bar.shown, *bar.fixed)}
    assert at_the_bottom
    await program.step("f1", lambda: isinstance(program.app.screen, Explain) and is_visible(program))
    explanation = program.app.screen
    assert isinstance(explanation, Explain)
    told = {key for line in explanation._keys for key in line.keys.split(" of ")}
    assert "Help bij dit scherm" in program.text
    assert screen.HELP.split("\n")[0][:40] in program.words
    assert at_the_bottom | {"F1", "F6", "F9", "F10", "Ctrl+P", "Esc"} <= told
    await program.step("escape", lambda: program.app.screen is screen)


def said(program: Driver) -> str:
    """The line at the bottom of the sheet."""
    return str(program.app.screen.query_one("#about-item", Label).content)


def all_links(program: Driver) -> list[Link]:
    """Every item of the sheet."""
    found = list(program.app.screen.query(".item").results(Link))
    assert {link.key for link in found} == {item.id for item in menu.items()} - {"startpagina"}
    return found


async def links(program: Driver) -> AsyncIterator[Link]:
    """Every item of the sheet, each with the focus on it."""
    for link in all_links(program):
        await stand_on(program, link)
        yield link


async def stand_on(program: Driver, link: Link) -> None:
    """On a narrow screen the items of one heading stand beside the headings."""
    heading = next(node for node in link.ancestors if isinstance(node, HeadingBlock))
    if not heading.display:
        program.app.screen.query_one(f"#head-{str(heading.id).removeprefix('block-')}").focus()
        await program.until(lambda: heading.display)
    link.focus()
    await program.until(lambda: program.app.focused is link)


def may(actor: Actor) -> set[Permission]:
    return {permission for permission in Permission if not actor.reason(permission)}


async def test_every_item_opens_is_explained_and_closes_by_keyboard(practice: Board) -> None:
    async with driving(practice, EVERYTHING[0], WIDE) as program:
        await open_sheet(program)
        async for link in links(program):
            item = menu.item_by_id(link.key)
            await visit(program, item, explained=item.built)
            assert program.app.focused is link, "Esc comes back to where one was"


async def test_who_may_do_nothing_opens_what_asks_no_permission_and_is_told_why_not_the_rest(practice: Board) -> None:
    """One item of each permission: the page that says why not is the same for all of them."""
    asked: set[Permission | None] = set()
    async with driving(practice, EVERYTHING[1], WIDE) as program:
        await open_sheet(program)
        async for link in links(program):
            item = menu.item_by_id(link.key)
            if item.built and (item.permission is None or item.permission not in asked):
                asked.add(item.permission)
                await visit(program, item)
                assert program.app.focused is link, "Esc comes back to where one was"


@pytest.mark.parametrize("user", OTHERS)
async def test_every_role_sees_its_items_or_the_reason_and_opens_what_it_may(practice: Board, user: str) -> None:
    """A page that is not there, or not for the role, is the same for everybody: the users above opened each of them."""
    async with driving(practice, user, WIDE) as program:
        elsewhere = [may(actor_for(find_user(practice, walked))) for walked in EVERYTHING]
        await open_sheet(program)
        told_why = False
        for link in all_links(program):
            item = menu.item_by_id(link.key)
            reason = program.actor.reason(item.permission) if item.permission else ""
            assert link.has_class("-blocked") == bool(reason or not item.built)
            if reason and item.built:
                assert link.reason == reason
            if told_why and (link.reason or may(program.actor) in elsewhere):
                continue
            told_why = told_why or bool(link.reason)
            await stand_on(program, link)
            told = link.reason or item.what
            await program.until(lambda told=told: told == said(program), "the reason, or what it is for")
            if not link.reason and may(program.actor) not in elsewhere:
                await visit(program, item)
                assert program.app.focused is link, "Esc comes back to where one was"
        assert said(program)[:40] in program.words


async def test_at_80_columns_too(practice: Board) -> None:
    async with driving(practice, "administratie", SMALL) as program:
        await open_sheet(program)
        for link in all_links(program)[::4]:
            await stand_on(program, link)
            await visit(program, menu.item_by_id(link.key))
