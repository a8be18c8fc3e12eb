"""The `esis` command: the composition root, where settings, database, board, user and commands come together.

stdout is data, stderr is narration; the exit status is 0 for success, 1 for a refusal by a rule, 2 for wrong usage and
3 for a fault of the program or its database (sources.md#exit-statuses). Textual is imported only by code that shows
screens.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache, cached_property
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from app.commands import dutch_errors, dutch_help
from app.commands.output import tell
from app.commands.session import Session
from app.files import rights
from app.platform_parts import OUTPUT_ENCODING


def _built() -> dict[str, Any]:
    """Every command, built from the signatures in `app.commands`."""
    whole = typer.main.get_command(_with_commands())
    dutch_help.in_full(whole)
    return dict(whole.commands)  # type: ignore[attr-defined]


class _Esis(TyperGroup):
    """`esis` itself: the commands are built when one is asked for, for that takes longer than opening the program."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        del self.commands

    commands = cached_property(lambda _self: _built())


app = typer.Typer(
    name="esis",
    cls=_Esis,
    help="ESIS in de terminal: oefenen met koppelingen. Zonder opdracht opent het programma.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)

_GROUPS = {
    "coupling": "Koppelingen bekijken, activeren, stoppen en beëindigen.",
    "partner": "De systemen aan de andere kant.",
    "clock": "De schooltijd.",
    "run": "Uitwisselingen.",
    "result": "Toetsresultaten.",
    "pupil": "Leerlingen.",
    "guardian": "Verzorgers.",
    "staff": "Medewerkers.",
    "group": "Groepen.",
    "fault": "Storingen van de trainer.",
    "board": "De besturen van een klas.",
    "year-transition": "De jaarovergang.",
    "lesson": "Oefeningen: een les doen, en wat er gedaan is.",
    "export": "Bestanden maken van wat in ESIS staat.",
    "data": "Alles in de database wissen.",
    "uwlr": "Het berichtenverkeer van de webservice.",
    "supplier": "De leveranciers die de webservice mogen aanroepen.",
}


def _show_version(asked: bool) -> None:
    if asked:
        from app.version import program_version

        print(f"esis {program_version()}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    database: Annotated[
        str | None,
        typer.Option("--database", metavar="URL", help="sqlite:///BESTAND of postgresql://...", show_default=False),
    ] = None,
    user: Annotated[str | None, typer.Option("--user", metavar="NAAM", help="Als wie (standaard rovict).")] = None,
    board: Annotated[
        str | None, typer.Option("--board", metavar="NAAM", help="Het bestuur (standaard het oefenbestuur).")
    ] = None,
    location: Annotated[
        str | None, typer.Option("--location", metavar="BRIN6", help="De vestiging (standaard 99QQ00).")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Het programma in gewone regels, voor een schermlezer.")
    ] = False,
    lessons: Annotated[
        str | None, typer.Option("--lessons", metavar="MAP", help="Een map met eigen lessen (*.draaiboek.md).")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Welke versie dit is.")
    ] = False,
) -> None:
    """Set up what every command needs; without a command, open the program."""
    session: Session = context.obj
    session.database, session.user, session.board_name, session.location = database, user, board, location
    session.plain = plain
    session.lessons = lessons
    session.leave_out_unused_driver()
    if context.invoked_subcommand is None:
        from app.commands.program import open_program

        open_program(session)


def _with_commands() -> typer.Typer:
    from app.commands import (
        board,
        clock,
        coupling,
        drive,
        exporting,
        fault,
        keeping,
        lesson,
        lists,
        organisation,
        partners,
        play,
        pupil,
        root_commands,
        serve,
        supplier,
        transition,
        uwlr,
        webservice,
    )

    groups = {
        "coupling": coupling.app,
        "partner": partners.group(),
        "clock": clock.app,
        "fault": fault.app,
        "export": exporting.app,
        "year-transition": transition.app,
        "lesson": lesson.app,
        "board": board.app,
        "data": keeping.app,
        **lists.GROUPS,
        **organisation.GROUPS,
        "guardian": pupil.guardians,
        "uwlr": uwlr.app,
        "supplier": supplier.app,
    }
    whole = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    for name, group in groups.items():
        whole.add_typer(group, name=name, help=_GROUPS[name])
    whole.command("drive")(drive.drive)
    whole.command("play", cls=dutch_help.Grouped)(play.play)
    whole.command("serve")(serve.serve)
    whole.command("webservice")(webservice.webservice)
    for name, command in {**root_commands.COMMANDS, **keeping.COMMANDS}.items():
        whole.command(name)(command)  # type: ignore[type-var]
    return whole


