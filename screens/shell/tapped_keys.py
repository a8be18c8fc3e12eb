"""The keys of the screen in front for who taps them on a page: what each types, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator

from textual.screen import Screen

from screens.shared import keys
from screens.shared.key_bar import Key, KeyBar
from screens.shared.program import EsisProgram
from screens.shell.field_keys import in_field

ALWAYS = {"escape", "tab", "up", "down", "left", "right", "enter", "ctrl+p"}
"""Those that the page has on every screen."""
SEQUENCES = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "space": " ",
    "delete": "\x1b[3~",
    "insert": "\x1b[2~",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "shift+tab": "\x1b[Z",
    "shift+up": "\x1b[1;2A",
    "shift+down": "\x1b[1;2B",
}
"""What a terminal sends for a key that types no sign."""


def typed_by(key: str) -> str:
    """What a terminal sends for a key; empty for one that is not known here."""
    if key in SEQUENCES:
        return SEQUENCES[key]
    if key.startswith("ctrl+") and len(letter := key.removeprefix("ctrl+")) == 1:
        return chr(ord(letter) & 0x1F)
    if key.startswith("alt+") and len(letter := key.removeprefix("alt+")) == 1:
        return f"\x1b{letter}"
    sign = keys.KEY_NAMES.get(key, key)
    return sign if len(sign) == 1 and sign.isascii() else ""


def tapped(screen: Screen[object]) -> tuple[tuple[str, str], ...]:
    """What each key types, and its name: those of its key bar, also those that do not fit there, those of a lesson, and
    those that stand elsewhere on the screen; what leaves, finds and helps comes last.
    """
    typing = in_field(screen.focused)
    found: dict[str, Key] = {}
    for bar in screen.query(KeyBar):
        last = {key.action for key in bar.fixed}
        own = [key for key in bar.every if key.action not in last]
        for key in (*own, *_of_lesson(screen), *bar.placed, *bar.fixed):
            found.setdefault(key.key, key)
    return tuple(made for key in found.values() if (made := _tapped(key, typing)) is not None)


def _of_lesson(screen: Screen[object]) -> Iterator[Key]:
    """What its panel names."""
    guest = screen.app.guest if isinstance(screen.app, EsisProgram) else None
    if guest is None:
        return
    exam = guest.now.exam
    named = ((keys.STOP, "Examen verlaten" if exam else "Les verlaten"),)
    for meaning, says in named if exam else ((keys.HINT, keys.HINT.text), *named):
        if (active := screen.active_bindings.get(meaning.keys)) is not None:
            yield Key(meaning.keys, "", says, active.binding.action, active.enabled)


def _tapped(key: Key, typing: bool) -> tuple[str, str] | None:
    name = keys.instead(key.key, typing=typing)
    if name in ALWAYS or not key.enabled or not typed_by(name):
        return None
    return typed_by(name), key.description
