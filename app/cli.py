"""The `esis` command: the composition root, where settings, database, board, user and commands come together.

stdout is data, stderr narration; exit status 0 done, 1 refused by a rule, 2 wrong usage, 3 a fault of the program or its
database (sources.md#exit-statuses). Textual is imported only by what shows screens.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Annotated, Any

import typer

from app.commands import dutch_help
from app.commands.output import tell
from app.commands.session import Session
from app.files import rights
from app.platform_parts import OUTPUT_ENCODING

app = typer.Typer(
    name="esis",
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
}
_UNKNOWN_COMMAND = re.compile(r"No such command ('.*?')\.(?: Did you mean (?:one of: )?(.*)\?)?")
"""Typer says this in English only, and has no exception for it."""
_WRONG_VALUES = (
    (re.compile(r"\A(.*) is not a valid (?:integer|int|float|number)(?: range)?\.?$"), r"\1 is geen getal."),
    (re.compile(r"\A(.*) is not in the range (.*?)<=x<=(.*?)\.?$"), r"\1 kan niet; het loopt van \2 tot en met \3."),
    (re.compile(r"\A(.*) is not in the range x>=(.*?)\.?$"), r"\1 kan niet; het is minstens \2."),
    (re.compile(r"\A(.*) is not in the range x<=(.*?)\.?$"), r"\1 kan niet; het is hooguit \2."),
    (re.compile(r"\AOption .* requires an argument\.?$"), "heeft een waarde nodig"),
    (re.compile(r"\AOption .* requires (\d+) arguments\.?$"), r"heeft \1 waarden nodig"),
    (re.compile(r"\AOption .* does not take a value\.?$"), "heeft geen waarde"),
    (re.compile(r"\A(.*) is not one of (.*)\.?$"), r"\1 kan niet; kies uit \2"),
    (re.compile(r"\AFile (.*) does not exist\.?$"), r"Bestand \1 bestaat niet."),
)
"""So are its values that are of the wrong kind."""


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
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Welke versie dit is.")
    ] = False,
) -> None:
    """Set up what every command needs; without a command, open the program."""
    session: Session = context.obj
    session.database, session.user, session.board_name, session.location = database, user, board, location
    session.leave_out_unused_driver()
    if context.invoked_subcommand is None:
        from app.commands.program import open_program

        open_program(session)


def _add_commands() -> None:
    from app.commands import (
        board,
        clock,
        coupling,
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
        transition,
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
    }
    for name, group in groups.items():
        app.add_typer(group, name=name, help=_GROUPS[name])
    app.command("play")(play.play)
    app.command("serve")(serve.serve)
    for name, command in {**root_commands.COMMANDS, **keeping.COMMANDS}.items():
        app.command(name)(command)  # type: ignore[type-var]


@cache
def _command() -> Callable[..., int | None]:
    """All commands, made once in a process: that reads the signature of each."""
    command = typer.main.get_command(app)
    dutch_help.in_full(command)
    return command


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit status; errors are told on stderr in Dutch."""
    from app.ending import Ended
    from app.refusals import Refused
    from app.settings import InvalidSettings

    session = Session()
    try:
        status = _command()(arguments, prog_name="esis", standalone_mode=False, obj=session)
        sys.stdout.flush()
        return int(status or 0)
    except Ended as end:
        return _tell("Afgebroken.", 128 + end.number)
    except Refused as refusal:
        return _tell(refusal.sentence, 1)
    except typer.Abort:
        return _tell("Afgebroken.", 1)
    except typer.TyperException as error:
        return _tell(f"{_in_dutch(error)}\nZie '{_command_of(error)} --help'.", 2)
    except InvalidSettings as error:
        return _tell(f"{error}", 3)
    except (BrokenPipeError, SystemExit):
        return 0  # Who read our data (`| head`) has enough: no fault. Typer makes a SystemExit of it, its only one.
    except Exception as error:
        return _tell(_fault(session, error), 2 if _is_usage(error) else 3)


def main() -> None:
    """The entry point of the `esis` executable. What it writes is for its user only: pupils and codes are in it."""
    from app import ending

    rights.be_private()
    _bear_any_output()
    ending.listen()
    status = run(sys.argv[1:])
    _leave_output()
    sys.exit(status)


def _bear_any_output() -> None:
    """What a terminal or a file cannot show (cp1252, ASCII) is replaced. A stream that was closed reads or writes nothing:
    its number must not become that of the database.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
        elif mode == "w":
            stream.reconfigure(encoding=OUTPUT_ENCODING, errors="replace")


def _leave_output() -> None:
    """What cannot be written any more would fail once again, and be told in English, at the exit."""
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
    """What went wrong in the program or its database, in words of the user; where the details are, when they were kept."""
    from app.workers import mishaps
    from models.base import UnusableDatabase

    sentence = mishaps.told(error)
    if isinstance(error, UnusableDatabase) and error.__cause__ is None:  # says all there is to say itself
        return sentence
    with suppress(Exception):
        if log := mishaps.note(session.settings, error):
            return f"{sentence}\nDe bijzonderheden, zonder wat u typte, staan in {log}."
    return sentence


def _is_usage(error: Exception) -> bool:
    """Whether what was typed cannot be, as with the address of a kind of database that there is not."""
    from models.schema import NoDatabase

    return isinstance(error, NoDatabase)


def _command_of(error: typer.TyperException) -> str:
    """The command that was being typed: `esis`, `esis pupil list`."""
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context is not None else "esis"


def _in_dutch(error: typer.TyperException) -> str:
    sentences = {
        "NoSuchOption": "De optie '{option}' bestaat niet.",
        "MissingParameter": "Er ontbreekt iets: {parameter}.",
        "BadParameter": "Een waarde klopt niet: {message}",
        "BadOptionUsage": "De optie '{option}' {message}.",
    }
    known = sentences.get(type(error).__name__)
    if known:
        parameter = getattr(error, "param", None)
        name = _name_of(parameter) if parameter else ""
        message = error.message
        for english, dutch in _WRONG_VALUES:
            message = english.sub(dutch, message)
        return known.format(option=getattr(error, "option_name", ""), parameter=name, message=message)
    if unknown := _UNKNOWN_COMMAND.match(error.message):
        meant = f" Bedoelt u {unknown[2]}?" if unknown[2] else ""
        return f"De opdracht {unknown[1]} bestaat niet.{meant}"
    if error.message.startswith("Missing command"):
        return "Er ontbreekt een opdracht."
    if error.message.startswith("Got unexpected extra argument"):
        return f"Er staat iets te veel: {error.message.rpartition('(')[2].rstrip(')')}."
    return f"De opdracht klopt niet: {error.message}"


def _name_of(parameter: Any) -> str:
    """As it is typed: of an option its own name, of an argument the word that `--help` has for it."""
    named = next((name for name in parameter.opts if name.startswith("--")), "")
    return str(named or parameter.metavar or parameter.name)


_add_commands()
dutch_help.install()
