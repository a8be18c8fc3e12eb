"""Asking the person at the terminal before something is done that cannot be undone; without one, `--yes` says it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.commands.output import ask

Yes = Annotated[bool, typer.Option("--yes", help="Een bestaand bestand vervangen, zonder te vragen.")]


def agree(question: str, otherwise: str) -> None:
    """Ask. Raises `Refused` with `otherwise` for a no, and with the question where nobody can be asked."""
    from app.refusals import Refused

    if not sys.stdin.isatty():
        raise Refused(f"{question} Voeg --yes toe om dat te bevestigen.")
    ask(f"{question} [j/n] ")
    if sys.stdin.readline().strip().lower() not in ("j", "ja"):
        raise Refused(otherwise)


def may_replace(path: Path, yes: bool, mark: str = "") -> bool:
    """Whether a file that is there may be replaced: said so already (`yes`), ours by the mark it begins with, or asked now.

    Raises `Refused` for what is no regular file, and for a no.
    """
    from app.exchange.whole_file import FileExists, bears, check_place

    try:
        check_place(path, overwrite=yes)
    except FileExists:
        if not (mark and bears(path, mark)):
            agree(f"{path} bestaat al. Vervangen?", "Er is niets geschreven.")
        return True
    return yes
