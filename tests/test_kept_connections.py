"""A connection that a thread lent is kept for the next one, and by nobody once the program closes the database."""

from __future__ import annotations

from threading import Barrier, Thread

from models.base import connected, database, real_database
from models.board import Board
from models.waiting import Keeping
from tests.builders import make_board


def in_thread(*works: object) -> None:
    threads = [Thread(target=work) for work in works]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_next_thread_gets_the_connection_that_was_kept(db: str) -> None:
    make_board()
    used: list[object] = []

    def read() -> None:
        with connected():
            assert Board.select().count() == 1
            used.append(real_database().connection())  # type: ignore[no-untyped-call]

    in_thread(read)
    in_thread(read)
    assert used[0] is used[1]


def test_no_more_are_kept_than_one_and_none_once_it_is_closed(db: str) -> None:
    target, together = real_database(), Barrier(3)
    assert isinstance(target, Keeping)

    def read() -> None:
        with connected():
            together.wait(30)

    in_thread(read, read, read)
    assert len(target._connections) == 1
    with database.connection_context():
        pass
    assert not target._connections


def test_what_a_reading_left_undone_is_not_there_for_the_next(db: str) -> None:
    def fail() -> None:
        with connected():
            try:
                with database.atomic():
                    make_board()
                    raise ZeroDivisionError
            except ZeroDivisionError:
                pass

    def read() -> None:
        with connected():
            assert not Board.select().exists()
            make_board()

    in_thread(fail)
    in_thread(read)
    assert Board.select().count() == 1
