"""`esis data erase`: nothing of the data is left, in any file or table."""

from __future__ import annotations

import errno
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

import app.files.temporary as temporary_folders
from app.maintenance import erasing
from app.serving import addresses
from app.settings import Settings, default_database_url
from app.workers import mishaps
from app.workers.engine import Engine
from app.workers.process import WORKER_LOG, beside
from models import emptying, sole
from models.base import UnusableDatabase, is_sqlite, real_database
from models.board import Board
from models.registry import all_models
from models.schema import connect, open_database
from tests.builders import make_board
from tests.commands.conftest import in_process
from tests.school.files.edex import composite, edex, group, pupil, teacher

MARK = "Zoekmij"
"""Of every name, number and address that is brought in."""
CODE = "99QQ00abcdefghijklmn"

OF_ANOTHER = (
    "CREATE TABLE van_een_ander (naam text)",
    "CREATE TABLE huey_van_een_ander (naam text)",
    "CREATE TABLE IF NOT EXISTS huey_task (queue text, data text)",
    "INSERT INTO huey_task (queue, data) VALUES ('van_een_ander', 'werk')",
)
"""Of another program that keeps something in this database, also with Huey."""


def queues() -> set[str]:
    """Those that have work in the tables of Huey."""
    return {name for (name,) in real_database().execute_sql("SELECT queue FROM huey_task").fetchall()}


def school_file() -> bytes:
    """With the mark in every field that can have one."""
    child = pupil(
        f"{MARK}-1",
        f"{MARK}roep",
        f"{MARK}achter",
        "G1",
        ("S1",),
        prefix=f"{MARK}van",
        given=f"{MARK}doop",
        initials="Zoekm.",
        eckid=f"https://ketenid.nl/{MARK}",
    )
    return edex(
        child,
        groups=group("G1", f"{MARK}groep") + composite("S1", f"{MARK}plus"),
        staff=teacher(f"{MARK}-L", f"{MARK}voor", f"{MARK}juf", email=f"{MARK}@example.invalid"),
    )


def holds_mark(path: Path) -> bool:
    content = path.read_bytes().lower()
    return any(MARK.lower().encode(code) in content for code in ("utf-8", "utf-16-le"))


def marked(folder: Path) -> set[str]:
    """The files in it that have the mark in their bytes, whatever they are."""
    return {path.name for path in folder.rglob("*") if path.is_file() and holds_mark(path)}


def marked_tables() -> set[str]:
    """The tables with the mark in a row, and of a server what it keeps to plan queries by."""
    everywhere = {model._meta.table_name: repr(list(model.select().tuples())) for model in all_models()}
    if not is_sqlite():
        kept = "SELECT string_agg(CONCAT(most_common_vals, histogram_bounds), ' ') FROM pg_stats"
        everywhere["pg_stats"] = str(real_database().execute_sql(kept).fetchone()[0])
    return {str(name) for name, content in everywhere.items() if MARK.lower() in content.lower()}


