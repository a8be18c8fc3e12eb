"""A copy of the database in a file, made while programs use it (`esis backup`)."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from urllib.parse import quote

from peewee import SqliteDatabase

from app.exchange.whole_file import whole_file
from app.files import temporary
from app.refusals import Refused
from models import copying, troubles
from models.base import real_database


def back_up(path: Path, overwrite: bool = False, progress: copying.Progress = copying.unwatched) -> str:
    """Copy the open database, completely or not at all; return the address of the copy.

    `progress` receives the progress, from 0 to 1. Raises `Refused` for PostgreSQL, and like `whole_file`.
    """
    target = real_database()
    if not isinstance(target, SqliteDatabase):
        raise Refused(
            "Deze database staat op een PostgreSQL-server. Daarvan maakt u een kopie met pg_dump, en met pg_restore zet u haar "
            f"terug: pg_dump --format=custom --file={path} {target.database}"
        )
    try:
        # SQLite writes by name, with temporary files beside it: so in a folder that is removed even if this is killed.
        with whole_file(path, overwrite) as file, temporary.folder() as folder:
            part = folder / "kopie.db"
            copying.copy_into(target, part, progress)
            with part.open("rb") as copied:
                shutil.copyfileobj(copied, file, 1 << 20)
    except sqlite3.Error as error:
        raise Refused(f"De kopie is niet gemaakt. {troubles.known(error)}".rstrip()) from error
    return f"sqlite:///{quote(str(path.absolute()))}"
