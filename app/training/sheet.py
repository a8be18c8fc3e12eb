"""The sheet of a class: each board's name, users, password and address, as HTML to print and cut, Markdown or CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from app.exchange.csv_text import csv_text
from app.exchange.whole_file import check_place, put
from app.files.plain import markdown
from app.refusals import Refused
from app.training.classes import Made

_STYLE = """
body { font: 12pt/1.4 sans-serif; margin: 1.5cm; color: #000; background: #fff; }
section { break-inside: avoid; break-after: page; }
section:last-child { break-after: auto; }
h1 { font-size: 20pt; margin: 0 0 .5cm; }
table { border-collapse: collapse; margin: .4cm 0; }
td, th { border: 1px solid #666; padding: .1cm .3cm; text-align: left; }
code { font: 12pt monospace; }
.password { font-size: 16pt; }
"""
ESIS_HINT = "Dezelfde naam en hetzelfde wachtwoord gelden na elke keer terugzetten."
PARTNERS = "Bij de andere systemen (F6) geldt hetzelfde wachtwoord; de gebruiker staat daar op het aanmeldscherm."


def command_of(board: str) -> str:
    """The command line that opens the board."""
    return f'esis --board "{board}"'


def address_of(one: Made, address: str) -> str:
    """The web address of a board, under the address of `esis serve`; empty if none was given."""
    return f"{address.rstrip('/')}{one.path}" if address else ""


def as_html(made: Sequence[Made], address: str = "") -> str:
    """One page per board; it loads nothing from other hosts."""
    body = "\n".join(_section(one, address) for one in made)
    return (
        '<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n<title>ESIS: besturen van de klas</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _section(one: Made, address: str) -> str:
    users = "\n".join(
        f"<tr><td><code>{escape(user)}</code></td><td>{escape(role)}</td></tr>" for user, role in one.users
    )
    opened = f"<li>In de browser: <code>{escape(address_of(one, address))}</code></li>" if address else ""
    who = f"<h2>{escape(one.learner)}</h2>\n" if one.learner else ""
    return (
        f"<section>\n<h1>{escape(one.name)}</h1>\n{who}"
        f'<p>Wachtwoord: <code class="password">{escape(one.password)}</code></p>\n'
        f"<table>\n<tr><th>Gebruiker</th><th>Rol</th></tr>\n{users}\n</table>\n"
        f"<ul>\n<li>In de terminal: <code>{escape(command_of(one.name))}</code></li>{opened}\n</ul>\n"
        f"<p>{PARTNERS} {ESIS_HINT}</p>\n</section>"
    )


def as_markdown(made: Sequence[Made], address: str = "") -> str:
    """One heading per board."""
    return "\n".join(_block(one, address) for one in made)


def _block(one: Made, address: str) -> str:
    users = "\n".join(f"| {markdown(user)} | {markdown(role)} |" for user, role in one.users)
    opened = f"- In de browser: {markdown(address_of(one, address))}\n" if address else ""
    who = f": {markdown(one.learner)}" if one.learner else ""
    return (
        f"## {markdown(one.name)}{who}\n\nWachtwoord: `{one.password}`\n\n| Gebruiker | Rol |\n|---|---|\n{users}\n\n"
        f"- In de terminal: `{command_of(one.name)}`\n{opened}\n{PARTNERS} {ESIS_HINT}\n"
    )


def as_csv(made: Sequence[Made], address: str = "") -> str:
    """One line per user, for a spreadsheet."""
    rows = [
        [one.name, user, role, one.password, command_of(one.name), address_of(one, address), one.learner]
        for one in made
        for user, role in one.users
    ]
    return csv_text([["Bestuur", "Gebruiker", "Rol", "Wachtwoord", "Opdracht", "Adres", "Cursist"], *rows])


FORMATS: dict[str, Callable[[Sequence[Made], str], str]] = {".html": as_html, ".md": as_markdown, ".csv": as_csv}


def check(path: Path) -> None:
    """Raise `Refused` for a file that cannot become a sheet, before any board with a password is created."""
    if path.suffix.lower() not in FORMATS:
        raise Refused(f"{path.name} kan geen blad zijn: geef een naam op .html, .md of .csv.")
    check_place(path)


def write(path: Path, made: Sequence[Made], address: str = "", overwrite: bool = False) -> None:
    """Write the sheet in the format of its extension, readable only by its owner.

    Raises `Refused` if it cannot be written.
    """
    put(path, FORMATS[path.suffix.lower()](made, address), overwrite)
