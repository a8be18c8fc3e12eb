"""What a helper must know about a program and its database, as text without personal data (`esis support`).

From the database it takes numbers, and words that the program itself defines: never user input. From the log, which
contains nothing typed, only lines in the format of `mishaps`; from files only the program's own.
"""

from __future__ import annotations

import locale
import os
import platform
import re
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from peewee import Database, PostgresqlDatabase, SqliteDatabase

from app.couplings import catalogue
from app.couplings.state import CouplingState
from app.faults import KINDS
from app.files import parts
from app.files.named import is_there
from app.files.regular import Unreadable, opened
from app.refusals import Refused
from app.runs import State
from app.settings import InvalidSettings, Settings, default_database_url
from app.version import program_version
from app.workers import mishaps
from app.workers.process import beside
from app.workers.schedule import all_jobs
from models import copying, upgrading
from models.base import UnusableDatabase, real_database
from models.board import OWN, Board
from models.coupling import Coupling
from models.registry import all_models
from models.run import Fault, Run
from models.schema import sqlite_file

LINES, MOST = 2_000, 2 * mishaps.LONGEST
"""The last lines of the log; and bytes, its maximum size."""
_LIBRARIES = ("peewee", "textual", "huey", "typer", "lxml", "aiohttp", "argon2-cffi", "psycopg", "platformdirs")
_TOLD = ("TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR")
_NAMED = ("TMUX", "SSH_TTY", "WSL_DISTRO_NAME")
"""Only whether these are set."""
_HEAD = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4} esis [\w.]+( [A-Z]+ [\w.]+:\d+( .*)?)?")
_KIND = re.compile(r"[\w.]+( \(\w+\))?")
_ROOT = Path(__file__).parents[2]
_PACKAGES = ("app", "screens", "models", "fixtures")
_ELSEWHERE = "(elders)"
_FRAME = re.compile(r"  (?P<path>.*):(?P<line>\d+) (?P<name>[\w<>.]+)")


def report(settings: Settings, open_database: Callable[[], None]) -> str:
    """The whole report; a database that cannot be opened, or unusable settings, are reported in it too."""
    with suppress(UnusableDatabase):
        if file := sqlite_file(settings.database_url):
            parts.keep(file)  # also where it is not opened, this does not take its place
    sections = {
        "Programma": list(_program()),
        "Computer en terminal": list(_surroundings()),
        "Instellingen": list(_settings(settings)),
        "Database": list(_of_database(open_database)),
        "Logbestand": list(_log(settings)),
    }
    return "\n".join(f"{title}\n{'-' * len(title)}\n" + "\n".join(lines) + "\n" for title, lines in sections.items())


def _program() -> Iterator[str]:
    yield f"esis {program_version()}"
    yield f"Python {platform.python_version()} ({platform.python_implementation()})"
    yield f"SQLite {sqlite3.sqlite_version}"
    for name in _LIBRARIES:
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield f"{name}: niet geïnstalleerd"


def _surroundings() -> Iterator[str]:
    yield f"{platform.system()} {platform.release()} {platform.machine()}"
    size = shutil.get_terminal_size()
    yield f"Terminal van {size.columns} x {size.lines}; stdin, stdout en stderr een terminal: " + ", ".join(
        "ja" if stream is not None and stream.isatty() else "nee" for stream in (sys.stdin, sys.stdout, sys.stderr)
    )
    yield f"Codering: {getattr(sys.stdout, 'encoding', None)}, {locale.getpreferredencoding(False)}"
    yield from (f"{name}={os.environ[name]}" for name in _TOLD if name in os.environ)
    yield from (f"{name} is gezet" for name in _NAMED if name in os.environ)


def _settings(settings: Settings) -> Iterator[str]:
    url = settings.database_url
    place = "in de gewone map" if url == default_database_url() else "op een eigen plaats"
    yield f"Database: {'SQLite' if url.startswith('sqlite:') else 'PostgreSQL'}, {place}"
    yield f"Instellingenbestand: {'ja' if settings.source else 'nee'}"
    yield f"Thema: {settings.theme or 'van de gebruiker'}"
    yield f"lease_seconds {settings.lease_seconds:g}, idle_seconds {settings.idle_seconds:g}"
    yield f"Eigen toetsen: {len(settings.keymap)}"
    yield "Gezet: " + (", ".join(sorted(name for name in os.environ if name.startswith("ESIS_"))) or "geen ESIS_...")


