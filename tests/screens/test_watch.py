"""The thread that watches the database: what goes wrong while it looks ends nothing, and another file is told."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Event

import pytest
from peewee import DatabaseError

from models.base import real_database
from screens.shell import watch
from screens.shell.watch import REPLACED, Watcher
from tests.builders import make_board


def test_it_goes_on_after_an_error_and_says_that_the_file_is_another(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, path = make_board(), Path(real_database().database)
    monkeypatch.setattr(watch, "SECONDS", 0.005)
    noted, warned, said = Event(), Event(), list[str]()
    watcher = Watcher(
        board.id,
        lambda: None,
        note=lambda _error: noted.set(),
        warn=lambda sentence: (said.append(sentence), warned.set()),
    )
    usual = Watcher._fingerprint
    with monkeypatch.context() as broken:
        broken.setattr(Watcher, "_fingerprint", lambda _watcher: (_ for _ in ()).throw(DatabaseError("malformed")))
        watcher.start()
        assert noted.wait(30)
    assert Watcher._fingerprint is usual
    shutil.copy(path, path.with_name("kopie.db"))
    path.with_name("kopie.db").replace(path)
    assert warned.wait(30)
    assert watcher.is_alive()
    watcher.stop()
    watcher.join(30)
    assert said == [REPLACED]
