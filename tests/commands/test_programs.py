"""The command line as separate processes: their imports, two at once, and one that is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.partners.iep_lvs import connection
from app.runs import State
from app.training.boards import NAME
from app.workers.process import worker_lock
from models.assessment import Result
from models.base import real_database
from models.board import Board
from models.partners.iep_lvs import IepSitting
from models.run import Run
from tests.commands.conftest import ROOT, ended, started

CODE = "99QQ00abcdefghijklmn"
ACTIVATE = ("coupling", "activate", "iep-lvs", "--name", "A. de Vries", "--agree", "--code", CODE)


def said_by(program: str) -> str:
    """What a Python program prints."""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


def test_a_list_imports_no_screens_queue_xml_or_hashing(practice: str) -> None:
    program = f"""
import sys
from app.cli import run
assert run(["--database", {practice!r}, "coupling", "list"]) == 0
unwanted = {{"textual", "rich", "huey", "lxml", "argon2", "resvg_py", "asyncio", "aiohttp"}}
print(sorted(unwanted & {{name.partition(".")[0] for name in sys.modules}}))
"""
    assert said_by(program) == "[]"


def test_what_the_sign_in_screen_does_not_show_is_not_imported_for_it(practice: str) -> None:
    program = f"""
import sys
from app.cli import run
from app.commands import program

def without_a_terminal(_sentence):
    from screens.shell.esis import EsisApp
    usual = EsisApp.run
    EsisApp.run = lambda app: usual(app, headless=True)
    EsisApp.on_ready = lambda app: app.exit()

program.require_terminal = without_a_terminal
assert run(["--database", {practice!r}]) == 0
unwanted = (
    "app.training", "app.diagnosis", "app.webservice", "app.school.transition", "app.school.people.pupils",
    "app.commands.lists", "screens.start.home", "screens.shell.palette", "screens.lessons.overview", "screens.help.",
    "screens.school_time.", "huey", "lxml", "argon2", "psycopg", "resvg_py", "aiohttp",
    "importlib.metadata",
)
a_path = ("app.training", "app.training.lessons", "app.training.lessons.folder")  # two of them are empty
print(sorted(
    name for name, module in sys.modules.items()
    if module is not None and name not in a_path and (name.startswith(unwanted)
    or (name.startswith(("app.partners.", "screens.partners.")) and name.count(".") > 2 and not name.endswith(".look")))
))
"""
    assert said_by(program) == "[]"


def test_nothing_below_training_imports_textual_or_rich() -> None:
    program = """
import importlib, pkgutil, sys
import app, fixtures, models
above = ("app.cli", "app.commands", "app.training", "app.__main__", "app.workers.__main__")
names = [found.name for package in (app, fixtures, models)
         for found in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
         if not found.name.startswith(above)]
for name in names:
    importlib.import_module(name)
print(len(names) > 50, sorted(name for name in sys.modules if name.partition(".")[0] in ("textual", "rich")))
"""
    assert said_by(program) == "True []"


def test_the_program_runs_as_a_module(practice: str) -> None:
    said = ended(started(practice, "clock", "show"))
    assert (said.status, said.out, said.err) == (0, "2020-04-14T09:00:00+02:00\n", "")
    assert ended(started(practice, *ACTIVATE[:5])).status == 1
    wrong = ended(started(practice, "coupling", "lijst"))
    assert (wrong.status, wrong.out) == (2, "")
    assert ended(started("sqlite:////proc/1/y.db", "clock", "show")).status == 3


def test_what_a_command_wrote_is_in_the_file_itself_once_it_ended(tmp_path: Path) -> None:
    """Whoever copies the file, and not what SQLite keeps beside it while it is open, has all of it."""
    made = tmp_path / "made.db"
    assert ended(started(f"sqlite:///{made}", "clock", "show")).status == 0
    assert not made.with_name("made.db-wal").exists()


def test_a_reader_that_has_enough_is_no_fault(practice: str) -> None:
    process = started(practice, "pupil", "list", "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert (process.stderr.read(), process.wait(60)) == ("", 0)
    process.stderr.close()


@pytest.fixture
def board(practice_db: str) -> Board:
    """A practice board on each database, with the results coupling on at both ends."""
    from app.access import actor_for, find_user
    from app.couplings import lifecycle
    from app.partners.iep_lvs import account

    board = Board.get(Board.name == NAME)
    actor = actor_for(find_user(board, "rovict"))
    lifecycle.activate(actor, "iep-lvs", "A. de Vries", True, CODE)
    assert connection.connect(account.school_of(actor.location), CODE).ok
    return board


def assert_every_night_once(nights: int) -> None:
    """All runs ended well, one for each night, and every outcome of the coupled location became one result."""
    runs = list(Run.select().where(Run.job == "iep-lvs"))
    assert len(runs) == nights
    assert {run.state for run in Run.select()} == {State.SUCCEEDED}
    keys = [row.supplier_key for row in Result.select()]
    assert len(keys) == len(set(keys))
    sat = IepSitting.select().where(IepSitting.key.startswith("IEP-99QQ00"), IepSitting.assessment != "eindtoets-8")
    assert len(keys) == sat.count()
    assert not sat.where(IepSitting.pending).exists()


def test_two_moves_at_once_leave_every_night_done_once(practice_db: str, board: Board) -> None:
    both = [started(practice_db, "clock", "advance", "--to", "2020-04-18T08:00") for _ in range(2)]
    said = [ended(process) for process in both]
    assert {one.status for one in said} <= {0, 1}
    assert any(one.status == 0 for one in said), said
    for one in said:
        assert (
            one.status == 0
            or "De schooltijd loopt" in one.err
            or "gaat alleen vooruit" in one.err
            or "intussen al verzet" in one.err
        )
    assert Board.get_by_id(board.id).target is None
    assert_every_night_once(4)


def test_two_activations_at_once_make_one(practice_db: str) -> None:
    said = [ended(process) for process in [started(practice_db, *ACTIVATE) for _ in range(2)]]
    assert sorted(one.status for one in said) == [0, 1]
    assert any("al geactiveerd voor vestiging 99QQ00" in one.err for one in said)


def test_a_killed_move_is_finished_by_the_next_command_that_changes_something(practice_db: str, board: Board) -> None:
    process = started(practice_db, "clock", "advance", "--to", "2020-04-22T08:00")
    deadline = time.monotonic() + 30
    while Run.select().where(Run.state == State.SUCCEEDED).count() < 3:
        assert time.monotonic() < deadline
        assert process.poll() is None
    process.kill()
    process.communicate()
    assert Board.get_by_id(board.id).target is not None
    said = ended(started(practice_db, "coupling", "pause", "iep-lvs", environment={"ESIS_LEASE_SECONDS": "1"}))
    assert said.status == 0, said.err
    shown = ended(started(practice_db, "clock", "show"))
    assert shown.out == "2020-04-22T08:00:00+02:00\n"
    assert_every_night_once(8)


def test_a_second_worker_on_one_file_says_so_and_leaves(practice: str) -> None:
    from app.settings import Settings

    with worker_lock(Settings(database_url=practice)) as held:
        assert held
        said = ended(started(practice, "worker"))
    assert (said.status, "Er draait al een worker voor deze database" in said.err) == (1, True)


def test_the_worker_stops_at_a_signal(practice: str) -> None:
    process = started(practice, "worker")
    assert process.stderr is not None
    assert process.stderr.readline().endswith("wacht op werk. Ctrl+C stopt.\n")
    process.terminate()
    assert ended(process).status == 128 + 15
    assert real_database().is_connection_usable()
