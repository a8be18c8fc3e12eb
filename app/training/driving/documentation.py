"""Generates the tables of docs/drive.md from the vocabulary.

`uv run python -m app.training.driving.documentation` regenerates them between their marks; a test fails while they are out
of date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from app.training.driving.vocabulary import CODES, COMMANDS, EVERY, Argument
from app.training.tables import filled, table

FILE = Path(__file__).resolve().parents[3] / "docs" / "drive.md"


def written(text: str) -> str:
    """The page with up-to-date tables. Raises `KeyError` for an unknown table."""
    return filled(text, TABLES)


def _commands() -> str:
    return table(("opdracht", "argumenten", "wat zij doet", "resultaat"), _rows())


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for one in COMMANDS:
        names = ", ".join(f"`{each.name}`" if each.needed else f"[`{each.name}`]" for each in one.arguments)
        yield f"`{one.name}`", names, one.does, one.gives


def _arguments() -> str:
    rows = [("elke", f"`{one.name}`", _kind(one), one.does) for one in EVERY] + [
        (f"`{command.name}`", f"`{one.name}`", _kind(one), one.does)
        for command in COMMANDS
        for one in command.arguments
    ]
    return table(("opdracht", "argument", "soort", "wat het zegt"), rows)


def _kind(argument: Argument) -> str:
    kind = "tekst of geheel getal" if argument.name == "id" else argument.kind.told
    return f"{kind}; moet" if argument.needed else kind


def _codes() -> str:
    return table(("code", "wat er is"), ((f"`{code}`", says) for code, says in CODES.items()))


TABLES: dict[str, Callable[[], str]] = {"opdrachten": _commands, "argumenten": _arguments, "codes": _codes}


def main() -> None:
    """Regenerate the tables and report it."""
    FILE.write_text(written(FILE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{FILE.parent.name}/{FILE.name} is bijgewerkt.")


if __name__ == "__main__":
    main()
