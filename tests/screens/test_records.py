"""A list: what it reads and when, how it is drawn, keys and the mouse in it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import pytest

from screens.shared.records import Rows
from screens.shared.sources import PAGE, in_pages, ready
from tests.screens.listed import NAME, Numbers, shown

pytestmark = pytest.mark.usefixtures("sqlite")


async def test_pages_are_read_beside_and_go_on_from_the_row_before() -> None:
    numbers = Numbers()
    async with shown(numbers) as driven:
        numbers.asked.clear()
        numbers.threads.clear()
        await driven.press(*["pagedown"] * 20)
        assert (driven.listed.row, numbers.asked) == (120, [f"after {PAGE - 1}"])
        await driven.press("end")
        assert (driven.listed.row, numbers.asked[1:]) == (999, ["before None"])
        await driven.press(*["pageup"] * 20)
        assert (driven.listed.row, numbers.asked[2:]) == (879, ["before 900"])
        assert threading.get_ident() not in numbers.threads


async def test_without_a_key_pages_are_skipped_to() -> None:
    numbers = Numbers(keyed=False)
    async with shown(numbers) as driven:
        await driven.press("end")
        assert (driven.listed.row, numbers.asked[-1]) == (999, "page 900")


async def test_what_is_pressed_before_a_page_came_is_not_lost() -> None:
    numbers = Numbers()
    async with shown(numbers) as driven:
        numbers.go.clear()
        await driven.pilot.press("end", "enter")
        assert driven.listed.reading
        assert driven.text[-1] == "▶ …"
        assert ("at", None) not in driven.screen.told
        numbers.go.set()
        await driven.until(lambda: not driven.listed.reading)
        await driven.settle()
        assert driven.screen.told[-2:] == [("at", 999), ("chosen", 999)]


async def test_rows_stay_until_they_were_read_again() -> None:
    numbers = Numbers()
    async with shown(numbers) as driven:
        await driven.press("end")
        later = ready(Numbers(add=2_000))
        later.source.go.clear()  # type: ignore[attr-defined]
        driven.listed.show(later)
        await driven.pilot.pause()
        assert (driven.listed.row, driven.listed.reading) == (999, True)
        later.source.go.set()  # type: ignore[attr-defined]
        await driven.settle()
        assert (driven.listed.row, driven.listed.reading) == (2_999, False)
        assert driven.screen.told[-1] == ("at", 2_999)


@pytest.mark.parametrize(("there", "now"), [(range(-1, 9), 5), (range(5), 4), ((7, 5, 3), 5), ((8, 7, 6), 6)])
async def test_the_cursor_stays_on_its_row_or_else_on_its_line(there: Sequence[int], now: int) -> None:
    async with shown(Rows(range(9))) as driven:
        await driven.press(*["down"] * 5)
        driven.listed.show(Rows(there))
        assert driven.listed.row == now


async def test_the_cursor_goes_on_to_its_row_when_its_page_is_there() -> None:
    async with shown(Numbers()) as driven:
        await driven.press("end", "up", "up")
        driven.listed.show(ready(Numbers(total=1_001, add=-1)))
        await driven.settle()
        assert (driven.listed.row, driven.listed.cursor) == (997, 998)


async def test_another_order_is_read_beside_too() -> None:
    numbers = Numbers()
    async with shown(numbers) as driven:
        numbers.go.clear()
        driven.listed.sorted_by = (NAME, False)
        driven.listed.show(driven.listed._given, keep_cursor=False)
        await driven.pilot.pause()
        assert (driven.listed.row, driven.listed.row_count) == (0, 1_000)
        numbers.go.set()
        await driven.settle()
        assert driven.listed.row == 5_000


async def test_a_failed_page_is_asked_once() -> None:
    class Broken(Numbers):
        def beside(self, *_: Any, **__: Any) -> None:
            raise RuntimeError

    numbers, failed = Broken(), []
    async with shown(numbers) as driven:
        driven.screen._tell_mishap = lambda error, again, *_: failed.append((error, again))  # type: ignore[method-assign,assignment]
        await driven.press("end", "up", "down")
        assert (len(failed), driven.listed.reading, driven.listed.row) == (1, False, None)
        failed[0][1]()
        await driven.settle()
        assert len(failed) == 2


def test_a_whole_list_is_read_by_going_on() -> None:
    numbers = Numbers(total=2_500)
    assert [row for page in in_pages(numbers) for row in page] == list(range(2_500))
    assert numbers.asked == ["page 0", "after 999", "after 1999", "after 2499"]


@pytest.mark.parametrize(("total", "asked"), [(0, ["page 0"]), (7, ["page 0"]), (PAGE, ["page 0", "count"])])
def test_a_list_of_one_page_is_not_counted(total: int, asked: list[str]) -> None:
    numbers = Numbers(total)
    assert (ready(numbers).count(), numbers.asked) == (total, asked)
