"""Measurements and preparations inside the program, without its screens or commands.

Each runs in a process of its own and answers in JSON (`python -m benchmarks.inside large URL PUPILS`; `bulk` and
`pictures` take URL and ROUNDS): Linux counts a process's memory towards each child it starts, so the measuring process
must stay small.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from benchmarks.contacts import measure
from benchmarks.measuring import in_turns, milliseconds
from benchmarks.stage import large_actor

BULK = 20_000
"""The number of pupils per batch."""


def large(url: str, pupils: str) -> str:
    """Add a location of this size; returns its BRIN6."""
    from fixtures.large import build_large_location
    from models.board import Board
    from models.schema import open_database

    open_database(url)
    return build_large_location(Board.get(), int(pupils)).brin6


def bulk(url: str, rounds: str) -> list[list[float]]:
    """Milliseconds of `models.bulk` and of the driver, alternating, into one table."""
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
    from app.targets import MenuTab
    from app.training.pictures import svg_of
    from benchmarks.bare import Menu
    from models.board import Board
    from models.schema import open_database
    from screens.shell.esis import EsisApp

    open_database(url)
    board = Board.get()

    async def take(app: App[Any], picture: Callable[[App[Any]], object]) -> list[float]:
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            if isinstance(app, EsisApp):
                app.go(MenuTab("Mijn Menu"))
                await pilot.pause()
            return [milliseconds(lambda: picture(app)) for _ in range(10)]

    samples: list[list[float]] = [[], []]
    for _ in range(int(rounds)):
        samples[0] += asyncio.run(take(EsisApp(Settings(), board, find_user(board, "rovict"), watch=False), svg_of))
        samples[1] += asyncio.run(take(Menu(), lambda app: app.export_screenshot()))
    return samples


def lists(url: str, pupils: str, rounds: str) -> dict[str, list[float]]:
    """Milliseconds until a list of this size shows its contents: opened, searched, and paged to its middle."""
    from app.school.people import pupils as listed

    actor = large_actor(url, int(pupils))
    middle = int(pupils) // 2
    return {
        what: [milliseconds(read) for _ in range(int(rounds))]
        for what, read in {
            "open": lambda: (listed.count(actor), listed.page(actor, limit=100)),
            "search a name": lambda: (
                listed.count(actor, search="anna ber"),
                listed.page(actor, search="anna ber", limit=100),
            ),
            "page to the middle": lambda: listed.page(actor, offset=middle, limit=100),
            "sort by birth date": lambda: listed.page(actor, order=listed.Order.BORN, limit=100),
        }.items()
    }


def export(url: str, pupils: str, rounds: str) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of our EDEXML, of the same document from a cursor, and our peak memory (MB)."""
    import resource
    from io import BytesIO

    from lxml import etree

    from app.school.files import exports
    from models.base import real_database

    actor = large_actor(url, int(pupils))
    connection = real_database().connection()
    statement = (
        "SELECT p.key, p.eckid, p.last_name, p.prefix, p.initials, p.first_name, p.birth_date, p.gender, p.year_group, g.key "
        "FROM pupil p JOIN placement s ON s.pupil_id = p.id JOIN school_group g ON g.id = s.group_id "
        f"WHERE p.location_id = {actor.location.id} ORDER BY p.key"
    )
    names = ("achternaam", "voorvoegsel", "voorletters-1", "roepnaam", "geboortedatum", "geslacht", "jaargroep")

    def raw() -> None:
        with etree.xmlfile(BytesIO(), encoding="utf-8") as file, file.element("EDEX"), file.element("leerlingen"):
            for row in connection.execute(statement):
                pupil = etree.Element("leerling", key=row[0], eckid=row[1])
                for name, value in zip(names, row[2:9], strict=True):
                    if value not in ("", None):
                        etree.SubElement(pupil, name).text = str(value)
                etree.SubElement(pupil, "groep", key=row[9])
                file.write(pupil)

    ours, beside = in_turns(
        int(rounds), lambda: milliseconds(lambda: exports.edexml(actor, BytesIO())), lambda: milliseconds(raw)
    )
    return ours, beside, [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]


def transition(url: str, pupils: str) -> dict[str, list[float]]:
    """Milliseconds of a year transition: proposed, carried out (its last page), the same rows raw, and undone."""
    from app.school.transition import planning, running
    from models.base import real_database
    from models.board import Board
    from models.run import Run

    actor = large_actor(url, int(pupils))
    Board.update(now=datetime(2020, 8, 1, 7, tzinfo=UTC)).where(Board.id == actor.board.id).execute()
    actor = _at(actor)
    proposed = milliseconds(lambda: planning.propose(actor))
    run = Run.get_by_id(planning.confirm(actor).run_id)
    cursor: str | None = ""
    while cursor is not None and cursor != running.APPLY:
        cursor = running.page(run, cursor).cursor

    def apply() -> None:
        with real_database().atomic():
            running.page(run, running.APPLY)

    applied = milliseconds(apply)
    Run.update(state="succeeded").where(Run.id == run.id).execute()
    undone = milliseconds(lambda: planning.undo(actor))
    real = real_database()
    real.execute_sql(
        "CREATE TABLE raw_placement (id INTEGER PRIMARY KEY, pupil_id INTEGER, group_id INTEGER, year TEXT)"
    )

    def raw() -> None:
        with real.atomic():
            real.execute_sql(
                "INSERT INTO raw_placement (pupil_id, group_id, year) SELECT pupil_id, group_id, '2020-2021' FROM placement "
                f"WHERE pupil_id IN (SELECT id FROM pupil WHERE location_id = {actor.location.id})"
            )
            real.execute_sql(f"UPDATE pupil SET year_group = year_group + 1 WHERE location_id = {actor.location.id}")

    return {"propose": [proposed], "apply": [applied], "undo": [undone], "raw": [milliseconds(raw)]}


def _at(actor: Any) -> Any:
    """The same actor, with the board reloaded."""
    from app.access import actor_for, find_user
    from models.board import Board

    return actor_for(find_user(Board.get(), "rovict"), actor.location)


def _pupils(begin: int) -> list[dict[str, Any]]:
    return [_pupil(number) for number in range(begin, begin + BULK)]


def _pupil(number: int) -> dict[str, Any]:
    return {
        "board": 1,
        "location": 1,
        "key": f"B{number}",
        "eckid": f"https://ketenid.nl/{number}",
        "first_name": "Anna",
        "prefix": "van",
        "last_name": f"Voorbeeld{number}",
        "initials": "A.",
        "birth_date": date(2010, 5, 4),
        "gender": 2,
        "year_group": "6",
        "enrolled_from": date(2019, 8, 1),
        "unsubscribed_on": None,
        "unsubscribe_reason": "",
    }


WORK: dict[str, Callable[..., Any]] = {
    "large": large,
    "bulk": bulk,
    "pictures": pictures,
    "lists": lists,
    "export": export,
    "transition": transition,
    "contacts": measure,
}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](*sys.argv[2:])))
