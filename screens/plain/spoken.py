"""A text of the screen as a line to be read aloud: without frames, and with a word for a sign that stands alone."""

from __future__ import annotations

import re

from textual.content import Content

from app.files.plain import clean
from screens.shared import keys
from screens.shared.signs import WORDS
from screens.shared.text import replaced

_HALVES = re.compile("[●○][━╌×‖]+[●○]")
"""Both sides of a coupling: the badge beside it says in words how they stand."""
_ARROWS = {
    "→": " naar ",
    "↑": " pijl omhoog ",
    "↓": " pijl omlaag ",
    "←": " pijl naar links ",
    "▲": " hoger ",
    "▼": " lager ",
}
_KEYS_ALONE = {"→": "pijl naar rechts"}
_FRAME = re.compile("[\u2500-\u257f\u2580-\u259f]+")
"""Lines, bars and boxes."""
_GAP = re.compile(r"\s{2,}")
_MARKS = "▶▌›◀ "
_SIGNS = "".join(WORDS)
_RUNS = re.compile(f"(?<!\\S)[{re.escape(_SIGNS.replace('!', ''))}]{{2,}}(?!\\S)")
"""How several nights went, in the middle of a line."""
_LEADS = {"!": "let op: ", "×": "fout: "}
"""What a sign before words adds to them."""
_BETWEEN = re.compile(f"(?<=\\S) ([{re.escape(_SIGNS)}]) (?=(\\S+))")
_RUN = re.compile(f"[{re.escape(_SIGNS)}]+")


_KEY = re.compile(r"(\b(?:[Oo]p|[Mm]et|toets) )([!*])(?=[\s,;.:)]|$)")
"""Such a sign as the key to press, in a sentence."""
_MARK = re.compile(r"\bregel met !")
"""And as the mark of a row, of which the word is told."""


def with_keys(line: Content) -> str:
    """A line that is drawn, as text in which a key that is a sign has its name: `! Waarom?` -> `uitroepteken Waarom?`."""
    signs = ((one, line.plain[one.start : one.end]) for one in line.spans if "$key" in str(one.style))
    return replaced(line.plain, ((one.start, one.end, keys.aloud(key)) for one, key in signs if key in keys.ALOUD))


def spoken(text: str, gap: str = ", ") -> str:
    """One line without control characters, drawing or marks; columns become parts with `gap` between them.

    A sign beside words is left out, for the words say the same (`● Actief`); one that stands alone is told.
    """
    named = _KEY.sub(lambda found: found[1] + keys.aloud(found[2]), _MARK.sub(f"regel met '{WORDS['!']}'", clean(text)))
    drawn = _FRAME.sub("  ", _HALVES.sub("  ", named))
    told = ""
    for part in filter(None, (_told(part.strip()) for part in _GAP.split(drawn))):
        told += (" " if told.endswith((".", ":", "!", "?")) else gap if told else "") + part
    return told


def _between(found: re.Match[str]) -> str:
    """A sign in the middle of words: told unless the words after it say it."""
    word = WORDS[found[1]] or "niet actief"
    return " " if found[2].startswith(word) else f", {word}: "


def _told(part: str) -> str:
    if part in _KEYS_ALONE:
        return _KEYS_ALONE[part]
    if part == "–":
        return "geen"
    if part and _RUN.fullmatch(part):
        return ", ".join(WORDS[sign] for sign in part if WORDS[sign])
    part = _RUNS.sub(lambda run: ", ".join(WORDS[sign] for sign in run[0]), part)
    found = _BETWEEN.sub(_between, part.strip(_MARKS).strip("▼▲"))
    if found[1:2] == " " and found[0] in WORDS:
        found = _LEADS.get(found[0], "") + found[2:]
    if found[-2:-1] == " " and found[-1] in WORDS:  # what it says follows in the next column
        found = found[:-2]
    for sign, word in _ARROWS.items():
        found = found.replace(sign, word)
    return " ".join(found.split())