def _of_database(open_database: Callable[[], None]) -> Iterator[str]:
    try:
        open_database()
        yield from _inside(real_database())
    except InvalidSettings:
        yield "Niet geopend: de instellingen kloppen niet. Hierboven staan de gewone."
    except (UnusableDatabase, Refused) as error:
        yield f"Niet te openen ({type(error).__name__})."
        yield from _log_lines(mishaps.details(error))
    except Exception as error:
        yield mishaps.told(error)
        yield from _log_lines(mishaps.details(error))


def _inside(target: Database) -> Iterator[str]:
    yield from _kept_in(target)
    known = upgrading.known()
    had = upgrading.applied(target)
    yield f"Bijgewerkt met: {', '.join(name for name in known if name in had)}"
    yield f"Besturen: {_counted((row.clock, '') for row in Board.select(Board.clock).where(OWN))}"
    yield f"Koppelingen: {_counted((row.type, row.state) for row in Coupling.select(Coupling.type, Coupling.state))}"
    yield f"Uitwisselingen: {_counted((row.job, row.state) for row in Run.select(Run.job, Run.state))}"
    yield f"Storingen: {_counted((row.partner, row.kind) for row in Fault.select(Fault.partner, Fault.kind))}"
    yield "Rijen:"
    for model in all_models():
        yield f"  {model._meta.table_name} {model.select().count()}"


def _kept_in(target: Database) -> Iterator[str]:
    if isinstance(target, PostgresqlDatabase):
        yield f"PostgreSQL {target.execute_sql('SHOW server_version').fetchone()[0]}"
    elif isinstance(target, SqliteDatabase):
        for end in ("", "-wal"):
            path = Path(f"{target.database}{end}")
            yield f"Bestand{end}: {copying.megabytes(path.stat().st_size) if path.exists() else 'is er niet'}"
        found = target.execute_sql("PRAGMA quick_check").fetchall()
        yield "Nagekeken door SQLite: " + ("in orde" if found == [("ok",)] else f"{len(found)} fouten")


def _counted(pairs: Iterable[tuple[str, str]]) -> str:
    """The number of each, in the program's own words."""
    own = {kind.type for kind in catalogue.all_types()} | {job.name for job in all_jobs()} | set(State) | set(KINDS)
    own |= set(CouplingState) | {"practice", "real", ""}
    counts = Counter(" ".join(word if word in own else "(anders)" for word in pair).strip() for pair in pairs)
    return ", ".join(f"{number} {words}" for words, number in sorted(counts.items())) or "geen"


def _log(settings: Settings) -> Iterator[str]:
    none = ["Er is nog niets misgegaan: er is geen logbestand."]
    try:
        path = beside(settings, mishaps.LOG)
    except UnusableDatabase:
        return iter(none)
    try:
        with opened(path, MOST) as log:
            return _log_lines(log.read(MOST).decode("utf-8", "replace").splitlines()[-LINES:])
    except Unreadable:  # its reason names the folder, which may be somebody's name
        return iter(["Het logbestand is niet te lezen."] if is_there(path) else none)


def _log_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines in the program's own format."""
    for line in lines:
        if frame := _FRAME.fullmatch(line):
            own = _in_program(Path(frame["path"]))
            yield f"  {own}:{frame['line']} {frame['name']}" if own else f"  {_ELSEWHERE}"
        elif not line or _HEAD.fullmatch(line) or _KIND.fullmatch(line):
            yield line


def _in_program(path: Path) -> str:
    """The end of a path to a file of this program, wherever installed; empty for other files, whose folders may be
    named after somebody.
    """
    ends = (path.parts[place:] for place, part in enumerate(path.parts) if part in _PACKAGES)
    return next(("/".join(end) for end in ends if _ROOT.joinpath(*end).is_file()), "")
