"""Records the code that a coupling's partner last used successfully, as a digest.

For existing couplings it follows from the logbook and the runs: the present code, if a test message or a night
succeeded since it was entered; else, if the partner was ever tested, some other one.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from models.altering import add_columns

SOME_OTHER = "?"
CODE_KINDS = "'activering', 'testbericht', 'hervatting', 'code gewijzigd'"


def up(_migrator: Any, db: Any) -> None:
    """Add the column, empty, and fill it for the live couplings."""
    add_columns(db, "coupling", {"shown": ('VARCHAR(64) NOT NULL CHECK (length("shown") <= 64)', "''")})
    mark = db.param
    live = db.execute_sql("SELECT id, location_id, type, code FROM coupling WHERE state <> 'ended'").fetchall()
    for number, location, kind, code in live:
        shown = _shown(db, location, kind, code)
        db.execute_sql(f"UPDATE coupling SET shown = {mark} WHERE id = {mark}", (shown, number))


def _shown(db: Any, location: int, kind: str, code: str | None) -> str:
    here = f"FROM log_entry WHERE location_id = {db.param} AND coupling = {db.param}"
    newest = f"SELECT kind, at {here} AND kind IN ({{}}) ORDER BY at DESC, id DESC LIMIT 1"
    tested = db.execute_sql(newest.format("'activering', 'testbericht'"), (location, kind)).fetchone()
    if tested is None or tested[0] != "testbericht":
        return ""
    last, at = db.execute_sql(newest.format(CODE_KINDS), (location, kind)).fetchone()
    went = f"SELECT 1 FROM run WHERE location_id = {db.param} AND job = {db.param} AND slot > {db.param} AND state = 'succeeded'"
    works = last == "testbericht" or db.execute_sql(went, (location, kind, at)).fetchone()
    return sha256(code.encode()).hexdigest() if code and works else SOME_OTHER
