"""A database of 0.4.0 is upgraded to this version, with all its data."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import run
from app.couplings import partner_status
from app.couplings.partner_status import PartnerStatus
from models import upgrading
from models.base import GIVEN_OUT_AGAIN, UnusableDatabase, is_sqlite, real_database
from models.board import PRACTICE_NAME, Board
from models.coupling import Coupling
from models.history import Change
from models.partners.mijnschoolinfo import MsiPupil
from models.schema import connect, open_database
from models.school import Pupil
from tests.upgrading.conftest import old_database
from tests.upgrading.structure import counts, rows, structure


def test_migrated_tables_are_as_they_are_made_new(db: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Where this fails, the models differ from what the migrations make of 0.4.0: write one (architecture.md)."""
    new, kind = structure(real_database()), "sqlite" if is_sqlite() else "postgresql"
    with old_database(kind, request, tmp_path) as old:
        open_database(old)
        assert structure(real_database()) == new
        assert upgrading.pending(real_database()) == []


def test_every_row_is_there_still(old: str) -> None:
    before = connect(old)
    there = counts(before)
    before.close()
    open_database(old)
    after = counts(real_database())
    assert after.pop("schema_migration") == len(upgrading.known())
    assert {name: number for name, number in after.items() if name in there} == there
    if is_sqlite():
        assert rows(real_database(), "PRAGMA foreign_key_check") == []
        assert rows(real_database(), "PRAGMA integrity_check") == [("ok",)]


def test_the_program_goes_on_with_it(old: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its first command says what happens; changes are kept, a night is done, the board is put back."""

    def esis(*arguments: str) -> str:
        status, told = run(["--database", old, *arguments]), capsys.readouterr()
        assert status == 0, told.err
        return told.err

    assert "wordt bijgewerkt" in esis("pupil", "list")
    assert "bijgewerkt" not in esis("pupil", "list")
    pupil = Pupil.select().where(Pupil.unsubscribed_on.is_null()).order_by(Pupil.id).get()
    esis("pupil", "renumber", pupil.key, "77001")
    assert Change.select().order_by(Change.id.desc()).get().kind in ("pupil", "former_key")
    with pytest.raises(Exception, match="append-only"):
        real_database().execute_sql("UPDATE log_entry SET message = 'x'")
    esis("clock", "advance", "--until", "morning")
    highest = Pupil.select().order_by(Pupil.id.desc()).get().id
    esis("reset")
    again = Pupil.select().join(Board).where(Board.name == PRACTICE_NAME)
    assert again.order_by(Pupil.id).get().id > highest


def test_numbers_that_were_given_out_before_are_not_given_again(old_sqlite: str) -> None:
    """Of what is gone too, where something still names it."""
    before = connect(old_sqlite)
    highest = {name: rows(before, f'SELECT max(id) FROM "{name}"')[0][0] or 0 for name in counts(before)}
    highest["msi_pupil"] += 40
    named = f"UPDATE msi_doubt SET kind = 'leerling', candidates = '3,{highest['msi_pupil']}', same_as = 3"
    assert before.execute_sql(named).rowcount == 1
    highest["run"] += 7
    before.execute_sql("DROP TRIGGER log_entry_keep")
    before.execute_sql(f"UPDATE log_entry SET run_id = {highest['run']} WHERE id = (SELECT max(id) FROM log_entry)")
    highest["delivery"] += 9
    what = f"kind = 'result', after = '{{\"delivery_id\":{highest['delivery']}}}'"
    before.execute_sql(f"UPDATE change SET {what} WHERE id = (SELECT min(id) FROM change)")
    before.close()
    open_database(old_sqlite)
    given = dict(rows(real_database(), "SELECT name, seq FROM sqlite_sequence"))
    assert {
        name: number for name, number in highest.items() if number > given.get(name, 0)
    }.keys() <= GIVEN_OUT_AGAIN.keys()
    assert (
        MsiPupil.insert(school=1, first_name="A", last_name="B", since="2020-01-01").execute()
        == highest["msi_pupil"] + 1
    )


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("UPDATE schema_version SET version = 5", "van voor 0.4.0"),
        ("UPDATE schema_version SET version = 8", "nieuwere versie"),
        ("DELETE FROM schema_version", "onbekend"),
    ],
)
def test_another_version_is_refused_with_a_sentence(old: str, what: str, told: str) -> None:
    before = connect(old)
    before.execute_sql(what)
    before.close()
    with pytest.raises(UnusableDatabase, match=told):
        open_database(old)


def test_a_database_of_a_newer_program_is_refused(db: str) -> None:
    real_database().execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', CURRENT_TIMESTAMP)")
    with pytest.raises(UnusableDatabase, match="nieuwere versie van het programma"):
        open_database(db)
    assert Board.select().count() == 0


def test_a_program_of_before_there_were_migrations_refuses_it(old: str) -> None:
    """0.4.0 checks only this number."""
    open_database(old)
    assert rows(real_database(), "SELECT version FROM schema_version") == [(upgrading.VERSION,)] != [(upgrading.FIRST,)]


def test_the_other_end_of_a_coupling_stands_as_it_did(old: str) -> None:
    before = connect(old)
    before.execute_sql(
        'INSERT INTO log_entry (board_id, location_id, coupling, at, "user", source, kind, message, counts) '
        "SELECT board_id, location_id, coupling, '2099-01-01 07:00:00', '', source, 'code gewijzigd', '', '' "
        "FROM log_entry WHERE coupling = 'gynzy' AND kind = 'testbericht'"
    )
    before.close()
    open_database(old)
    found = {row.type: partner_status.stand(row) for row in Coupling.select()}
    assert found["iep-lvs"] is PartnerStatus.READY
    assert found["gynzy"] is PartnerStatus.TO_CHECK
