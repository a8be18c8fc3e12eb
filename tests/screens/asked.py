"""Shared by the tests of the palette: what it shows for what is typed."""

from __future__ import annotations

import re

from textual.widgets import OptionList

from tests.screens.driving import Driver


def shown(program: Driver) -> list[str]:
    options = program.app.screen.query_one(OptionList)
    lines = [str(options.get_option_at_index(place).prompt) for place in range(options.option_count)]
    return [re.sub(" {2,}", "  ", line).rstrip() for line in lines]


async def ask(program: Driver, text: str, key: str = "ctrl+p") -> list[str]:
    await program.press(key)
    await program.type(text)
    return shown(program)
