"""`esis support`: what a helper needs, and nothing that anybody entered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from peewee import CharField, PeeweeException, TextField

from app.maintenance.support import report
from app.settings import Settings
from app.workers import mishaps
from app.workers.process import beside
from models import triggers
from models.base import real_database
from models.registry import all_models
from models.schema import open_database
from tests.commands.conftest import in_process

MARK = "zoekmij"
IN_LOG = """2026-11-28 06:00:00+0100 esis 0.6.0 ERROR app.workers.execution:114 run 7 (gynzy) failed
peewee.OperationalError (SQLITE_FULL)
  /home/zoekmij/esis/app/workers/walker.py:40 walk
  /home/zoekmij.py:12 zoekmij
  /home/app/zoekmij/x.py:3 zoekmij
  /home/zoekmij/app/x.py:3 zoekmij
ValueError: de leerling zoekmij is er niet
    naam = 'zoekmij'
"""


def mark_every_text() -> int:
    """Put the mark in every text of every row that lets it, and say in how many columns."""
    target, marked = real_database(), 0
    triggers.drop(target)
    for model in all_models():
        for field in model._meta.sorted_fields:
            if isinstance(field, CharField | TextField) and not field.primary_key:
                value = f"substr('{MARK}' || id, 1, {getattr(field, 'max_length', None) or 50})"
                try:
                    with target.atomic():
                        target.execute_sql(f'UPDATE "{model._meta.table_name}" SET "{field.column_name}" = {value}')
                    marked += 1
                except PeeweeException:
                    continue  # a check allows words of the program only
    return marked


def test_nothing_that_was_filled_in_is_in_it(practice_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert mark_every_text() > 200
    settings = Settings(practice_db, source=f"/home/{MARK}/settings.toml", keymap={"help": MARK})
    monkeypatch.setenv("ESIS_DATABASE_URL", f"postgresql://{MARK}:{MARK}@{MARK}/{MARK}")
    beside(settings, mishaps.LOG).write_text(IN_LOG)
    told = report(settings, lambda: None)
    assert MARK not in told.lower()
    for part in (
        "pupil 323",
        "Besturen: 1 ",
        "run 7 (gynzy) failed",
        "(SQLITE_FULL)",
        "  app/workers/walker.py:40 walk",
        "Eigen toetsen: 1",
        "ESIS_DATABASE_URL",
        "0006_waits_since",
    ):
        assert part in told, part


def test_a_database_that_cannot_be_opened_is_told_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "stuk.db").write_bytes(b"stuk" * 1000)
    said = in_process(f"sqlite:///{tmp_path / 'stuk.db'}", capsys)("support", str(tmp_path / "hulp.txt"))
    assert (said.status, "Bewaard als" in said.err) == (0, True)
    told = (tmp_path / "hulp.txt").read_text()
    assert "Niet te openen (UnusableDatabase)." in told
    assert str(tmp_path) not in told
    assert "Python 3" in told


def test_it_is_made_where_the_settings_are_wrong_and_opens_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text(f"{MARK} = 1")
    monkeypatch.setenv("ESIS_SETTINGS", str(tmp_path / "settings.toml"))
    esis = in_process(f"sqlite:///{tmp_path / 'nieuw.db'}", capsys)
    assert "is de database zelf" in esis("support", str(tmp_path / "nieuw.db")).err
    said = esis("support", str(tmp_path / "hulp.txt"))
    assert (said.status, f"'{MARK}' is geen instelling" in said.err) == (0, True)
    told = (tmp_path / "hulp.txt").read_text()
    assert "Niet geopend: de instellingen kloppen niet" in told
    assert "Instellingenbestand: ja" in told
    assert MARK not in told
    assert not (tmp_path / "nieuw.db").exists()


@pytest.mark.parametrize("command", ["backup", "support"])
def test_a_home_that_is_not_there_is_a_name_like_another(
    sqlite: str, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    said = in_process(sqlite, capsys)(command, "~niemand-heet-zo/x")
    assert (said.status, said.err) == (
        1,
        "De map ~niemand-heet-zo bestaat niet. Maak die eerst, of kies een andere.\n",
    )


def test_it_asks_before_it_replaces(sqlite: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    esis = in_process(sqlite, capsys)
    (tmp_path / "hulp.txt").write_text("van mij")
    assert esis("support", str(tmp_path / "hulp.txt")).status == 1
    assert (tmp_path / "hulp.txt").read_text() == "van mij"
    assert esis("support", str(tmp_path / "hulp.txt"), "--yes").status == 0
    refused = esis("support", str(real_database().database), "--yes")
    assert (refused.status, "is de database zelf" in refused.err) == (1, True)
    open_database(sqlite)


def test_a_log_that_is_no_file_is_told_and_not_waited_for(practice_sqlite: str) -> None:
    settings = Settings(practice_sqlite)
    assert "er is geen logbestand" in report(settings, lambda: None)
    os.mkfifo(beside(settings, mishaps.LOG))
    assert "Het logbestand is niet te lezen." in report(settings, lambda: None)
