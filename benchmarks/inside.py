"""What is measured or made inside the program, not through its screens or commands.

In a process of its own, with an answer in JSON (`python -m benchmarks.inside large URL PUPILS`; `bulk` and `pictures`
take URL and ROUNDS): Linux counts the memory of a process to each child it starts, so who measures memory stays small.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from benchmarks.measuring import in_turns, milliseconds

BULK = 20_000
"""Pupils in one go."""


def large(url: str, pupils: str) -> str:
    """Add a location with so many pupils; its BRIN6."""
    from fixtures.large import build_large_location
    from models.board import Board
    from models.schema import open_database

    open_database(url)
    return build_large_location(Board.get(), int(pupils)).brin6


def bulk(url: str, rounds: str) -> list[list[float]]:
    """Milliseconds of `models.bulk` and of the driver, in turns into one table."""
    from models import bulk as volume
    from models.base import real_database
    from models.schema import open_database
    from models.school import Pupil

    open_database(url)
    cursor, begins = real_database().cursor(), count(0, BULK)

    def ours() -> float:
        rows = _pupils(next(begins))
        return milliseconds(lambda: volume.insert(Pupil, rows))

    def executemany() -> float:
        rows = _pupils(next(begins))
        columns = ", ".join(f'"{Pupil._meta.fields[name].column_name}"' for name in rows[0])
        statement = f"INSERT INTO pupil ({columns}) VALUES ({', '.join('?' * len(rows[0]))})"
        values = [tuple(row.values()) for row in rows]
        with real_database().atomic():
            return milliseconds(lambda: cursor.executemany(statement, values))

    return in_turns(int(rounds), ours, executemany)


def pictures(url: str, rounds: str) -> list[list[float]]:
    """Milliseconds of our picture of Mijn Menu, and of a bare app's picture of a menu."""
    from textual.app import App

    from app.access import find_user
    from app.settings import Settings
    from app.training.pictures import svg_of
    from benchmarks.bare import Menu
    from models.board import Board
    from models.schema import open_database
    from screens.esis import EsisApp

    open_database(url)
    board = Board.get()

    async def take(app: App[Any], picture: Callable[[App[Any]], object]) -> list[float]:
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            if isinstance(app, EsisApp):
                app.open_tab("Mijn Menu")
                await pilot.pause()
            return [milliseconds(lambda: picture(app)) for _ in range(10)]

    samples: list[list[float]] = [[], []]
    for _ in range(int(rounds)):
        samples[0] += asyncio.run(take(EsisApp(Settings(), board, find_user(board, "rovict"), watch=False), svg_of))
        samples[1] += asyncio.run(take(Menu(), lambda app: app.export_screenshot()))
    return samples


def _pupils(begin: int) -> list[dict[str, Any]]:
    return [_pupil(number) for number in range(begin, begin + BULK)]


def _pupil(number: int) -> dict[str, Any]:
    return {
        "board": 1, "location": 1, "key": f"B{number}", "eckid": f"https://ketenid.nl/{number}", "first_name": "Anna",
        "prefix": "van", "last_name": f"Voorbeeld{number}", "initials": "A.", "birth_date": date(2010, 5, 4),
        "gender": 2, "year_group": "6", "enrolled_from": date(2019, 8, 1), "unsubscribed_on": None,
        "unsubscribe_reason": "", "sort_name": f"voorbeeld{number} anna van",
    }  # fmt: skip


WORK: dict[str, Callable[[str, str], Any]] = {"large": large, "bulk": bulk, "pictures": pictures}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](*sys.argv[2:])))
