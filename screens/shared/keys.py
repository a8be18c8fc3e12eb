"""What each key means, everywhere: every binding of the program is made from this table, so a key has one meaning.

An action that has no key is declared beside the others with `no_key`: it is found with A, and with Ctrl+P.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

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
TRAINER = Meaning("ctrl+t", "Trainer")
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
HAND = Meaning("h", "Hand opsteken")
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


def key_name(key: str) -> str:
    """A key as Dutch help writes it: `F2`, `Ctrl+S`, `Esc`; A for what is found there, having no key of its own."""
    if key.startswith(WITHOUT):
        key = ACTIONS.keys
    if "+" in key and len(key) > 1:
        return "+".join(key_name(part) for part in key.split("+"))
    if key in KEY_NAMES:
        return KEY_NAMES[key]
    return key.upper() if len(key) == 1 or (key[0] == "f" and key[1:].isdigit()) else key.capitalize()
