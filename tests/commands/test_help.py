"""`--help` is entirely in Dutch, for every command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from app.cli import _command

ENGLISH = re.compile(r"\b(Usage|Options|Arguments|Commands|OPTIONS|COMMAND|ARGS|required|default|Show this)\b")


def every(command: Any, context: typer.Context | None, name: str) -> Iterator[tuple[str, str]]:
    here = command.context_class(command, info_name=name, parent=context)
    yield here.command_path, command.get_help(here)
    for child, below in getattr(command, "commands", {}).items():
        yield from every(below, here, child)


def test_no_word_of_the_frame_is_english() -> None:
    found = {path: words for path, text in every(_command(), None, "esis") if (words := ENGLISH.findall(text))}
    assert found == {}


def test_no_sentence_of_a_list_of_commands_is_cut_off() -> None:
    cut = {path: text for path, text in every(_command(), None, "esis") if re.search(r"\w\.\.\.$", text, re.MULTILINE)}
    assert cut == {}
