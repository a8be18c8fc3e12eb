"""The table of keys: what each means, everywhere the same, and that none is taken from somebody else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.binding import Binding

import screens
from screens.driving.documentation import widgets_with_keys
from screens.shared import keys as table

CONTRACT = {
    "app.help": ("f1", "question_mark"),
    "form.submit": ("f2", "ctrl+s"),
    "app.menu": ("f10", "ctrl+o"),
    "app.program": ("f6", "ctrl+g"),
    "app.time": ("f9", "ctrl+y"),
    "app.find": ("ctrl+p", "ctrl+r"),
    "screen.back": ("escape", "backspace"),
}
"""sources.md#keys: the action and its two keys."""
OF_WINDOWS_TERMINAL = re.compile(
    r"(ctrl\+)?shift\+insert|ctrl\+insert|f11|alt\+(f4|enter|space|up|down|left|right)|ctrl\+(tab|comma|plus|minus|0)|"
    r"ctrl\+(shift|alt)\+.*|alt\+shift\+.*"
)
"""Keys that never reach a program there, as it is installed."""
OF_FIELDS = {f"ctrl+{letter}" for letter in "adekuvwxc"}
ENGLISH = re.compile(
    r"\b(the|you|your|press|key|keys|close|quit|open|select|search|cancel|submit|focus|next|previous|scroll|show|hide|"
    r"toggle|copy|paste|delete|move|page|left|right|up|down|and|not|with|this|that|home|end)\b",
    re.IGNORECASE,
)
DUTCH_TOO = {"open", "home", "end", "page", "up", "down", "is", "menu"}


def bindings() -> list[Binding]:
    from screens.shell import actions

    found = [binding for binding in actions.GLOBAL if isinstance(binding, Binding)]
    for kind in widgets_with_keys():
        found += [binding for binding in vars(kind)["BINDINGS"] if isinstance(binding, Binding)]
    return found


def keys(binding: Binding) -> set[str]:
    return {key.strip() for key in binding.key.split(",")}


@pytest.mark.parametrize("name", CONTRACT)
def test_each_action_of_the_contract_has_its_two_keys(name: str) -> None:
    found = [keys(binding) for binding in bindings() if binding.id == name]
    assert found
    assert all(set(CONTRACT[name]) == own for own in found)


def test_every_action_has_a_name_and_is_told_in_dutch() -> None:
    for binding in bindings():
        assert binding.id, binding
        assert binding.description, binding
        assert binding.tooltip.endswith("."), binding
        english = set(ENGLISH.findall(f"{binding.description} {binding.tooltip}".lower())) - DUTCH_TOO
        assert not english, binding


def test_every_binding_of_every_screen_and_widget_is_made_from_the_table() -> None:
    known = {meaning.keys for meaning in table.MEANINGS.values()}
    strangers = [one for one in bindings() if one.key not in known and one.key != f"{table.WITHOUT}{one.id}"]
    assert strangers == []


def test_no_key_has_a_second_meaning() -> None:
    each = [key for meaning in table.MEANINGS.values() for key in meaning.each]
    assert sorted(each) == sorted(set(each))
    assert {"HELP", "WHY", "TAB_9"} <= table.MEANINGS.keys(), "the whole table is looked at"


def test_an_action_means_the_same_wherever_it_is() -> None:
    """One name in the settings file is one meaning, except for what Enter does where Space ticks."""
    by_name: dict[str, set[str]] = {}
    for one in bindings():
        by_name.setdefault(str(one.id), set()).add(one.key)
    arrows = table.MOVING
    double = {name: found for name, found in by_name.items() if len(found - arrows) > 1}
    assert {name: found - {table.OPEN.keys, table.TICK.keys} for name, found in double.items()} == {
        name: set() for name in double
    }


def test_no_key_of_the_fields_or_of_the_browser_is_taken() -> None:
    taken = {key for meaning in table.MEANINGS.values() for key in meaning.each}
    assert not taken & OF_FIELDS
    assert not taken & {"f5", "f11", "f12"}


def test_what_a_browser_keeps_for_itself_is_never_the_only_way() -> None:
    kept = {"ctrl+n", "ctrl+t", "ctrl+w"}
    assert [one.id for one in bindings() if keys(one) <= kept] == []


def test_no_action_needs_a_key_that_windows_terminal_takes() -> None:
    assert [one for one in bindings() if all(map(OF_WINDOWS_TERMINAL.fullmatch, keys(one)))] == []


def test_no_button_or_entry_names_its_key() -> None:
    """The key bar does; a sentence may."""
    root = Path(screens.__file__).parent
    named = re.compile(r'"[A-Z][^"]{,30} \((?:[A-Z]|F\d+|Del|Enter|Esc|Spatie|Ctrl\+[A-Z])\)"')
    assert [(path.name, found) for path in root.rglob("*.py") for found in named.findall(path.read_text("utf-8"))] == []
