"""What a screen shows is read beside the UI thread: showing it asks nothing of the database."""

from __future__ import annotations

import ast
from asyncio import to_thread
from pathlib import Path
from threading import Semaphore
from typing import Any, get_type_hints

import pytest

import screens
from models.board import Board
from screens.shared.reads_beside import ReadsBeside
from screens.shared.records import RecordList, Rows
from screens.shared.sources import Ready
from screens.staff.staff import StaffScreen
from tests.screens.driving import driving

ROOT = Path(screens.__file__).parent


def test_no_screen_reads_in_a_way_of_its_own() -> None:
    """`refresh_data` is final, for who runs no type checker too."""
    own = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ROOT.rglob("*.py")
        if path.name != "reads_beside.py" and "def refresh_data(" in (source := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name == "refresh_data"
    ]
    assert own == []
    assert ReadsBeside.refresh_data.__final__  # type: ignore[attr-defined]  # set by `typing.final`


async def test_what_is_asked_for_more_often_than_it_can_be_read_is_shown(
    practice: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow reading is shown first; whatever changed meanwhile is read once more."""
    begun, goes_on, shown = Semaphore(0), Semaphore(0), Semaphore(0)
    read, show = StaffScreen.read, StaffScreen.show
    async with driving(practice) as program:
        await program.go_to("medewerkers")
        screen = program.app.screen
        assert isinstance(screen, StaffScreen)

        def slowly(self: StaffScreen) -> object:
            begun.release()
            assert goes_on.acquire(timeout=30)
            return read(self)

        def counted(self: StaffScreen, found: Any) -> None:
            show(self, found)
            shown.release()

        monkeypatch.setattr(StaffScreen, "read", slowly)
        monkeypatch.setattr(StaffScreen, "show", counted)
        for _ in range(3):
            screen.read_again()
        assert await to_thread(begun.acquire, timeout=30)
        screen.read_again()
        goes_on.release()
        assert await to_thread(shown.acquire, timeout=30)
        assert await to_thread(begun.acquire, timeout=30)
        goes_on.release()
        assert await to_thread(shown.acquire, timeout=30)
        await program.settle()
    assert not begun.acquire(blocking=False)


async def test_what_changed_while_a_screen_opened_is_shown(practice: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it read is from before, and nothing else may change for long."""
    begun, goes_on, read = Semaphore(0), Semaphore(0), StaffScreen.read

    def slowly(self: StaffScreen) -> object:
        begun.release()
        assert goes_on.acquire(timeout=30)
        return read(self)

    async with driving(practice) as program:
        monkeypatch.setattr(StaffScreen, "read", slowly)
        program.app.push_screen(StaffScreen())
        assert await to_thread(begun.acquire, timeout=30)
        program.app._read_again(False)
        goes_on.release(9)
        await program.settle()
        assert begun.acquire(blocking=False)


def test_a_list_is_given_what_was_read_already() -> None:
    """`RecordList.show` takes `Rows` or `Ready`: a source of which the first page is not read yet would be read by it."""
    assert get_type_hints(RecordList.show)["source"] == Rows | Ready
