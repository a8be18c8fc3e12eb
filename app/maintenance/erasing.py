"""Removes every trace of the people in a database, so that a school's data is gone (`esis data erase`).

Everything is erased: a practised database has pupils in too many places (rows, history, logbook, the partners' systems)
to leave anything. A practice board is created again by the next program that opens the database.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from peewee import SqliteDatabase

from app.counted import counted
from app.files import parts, temporary
from app.files.reasons import reason
from app.refusals import Refused
from app.serving import addresses
from app.settings import Settings, default_database_url
from app.workers.process import stem_of
from models import emptying
from models.assessment import Result
from models.base import real_database
from models.board import OWN, Board
from models.school import Pupil

SHOWN = 5
_STAYS = "Wat u zelf bewaarde (exports, plaatjes, kopieën van esis backup) en wat een reservekopie van de computer heeft, blijft."
_DIGEST = re.compile("[0-9a-f]{16}")
"""The format of a database's folder name."""


def what_goes(settings: Settings) -> str:
    """What would be erased, in a sentence or two, to confirm."""
    names = [board.name for board in Board.select(Board.name).where(OWN).order_by(Board.id)]
    shown = ", ".join(names[:SHOWN]) + (f" en nog {len(names) - SHOWN}" if len(names) > SHOWN else "")
    files = [*_files(settings), *_folders(settings)]
    also = f" Ook weg: {', '.join(str(path) for path in files)}." if files else ""
    return (
        f"Alles in de database gaat weg en komt niet terug: de besturen ({shown}) met hun wachtwoorden, "
        f"{counted(Pupil.select().count(), 'leerling', 'leerlingen')}, "
        f"{counted(Result.select().count(), 'toetsresultaat', 'toetsresultaten')}, de medewerkers en verzorgers, de "
        f"geschiedenis, het logboek, de uitwisselingen, wat de partners hebben, hoe ver de oefeningen "
        f"zijn en de namen van cursisten.{also} {_STAYS}"
    )


def erase(settings: Settings) -> str:
    """Erase the open database and its files; return what is left to do, in a sentence.

    Raises `UnusableDatabase`, with nothing erased, when another program has the database open, and `Refused` with what
    could not be removed, after removing the rest.
    """
    target, folders, left = real_database(), list(_folders(settings)), list[str]()
    emptying.empty(target, lambda: left.extend(_take_away([*_files(settings), *folders])))
    temporary.sweep()
    if left:
        raise Refused(f"De database is leeg, maar dit kon niet weg: {'; '.join(left)}. Verwijder het zelf. {_STAYS}")
    if isinstance(target, SqliteDatabase):
        return f"Alles is gewist. Wie de database opent, vindt een nieuw oefenbestuur. {_STAYS}"
    return (
        "Alles is gewist. Wie de database opent, vindt een nieuw oefenbestuur. Wat de server zelf bewaart (WAL, logbestanden, "
        f"reservekopieën) is aan de beheerder; laat hem ook VACUUM uitvoeren. {_STAYS}"
    )


def _files(settings: Settings) -> Iterator[Path]:
    """The files the program made for this database, except the locks, which only contain process ids."""
    stem = stem_of(settings)
    for path in sorted(stem.parent.iterdir()):
        if parts.part_of(stem.name, path.name) is parts.Part.TRACE and path.is_file():
            yield path


def _folders(settings: Settings) -> Iterator[Path]:
    """Files saved behind the pages of `esis serve`, also of removed boards. Up to 0.5.0 these were not separated by
    database: such leftovers are erased with the default one.
    """
    own = addresses.folder_of(settings.database_url)
    if own.is_dir():
        yield own
    if settings.database_url == default_database_url() and own.parent.is_dir():
        yield from (path for path in sorted(own.parent.iterdir()) if not _DIGEST.fullmatch(path.name))


def _take_away(paths: list[Path]) -> Iterator[str]:
    """Remove each path, whatever happens to the others; yield what could not be removed, and why."""
    for path in paths:
        if path.is_symlink() and path.is_dir():  # what a link points to is for its owner to decide
            yield f"{path} (een link naar een andere map)"
            continue
        try:
            _remove(path)
        except OSError as error:
            yield f"{path} ({reason(error)})"


def _remove(path: Path) -> None:
    """Remove all that can be removed. Raises `OSError` for what stays."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    shutil.rmtree(path, ignore_errors=True)
    if path.exists():
        shutil.rmtree(path)  # raises the reason