def test_nothing_of_what_was_brought_in_is_left(
    practice_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    esis = in_process(practice_db, capsys)
    temporary, elsewhere = tmp_path / "temp", tmp_path / "van-de-gebruiker"
    for folder in (temporary, elsewhere):
        folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    settings = Settings(practice_db)

    file = elsewhere / "school.xml"
    file.write_bytes(school_file())
    for command in (
        ("import", str(file), "--yes"),
        ("coupling", "activate", "iep-lvs", "--name", MARK, "--agree", "--code", CODE),
        ("clock", "advance", "--until", "morning"),
        ("pupil", "change", f"{MARK}-1", "--first-name", f"{MARK}anders"),
        ("export", "edexml", str(elsewhere / "uit.xml")),
    ):
        said = esis(*command)
        assert said.status == 0, said.err
    engine = Engine(settings)
    engine.send(Board.get().id)
    engine.huey.storage.close()
    for statement in OF_ANOTHER:
        real_database().execute_sql(statement)
    assert is_sqlite() or queues() == {"esis", "van_een_ander"}
    left = temporary / "esis-van-een-les"  # by a lesson that was killed
    left.mkdir(mode=0o700)
    (left / temporary_folders.LOCK).touch()
    (left / "oefenbestuur.db").write_text(MARK)
    logging.getLogger("aiohttp").error("van %s", MARK, exc_info=ValueError(MARK))
    mishaps.note(settings, ValueError(MARK))
    assert MARK not in beside(settings, mishaps.LOG).read_text()
    beside(settings, WORKER_LOG).write_text(f"ValueError: {MARK}")  # as 0.5.0 wrote there
    saved = addresses.folder_of(practice_db, addresses.slug_of(Board.get()))
    saved.mkdir(parents=True)
    (saved / "leerlingen.csv").write_text(MARK)
    if is_sqlite():
        own = Path(real_database().database)
        own.with_name(f"{own.name}.voor-0.5.0").write_text(MARK)
        assert own.name in marked(tmp_path) or f"{own.name}-wal" in marked(tmp_path)
    else:
        real_database().execute_sql("ANALYZE")
    assert {"pupil", "basispoort_pupil", "school_group", "staff_member", "log_entry"} <= marked_tables()

    asked = esis("data", "erase")
    assert (asked.status, "324 leerlingen" in asked.err, str(saved.parent) in asked.err) == (1, True, True)
    assert "pupil" in marked_tables()
    assert esis("data", "erase", "--yes").status == 0

    real_database().close()
    assert marked(tmp_path) == {"school.xml", "uit.xml"}  # what the user keeps is the user's
    assert not saved.exists()
    open_database(practice_db)
    assert marked_tables() == set()
    assert not Board.select().exists()
    assert {"van_een_ander", "huey_van_een_ander"} <= set(real_database().get_tables())
    assert queues() == {"van_een_ander"}
    assert esis("pupil", "list").status == 0  # on a new practice board


def test_it_is_refused_while_another_program_has_the_database_open(
    practice_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sole, "PATIENCE", 0.0)
    close: Callable[[], object]
    if is_sqlite():
        other = connect(practice_db)
        other.connect()
        close = other.close
    else:
        close = psycopg.connect(practice_db, application_name=sole.application_name()).close
    with pytest.raises(UnusableDatabase, match="Er is niets gewist"):
        erasing.erase(Settings(practice_db))
    assert Board.select().count() == 1
    close()


def test_what_fails_halfway_leaves_everything(practice_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_target: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(emptying.schema, "make_tables", fails)
    with pytest.raises(ZeroDivisionError):
        erasing.erase(Settings(practice_db))
    assert Board.select().count() == 1


def test_what_cannot_go_is_named_and_keeps_nothing_else(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, saved, unlink = Settings(sqlite), tmp_path / "bewaard", os.unlink
    stays, folder_stays = beside(settings, mishaps.LOG), saved / "blijft.csv"
    saved.mkdir()
    monkeypatch.setattr(erasing, "_folders", lambda _settings: iter([saved]))
    for path in (stays, folder_stays, beside(settings, WORKER_LOG), saved / "gaat.csv"):
        path.write_text(MARK)

    def refuses(path: Any, **options: Any) -> None:
        if str(path).endswith((mishaps.LOG, folder_stays.name)):
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path, **options)

    make_board()
    monkeypatch.setattr(os, "unlink", refuses)
    said = in_process(sqlite, capsys)("data", "erase", "--yes")
    assert (said.status, "De database is leeg, maar dit kon niet weg" in said.err) == (1, True)
    assert all(f"{path} (bij dat bestand of die map mag u niet)" in said.err for path in (stays, saved))
    assert marked(tmp_path) == {stays.name, folder_stays.name}
    open_database(sqlite)
    assert not Board.select().exists()


def test_what_pages_saved_before_databases_had_folders_goes_with_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    usual, other = default_database_url(), f"sqlite:///{tmp_path / 'ander.db'}"
    before, saved = addresses.folders() / "oefenbestuur-1", addresses.folder_of(other, "klas-01-2")
    before.mkdir(parents=True)
    assert list(erasing._folders(Settings(other))) == []
    saved.mkdir(parents=True)
    assert list(erasing._folders(Settings(other))) == [saved.parent], "also of a board that is no more"
    assert list(erasing._folders(Settings(usual))) == [before]


def test_a_folder_that_is_a_link_is_named_and_what_is_elsewhere_stays(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere, saved = tmp_path / "elders", tmp_path / "bewaard"
    elsewhere.mkdir()
    (elsewhere / "van-een-ander.csv").touch()
    saved.symlink_to(elsewhere)
    monkeypatch.setattr(erasing, "_folders", lambda _settings: iter([saved]))
    make_board()
    said = in_process(sqlite, capsys)("data", "erase", "--yes")
    assert (said.status, f"{saved} (een link naar een andere map). Verwijder het zelf." in said.err) == (1, True)
    assert [path.name for path in elsewhere.iterdir()] == ["van-een-ander.csv"]


def test_one_board_is_not_erased_this_way(sqlite: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = in_process(sqlite, capsys)("--board", "Klas 01", "data", "erase", "--yes")
    assert (said.status, "esis board remove" in said.err) == (1, True)
