"""Asks for confirmation at the terminal before something irreversible; without a terminal, `--yes` is required."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.commands.output import ask

Yes = Annotated[bool, typer.Option("--yes", help="Een bestaand bestand vervangen, zonder te vragen.")]


def agree(question: str, otherwise: str) -> None:
    """Ask for agreement. Raises `Refused`: with `otherwise` for a no, and with the question when nobody can be
    asked.
    """
    from app.refusals import Refused

    if not sys.stdin.isatty():
        raise Refused(f"{question} Voeg --yes toe om dat te bevestigen.")
    ask(f"{question} [j/n] ")
    if sys.stdin.readline().strip().lower() not in ("j", "ja"):
        raise Refused(otherwise)


def may_replace(path: Path, yes: bool, mark: str = "") -> bool:
    """Whether an existing file may be replaced: confirmed by `yes`, recognised as ours by its mark, or by asking now.

    Raises `Refused` for anything but a regular file, and for a no.
    """
    from app.exchange.whole_file import FileExists, bears, check_place

    try:
        check_place(path, overwrite=yes)
    except FileExists:
        if not (mark and bears(path, mark)):
            agree(f"{path} bestaat al. Vervangen?", "Er is niets geschreven.")
        return True
    return yes
