"""What Typer says of a wrong command line, in Dutch: it says it in English only."""

from __future__ import annotations

import re
from typing import Any

import typer

_UNKNOWN_COMMAND = re.compile(r"No such command ('.*?')\.(?: Did you mean (?:one of: )?(.*)\?)?")
"""Typer says this in English only, and raises no exception of its own for it."""
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
"""Typer's English messages about values of the wrong type."""


def told(error: typer.TyperException) -> str:
    """What is wrong, and which `--help` to ask."""
    return f"{_in_dutch(error)}\nZie '{_command_of(error)} --help'."


def _command_of(error: typer.TyperException) -> str:
    """The command being typed: `esis`, `esis pupil list`."""
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
        meant = f" Bedoelt u {unknown[2].split(', ')[0]}?" if unknown[2] else ""  # the closest one
        return f"De opdracht {unknown[1]} bestaat niet.{meant}"
    if error.message.startswith("Missing command"):
        return "Er ontbreekt een opdracht."
    if error.message.startswith("Got unexpected extra argument"):
        return f"Er staat iets te veel: {error.message.rpartition('(')[2].rstrip(')')}."
    return f"De opdracht klopt niet: {error.message}"


def _name_of(parameter: Any) -> str:
    """The parameter as it is typed: an option's own name, an argument's name in `--help`."""
    named = next((name for name in parameter.opts if name.startswith("--")), "")
    return str(named or parameter.metavar or parameter.name)
