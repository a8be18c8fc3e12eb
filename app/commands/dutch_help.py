"""A Dutch frame for `--help`: typer's own words are English only, without a setting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from typer._click.core import Context
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand

_HEADINGS = {"Usage": "Gebruik", "Options": "Opties", "Arguments": "Argumenten", "Commands": "Opdrachten"}
_IN_USAGE = {"[OPTIONS]": "[OPTIES]", "COMMAND [ARGS]...": "OPDRACHT [...]"}
_IN_TEXT = (
    (re.compile(r"^Show this message and exit\.$"), "Toont deze uitleg."),
    (re.compile(r"\[required\]"), "[verplicht]"),
    (re.compile(r"; required\]"), "; verplicht]"),
    (re.compile(r"\[default: "), "[standaard: "),
)
_SENTENCE_END = re.compile(r"\n\n|(?<=\.)\s")


class DutchHelp(HelpFormatter):
    """Writes what typer writes, with Dutch words around the commands' own texts."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the first line."""
        for english, dutch in _IN_USAGE.items():
            args = args.replace(english, dutch)
        super().write_usage(prog, args, prefix or "Gebruik: ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of options, arguments or commands."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options, arguments or commands with their descriptions."""
        super().write_dl([(term, _dutch(text)) for term, text in rows], col_max, col_spacing)


class Grouped(TyperCommand):
    """A command with many options: they stand under the heading that each names as its `rich_help_panel`."""

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the arguments, the options without a heading, and then those of each heading, in the order of the first."""
        groups: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for parameter in self.get_params(ctx):
            if (row := parameter.get_help_record(ctx)) is not None:
                named = getattr(parameter, "rich_help_panel", None)
                heading = named or ("Arguments" if parameter.param_type_name == "argument" else "Options")
                groups.setdefault(heading, []).append(row)
        for heading, rows in groups.items():
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


def install() -> None:
    """Use it for every command of the program."""
    Context.formatter_class = DutchHelp


def in_full(command: Any) -> None:
    """In a list of commands the first sentence of each stands in full: typer cuts it off at the width of a line."""
    for child in getattr(command, "commands", {}).values():
        child.short_help = " ".join(_SENTENCE_END.split(child.help or "", maxsplit=1)[0].split())
        in_full(child)


def _dutch(text: str) -> str:
    for english, dutch in _IN_TEXT:
        text = english.sub(dutch, text)
    return text
