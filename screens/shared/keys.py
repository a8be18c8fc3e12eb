"""What each key means, everywhere: every binding of the program is made from this table, so a key has one meaning.

An action that has no key is declared beside the others with `no_key`: it is found with A, and with Ctrl+P.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding

from screens.shared.text import replaced

WITHOUT = "none:"
"""What the key of an action without a key starts with; a settings file can give it one."""
KEY_NAMES = {
    "escape": "Esc",
    "backspace": "Backspace",
    "enter": "Enter",
    "space": "Spatie",
    "question_mark": "?",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "delete": "Del",
    "insert": "Ins",
    "plus": "+",
    "minus": "-",
    "slash": "/",
    "exclamation_mark": "!",
    "asterisk": "*",
    "comma": ",",
    "full_stop": ".",
}


@dataclass(frozen=True)
class Meaning:
    """What one key, or two, mean on every screen; call it to bind it to an action."""

    keys: str
    text: str

    def __call__(
        self, action: str, text: str = "", *, id: str, tooltip: str, show: bool = True, priority: bool = False
    ) -> Binding:
        """A binding with this meaning; `text` is what it is called on this screen."""
        return Binding(self.keys, action, text or self.text, show, id=id, tooltip=tooltip, priority=priority)

    @property
    def each(self) -> tuple[str, ...]:
        """Its keys."""
        return tuple(self.keys.split(","))


def no_key(action: str, text: str, *, id: str, tooltip: str) -> Binding:
    """An action that has no key of its own."""
    return Binding(f"{WITHOUT}{id}", action, text, False, id=id, tooltip=tooltip)


# Everywhere, in fields too.
HELP = Meaning("f1,question_mark", "Help")
DONE = Meaning("f2,ctrl+s", "Gereed")
SEARCH = Meaning("f3,slash", "Zoekveld")
NEW = Meaning("f4,n,insert", "Nieuw")
PROGRAM = Meaning("f6,ctrl+g", "Programma")
CHANGE = Meaning("f7,w", "Wijzigen")
COPY = Meaning("f8,k", "Kopiëren")
TIME = Meaning("f9,ctrl+y", "Schooltijd")
MENU = Meaning("f10,ctrl+o", "Menu")
FIND = Meaning("ctrl+p,ctrl+r", "Zoeken")
HINT = Meaning("ctrl+l", "Hint")
STOP = Meaning("ctrl+q", "Stoppen")
TRAINER = Meaning("ctrl+t,alt+r", "Trainer")
RECORD = Meaning("ctrl+b,o", "Opname")
BACK = Meaning("escape,backspace", "Terug")

# Outside fields.
OPEN = Meaning("enter", "Openen")
TICK = Meaning("space", "Aankruisen")
TICK_ALL = Meaning("asterisk", "Alles aankruisen")
REMOVE = Meaning("delete", "Verwijderen")
ACTIONS = Meaning("a", "Acties")
WHY = Meaning("exclamation_mark", "Waarom komt het niet?")
GROUP = Meaning("g", "Groep kiezen")
FILTER = Meaning("f", "Filter")
SORT = Meaning("s", "Sorteren")
EXPORT = Meaning("e", "CSV bewaren")
LOGBOOK = Meaning("l", "Logboek")
MOVE = Meaning("v", "Verplaatsen")
ROLL_BACK = Meaning("t", "Terugdraaien")
PREVIOUS = Meaning("comma", "Vorige")
NEXT = Meaning("full_stop", "Volgende")
HAND = Meaning("h,alt+p", "Hand opsteken")
TABS = tuple(Meaning(str(number), f"Tabblad {number}") for number in range(1, 10))

# Where the arrow keys go.
UP, DOWN = Meaning("up", "Omhoog"), Meaning("down", "Omlaag")
LEFT, RIGHT = Meaning("left", "Naar links"), Meaning("right", "Naar rechts")
PAGE_UP, PAGE_DOWN = Meaning("pageup", "Blad omhoog"), Meaning("pagedown", "Blad omlaag")
FIRST, LAST = Meaning("home", "Begin"), Meaning("end", "Einde")
HIGHER, LOWER = Meaning("shift+up", "Hoger"), Meaning("shift+down", "Lager")

MOVING = frozenset(one.keys for one in (UP, DOWN, LEFT, RIGHT, PAGE_UP, PAGE_DOWN, FIRST, LAST))
"""Keys that only move the cursor."""
MEANINGS = {name: one for name, one in vars().copy().items() if isinstance(one, Meaning)} | {
    f"TAB_{one.keys}": one for one in TABS
}
"""All of them, by name."""


ALOUD = {"!": "uitroepteken", ",": "komma", ".": "punt", "*": "sterretje", "?": "vraagteken", "/": "schuine streep"}
"""The keys that many a screen reader passes in silence, by the name of their sign."""


def aloud(name: str) -> str:
    """What a key is called, for who hears it."""
    return ALOUD.get(name, name)


def key_name(key: str) -> str:
    """A key as Dutch help writes it: `F2`, `Ctrl+S`, `Esc`; A for what is found there, having no key of its own."""
    if key.startswith(WITHOUT):
        key = ACTIONS.keys
    if "+" in key and len(key) > 1:
        return "+".join(key_name(part) for part in key.split("+"))
    if key in KEY_NAMES:
        return KEY_NAMES[key]
    return key.upper() if len(key) == 1 or (key[0] == "f" and key[1:].isdigit()) else key.capitalize()


# In a browser.
KEPT = frozenset({"f5", "f11", "f12", "ctrl+n", "ctrl+t", "ctrl+w", "alt+d", "alt+e", "alt+f"})
"""Keys that Chromium keeps for itself, so that no page gets them."""
_F_KEY = re.compile(r"f(?:[1-9]|1[0-2])")
_KEY_IN_TEXT = re.compile(r"('[^']*')|\b(?:F(?:[1-9]|1[0-2])|Ctrl\+T)\b")
"""In a sentence; what stands between quotes is data."""
_LETTERS = {"question_mark": "h", "slash": "z"}
"""What is typed with Alt in a field, where the key is no letter: hulp, zoekveld."""


def reaches_page(key: str) -> bool:
    """Whether a page in a browser gets this key on any laptop: on many of them the F-keys are for light and sound."""
    return key not in KEPT and not _F_KEY.fullmatch(key)


def instead(key: str, *, typing: bool = False) -> str:
    """The key to show for this one in a browser: the first of the same meaning that a page gets.

    `typing`: in a field, where a letter is typed: then Alt with that letter (`outside_field`). A key that has no other
    beside it stays as it is.
    """
    if reaches_page(key):
        return key
    meaning = next((one for one in MEANINGS.values() if key in one.each), None)
    for other in meaning.each if meaning is not None else ():
        if reaches_page(other):
            typed = typing and (len(other) == 1 or other in _LETTERS)
            return f"alt+{_LETTERS.get(other, other)}" if typed else other
    return key


def outside_field(key: str) -> str:
    """What Alt with a letter means in a field: the key without Alt, outside it. Empty for another key."""
    letter = key.removeprefix("alt+").removeprefix("shift+")
    if not key.startswith("alt+") or len(letter) != 1:
        return ""
    return next((other for other, one in _LETTERS.items() if one == letter), letter)


def told_in_browser(text: str, *, typing: bool = False) -> str:
    """A sentence of the program itself, with the keys of a browser in place of F-keys: `Met F4 maakt u` -> `Met N`.

    What it quotes is somebody's own, and stays.
    """
    return replaced(text, keys_told(text, typing=typing))


def keys_told(text: str, *, typing: bool = False) -> Iterator[tuple[int, int, str]]:
    """From where to where such a key stands in a sentence, and the one to name there in a browser, in a field with `typing`."""
    for found in _KEY_IN_TEXT.finditer(text):
        if not found[1]:
            yield found.start(), found.end(), key_name(instead(found[0].lower(), typing=typing))
