"""The name of a person, a group or a school: the one form in which it is kept, and what it is compared by.

Two spellings that look alike are one name: composed or not (NFC), with a no-break space, with an invisible character of a
mail program or a spreadsheet in it. Formats and categories are those of the Unicode standard (UAX 15, UAX 44).
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
"""Format characters (Cf) and fillers that no script needs: soft hyphen, zero-width, bidi, tags. Not among them: the few of
Cf that are seen, such as the number sign of Arabic."""
_JOINERS = "\u180e\u200c\u200d"
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_PICTURES = "\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1b00-\u1b7f\ua840-\ua9df\U00010ac0-\U00011fff"
"""Arabic and its neighbours, Indic, Tibetan, Burmese, Khmer, Mongolian: a joiner between two of their letters is spelling."""
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_GONE = re.compile(f"[{_INVISIBLE}]")
_LOOSE_SELECTOR = re.compile(f"(?<![{_PICTURES}{_IDEOGRAPHS}\u1000-\u109f\u1820-\u18af\ua840-\ua87f])[{_SELECTORS}]")
_BOUND = f"{_JOINING}{_PICTURES}\ufe0f"
_LOOSE_JOINER = re.compile(
    f"(?<![{_BOUND}])[{_JOINERS}]+|[{_JOINERS}]+(?![{_BOUND}{_JOINERS}])|(?<=[{_JOINERS}])[{_JOINERS}]+"
)
_NEVER_SEEN = re.compile(f"[{_INVISIBLE}{_JOINERS}{_SELECTORS}]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
"""Those of Latin, Greek and Cyrillic: what a name has mostly, and quick to take out."""

_SAME_MARK = {ord(mark): "'" for mark in "`´‘’‛ʹʻʼʽˈ′＇"} | {ord(mark): "-" for mark in "‐‑‒–—―⁃−˗﹘﹣－"}
_OTHER_MARK = re.compile(f"[{''.join(map(chr, _SAME_MARK))}]")
"""Apostrophes and hyphens that keyboards and word processors put for one another."""
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
        "ƒ": "f",
        "ə": "e",
        "ǝ": "e",
        "ɛ": "e",
        "ɔ": "o",
        "ɓ": "b",
        "ɖ": "d",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
        "ɣ": "g",
        "ɩ": "i",
        "ʋ": "v",
        "ɨ": "i",
        "ʉ": "u",
        "ɵ": "o",
        "ŀ": "l",
    }
)
"""Letters of names whose stroke or hook is no accent that comes off by decomposition."""


def kept(text: str) -> str:
    """The one form: composed (NFC), without invisible characters, white space of any kind as single spaces, trimmed.

    A joiner stays where spelling needs it (Persian, Indic, a family of emoji), a variation selector behind what it varies.
    Control characters other than white space stay: the edge refuses them.
    """
    if text.isascii():
        return " ".join(text.split())
    if not _NEVER_SEEN.search(text) and "\u2800" not in text:
        return " ".join(unicodedata.normalize("NFC", text).split())
    seen = _GONE.sub("", unicodedata.normalize("NFC", text)).replace("\u2800", " ")
    seen = _LOOSE_JOINER.sub("", _LOOSE_SELECTOR.sub("", seen))
    seen = unicodedata.normalize("NFC", " ".join(seen.split()))
    return seen if seen == text else kept(seen)  # what went may have stood between a mark and its letter


def folded(*parts: str) -> str:
    """What names are compared, sorted and searched by: the parts with single spaces, without case, accents and joiners.

    A Dutch list is in the order of the code points of `folded(last name, first name, prefix)`: accents count for nothing,
    and the digraph IJ is an i and a j. `folded(kept(text)) == folded(text)`, and folding twice changes nothing.
    """
    name = " ".join(parts)
    if not name.isascii():
        name = _plain(name)
    return " ".join(name.lower().replace("`", "'").split())


def _plain(name: str) -> str:
    """Mostly that leaves ASCII; `translate` is slow, and comes only where it does not (a tenth of the time, measured)."""
    seen = _NEVER_SEEN.sub("", name).replace("\u2800", " ")
    if _OTHER_MARK.search(seen):
        seen = seen.translate(_SAME_MARK)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", seen).casefold())
    plain = _ACCENTS.sub("", decomposed)
    if plain.isascii():
        return plain
    return "".join(letter for letter in plain if not _is_accent(letter)).translate(_PLAIN).translate(_SAME_MARK)


def is_typed(typed: str, name: str) -> bool:
    """Whether somebody typed this name, as asked to confirm something: something, and with the same letters."""
    return bool(kept(typed)) and folded(typed) == folded(name)


def is_group(asked: str, name: str) -> bool:
    """Whether this is the name of the group asked for: `5a`, also as `groep 5A`."""
    wanted = folded(asked)
    return folded(name) in (wanted, wanted.removeprefix("groep").strip())


def _is_accent(letter: str) -> bool:
    """Whether a mark may be left out of a name: not the voicing of kana, a virama, a tone of Thai."""
    place = unicodedata.combining(letter)
    return place >= 200 or 10 <= place <= 36 or place == 1