@cache
def _command() -> Callable[..., int | None]:
    """The whole command line, once per process: building it reads signatures."""
    return typer.main.get_command(app)


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit status; errors are reported on stderr in Dutch."""
    from app.ending import Ended
    from app.refusals import Misused, Refused
    from app.settings import InvalidSettings

    session = Session()
    try:
        status = _command()(arguments, prog_name="esis", standalone_mode=False, obj=session)
        sys.stdout.flush()
        return int(status or 0)
    except Ended as end:
        return _tell("Afgebroken.", 128 + end.number)
    except Refused as refusal:
        return _tell(refusal.sentence, 2 if isinstance(refusal, Misused) else 1)
    except typer.Abort:
        return _tell("Afgebroken.", 1)
    except typer.TyperException as error:
        return _tell(dutch_errors.told(error), 2)
    except InvalidSettings as error:
        return _tell(f"{error}", 3)
    except (BrokenPipeError, SystemExit):
        return 0  # The reader (`| head`) closed the pipe: no fault. Typer raises SystemExit for it, and only for it.
    except Exception as error:
        return _tell(_fault(session, error), 2 if _is_usage(error) else 3)


def main() -> None:
    """Run the `esis` executable. Its output is private to the user: it contains pupils and codes."""
    from app import ending

    rights.be_private()
    _bear_any_output()
    ending.listen()
    status = run(sys.argv[1:])
    _leave_output()
    _close_database()
    gc.freeze()  # Python would look for cycles in all that is there once more before it forgets everything
    sys.exit(status)


def _bear_any_output() -> None:
    """Make output never fail: replace what a terminal or file cannot show (cp1252, ASCII), and open a closed stream on
    the null device, so that the database never gets its file descriptor.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
        elif mode == "w":
            stream.reconfigure(encoding=OUTPUT_ENCODING, errors="replace")


def _close_database() -> None:
    """Close the database if one is open: what SQLite wrote beside its file goes into it, so that a copy of the file is
    whole.
    """
    base = sys.modules.get("models.base")  # nothing is imported for it: most commands that fail opened none
    if base is not None and (target := base.database.obj) is not None:
        with suppress(Exception):  # the work is done, and the next who opens the file finds what is beside it
            target.close()


def _leave_output() -> None:
    """Drop streams that can no longer be flushed; otherwise Python would report them in English at exit."""
    for name in ("stdout", "stderr"):
        try:
            getattr(sys, name).flush()
        except (OSError, ValueError):
            setattr(sys, name, None)


def _tell(sentence: str, status: int) -> int:
    with suppress(OSError):
        tell(sentence)
    return status


def _fault(session: Session, error: Exception) -> str:
    """Describe a fault of the program or its database in the user's words, with the path of the details if they were
    logged.
    """
    from app.workers import mishaps
    from models.base import UnusableDatabase

    sentence = mishaps.told(error)
    if isinstance(error, UnusableDatabase) and error.__cause__ is None:  # the sentence already says everything
        return sentence
    with suppress(Exception):
        if log := mishaps.note(session.settings, error):
            return f"{sentence}\nDe bijzonderheden, zonder wat u typte, staan in {log}."
    return sentence


def _is_usage(error: Exception) -> bool:
    """Whether the error is a usage error, such as the address of an unknown kind of database."""
    from models.schema import NoDatabase

    return isinstance(error, NoDatabase)


dutch_help.install()
