"""A database, an address or settings that cannot be used, and a fault nobody foresaw (sources.md#exit-statuses)."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.base import real_database
from models.board import Board
from tests.commands.conftest import Esis


@pytest.mark.parametrize("broken", ["no scheme", "memory", "no folder", "no database", "a folder", "server", "version"])
def test_an_unusable_database_is_3_or_2_with_what_is_wrong(
    practice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    from app.cli import run

    (tmp_path / "tekst.db").write_text("dit is geen database, maar gewoon wat tekst die lang genoeg is. " * 20)
    if broken == "version":
        real_database().execute_sql("UPDATE schema_version SET version = 99")
    url = {
        "no scheme": "oefen.db",
        "memory": "sqlite:///:memory:",
        "no folder": "sqlite:////proc/1/x/y.db",
        "no database": f"sqlite:///{tmp_path / 'tekst.db'}",
        "a folder": f"sqlite:///{tmp_path}",
        "server": "postgresql://niemand@127.0.0.1:1/x",
        "version": practice,
    }[broken]
    for command in (["coupling", "list"], ["reset"], ["pupil", "list", "--json"]):
        assert run(["--database", url, *command]) == (2 if broken in ("no scheme", "memory", "no folder") else 3)
        told = capsys.readouterr()
        assert told.out == ""
        assert "database" in told.err or "bestand" in told.err
        assert "Onverwachte fout" not in told.err


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (
            "postgresql://[::1",
            "Het adres van de database klopt niet. Schrijf sqlite:///PAD/NAAM.db of postgresql://...",
        ),
        ("postgresql://a@b:99999/c", "De poort in het adres van de database is geen getal van 0 tot 65535."),
    ],
)
def test_an_address_that_is_none_is_2_with_a_whole_sentence(
    url: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from app.cli import run

    assert run(["--database", url, "coupling", "list"]) == 2
    assert capsys.readouterr().err == f"{sentence}\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("them = 'licht'", "'them' is geen instelling"),
        ("lease_seconds = nan", "'lease_seconds' moet een aantal seconden onder 1000000000 zijn"),
        (f"idle_seconds = {'9' * 500}", "'idle_seconds' moet een aantal seconden onder 1000000000 zijn"),
        (f"idle_seconds = {'9' * 5000}", "er staat een getal in dat te groot is."),
        ("idle_seconds = -1", "'idle_seconds' moet een aantal seconden groter dan 0 zijn, niet '-1'"),
        ("[keymap]\n'app.menu' = ''", "bij 'app.menu' in [keymap] ontbreekt een toets: er staat ''."),
        ("[keymap]\n'keep.new' = 'f2,'", "bij 'keep.new' in [keymap] ontbreekt een toets: er staat 'f2,'."),
        ("[keymap]\n'keep.new' = 'ctrl+'", "bij 'keep.new' in [keymap] ontbreekt een toets: er staat 'ctrl+'."),
    ],
)
def test_a_wrong_settings_file_is_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, esis: Esis, content: str, sentence: str
) -> None:
    (tmp_path / "settings.toml").write_text(content)
    monkeypatch.setenv("ESIS_SETTINGS", str(tmp_path / "settings.toml"))
    said = esis("coupling", "list")
    assert (said.status, sentence in said.err) == (3, True), said.err


def test_an_unforeseen_fault_is_3_without_a_traceback(esis: Esis, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.diagnosis import coupling_status

    def broken(_actor: object) -> None:
        raise RuntimeError("kapot")

    monkeypatch.setattr(coupling_status, "all_couplings", broken)
    said = esis("coupling", "list")
    told, where = said.err.splitlines()
    assert (said.status, told) == (3, "Er ging iets mis in het programma zelf (RuntimeError).")
    assert where.endswith("practice.db.esis.log.")


def test_the_database_can_be_named_by_the_environment(
    practice: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from app.cli import run

    monkeypatch.setenv("ESIS_DATABASE_URL", "sqlite:////proc/1/x/y.db")
    assert run(["--database", practice, "clock", "show"]) == 0
    assert run(["clock", "show"]) == 2
    monkeypatch.setenv("ESIS_DATABASE_URL", practice)
    assert run(["clock", "show"]) == 0
    assert capsys.readouterr().out == "2020-04-14T09:00:00+02:00\n" * 2


def test_a_command_on_an_empty_database_finds_the_practice_board(
    sqlite: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from app.cli import run

    assert run(["--database", sqlite, "coupling", "list"]) == 0
    assert Board.select().count() == 1


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("mysql://x", "'mysql' is geen soort database"),
        ("sqlite:////bestaat/niet/x.db", "De map /bestaat/niet bestaat niet"),
    ],
)
def test_an_address_that_names_no_database_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], address: str, sentence: str
) -> None:
    from app.cli import run

    assert run(["--database", address, "pupil", "list"]) == 2
    assert sentence in capsys.readouterr().err
