"""A server that is killed while a client delivers, and repeats what failed: every result is there exactly once."""

from __future__ import annotations

import http.client
from collections import Counter
from contextlib import closing
from threading import Thread

import pytest

from app import access
from app.access import writing
from app.uwlr import addresses
from models.assessment import ReplacedResult, Result, UnmatchedResult
from models.school import Pupil
from tests.uwlr.calling import School, sitting
from tests.workers.processes import PATIENCE, Program

PUSHES, EACH, KILLED_AT = 16, 4, (4, 10)


class Served(Program):
    """The service in a process of its own."""

    def port(self) -> int:
        return int(self._stdout.readline())


def started(url: str, school: School) -> Served:
    return Served(url, str(school.board_id), module="tests.uwlr.program")


def posted(port: int, message: bytes) -> tuple[int, bytes]:
    """The status and the answer. Raises `OSError` or `HTTPException` when there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("POST", addresses.BOTH, message, {"Content-Type": "text/xml"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def messages(school: School) -> list[bytes]:
    keys = [row.key for row in Pupil.select(Pupil.key).where(Pupil.location == school.location).limit(EACH)]
    return [
        school.push(
            "".join(sitting(key, f"r{number}-{key}", number) for key in keys),
            made=f"2020-04-14T09:{number // 60:02}:{number % 60:02}",
        )
        for number in range(PUSHES)
    ]


def every_result_once() -> None:
    found = Counter(row.supplier_key for row in Result.select(Result.supplier_key))
    brought = [key for key in found if key.startswith("r") and "-" in key]
    assert len(brought) == PUSHES * EACH
    assert set(found.values()) == {1}
    assert not ReplacedResult.select().exists()
    assert not UnmatchedResult.select().where(UnmatchedResult.supplier_key.startswith("r")).exists()


def test_a_killed_server_loses_and_doubles_nothing(practice_db: str) -> None:
    school = School()
    ReplacedResult.delete().execute()
    running = started(practice_db, school)
    port = running.port()
    try:
        for number, message in enumerate(messages(school)):
            killer = Thread(target=running.kill)
            if number in KILLED_AT:  # in the midst of this one, or just before or after it
                killer.start()
            while status_of(port, message) != 200:
                killer.join(PATIENCE)
                running.close()
                running = started(practice_db, school)
                port = running.port()
            if killer.ident is not None:
                killer.join(PATIENCE)
    finally:
        running.close()
    every_result_once()


def status_of(port: int, message: bytes) -> int:
    """0 when there is no answer."""
    try:
        return posted(port, message)[0]
    except (OSError, http.client.HTTPException):
        return 0


@pytest.mark.parametrize("practice_db", ["postgresql"], indirect=True)
def test_two_servers_on_one_database(practice_db: str) -> None:
    school = School()
    ReplacedResult.delete().execute()
    told = messages(school)
    with closing(started(practice_db, school)) as one, closing(started(practice_db, school)) as other:
        ports = one.port(), other.port()
        failed: list[tuple[int, bytes]] = []

        def bring(port: int, turn: int) -> None:
            for message in (*told[turn:], *told[:turn]):
                answer = posted(port, message)
                if answer[0] != 200:
                    failed.append(answer)

        threads = [Thread(target=bring, args=(port, turn)) for port in ports for turn in (0, PUSHES // 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failed
        every_result_once()
        pull = school.pull()
        assert len({posted(port, pull)[1] for port in ports}) == 1
        actor = access.actor_for(access.find_user(school.practice.board, "rovict"), school.location)
        with writing(actor):
            Pupil.update(first_name="Nieuwenaam").where(Pupil.location == school.location).execute()
        for port in ports:
            assert b"Nieuwenaam" in posted(port, pull)[1]
