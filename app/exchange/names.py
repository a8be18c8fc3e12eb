"""Names of people, groups and schools: their normal form, and the form in which they are compared.

Two spellings that look alike are one name: composed or not (NFC), with a no-break space, or with an invisible character
from a mail program or spreadsheet. Formats and categories are those of the Unicode standard (UAX 15, UAX 44).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
"""Format characters (Cf) and fillers that no script needs: soft hyphen, zero-width, bidi, tags. Excludes the few
visible ones in Cf, such as the Arabic number sign.
"""
_JOINERS = "\u180e\u200c\u200d"
_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_PICTURES = "\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1b00-\u1b7f\ua840-\ua9df\U00010ac0-\U00011fff"
"""Arabic and related scripts, Indic, Tibetan, Burmese, Khmer, Mongolian: a joiner between two of their letters
matters.
"""
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_GONE = f"[{_INVISIBLE}]"
_LOOSE_SELECTOR = f"(?<![{_PICTURES}{_IDEOGRAPHS}\u1000-\u109f\u1820-\u18af\ua840-\ua87f])[{_SELECTORS}]"
_BOUND = f"{_JOINING}{_PICTURES}\ufe0f"
_LOOSE_JOINER = f"(?<![{_BOUND}])[{_JOINERS}]+|[{_JOINERS}]+(?![{_BOUND}{_JOINERS}])|(?<=[{_JOINERS}])[{_JOINERS}]+"
_NEVER_SEEN = f"[{_INVISIBLE}{_JOINERS}{_SELECTORS}]"
_ACCENTS = re.compile("[\u0300-\u036f]+")
"""The accents of Latin, Greek and Cyrillic: the usual ones in names, and quick to remove."""

_SAME_MARK = {ord(mark): "'" for mark in "`´‘’‛ʹʻʼʽˈ′＇"} | {ord(mark): "-" for mark in "‐‑‒–—―⁃−˗﹘﹣－"}
_OTHER_MARK = re.compile(f"[{''.join(map(chr, _SAME_MARK))}]")
"""Apostrophes and hyphens that keyboards and word processors use interchangeably."""
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
"""Letters whose stroke or hook is not an accent that decomposition removes."""

MOST_WORDS = 40
"""Words of a search that are looked for: a database takes no condition of hundreds."""


_compiled = cache(re.compile)
"""Long patterns are compiled when a name first needs them, which takes 20 ms in all: most names are ASCII."""


def kept(text: str) -> str:
    """Return the normal form: composed (NFC), without invisible characters, all white space as single spaces, trimmed.

    A joiner is kept where spelling needs it (Persian, Indic, an emoji family), a variation selector after what it
    varies. Control characters other than white space are kept: the edge refuses them.
    """
    if text.isascii():
        return " ".join(text.split())
    if not _compiled(_NEVER_SEEN).search(text) and "\u2800" not in text:
        return " ".join(unicodedata.normalize("NFC", text).split())
    seen = _compiled(_GONE).sub("", unicodedata.normalize("NFC", text)).replace("\u2800", " ")
    seen = _compiled(_LOOSE_JOINER).sub("", _compiled(_LOOSE_SELECTOR).sub("", seen))
    seen = unicodedata.normalize("NFC", " ".join(seen.split()))
    return seen if seen == text else kept(seen)  # a removed character may have separated a mark from its letter


def folded(*parts: str) -> str:
    """The key by which names are compared, sorted and searched: single spaces, without case, accents and joiners.

    A Dutch list is ordered by the code points of `folded(last name, first name, prefix)`: accents are ignored, and the
    digraph IJ is an i and a j. `folded(kept(text)) == folded(text)`, and folding is idempotent.
    """
    name = " ".join(parts)
    if not name.isascii():
        name = _plain(name)
    return " ".join(name.lower().replace("`", "'").split())


def _plain(name: str) -> str:
    """Reduce to plain letters. Usually the result is ASCII; `translate` is slow, and runs only if it is not (a tenth of
    the time, measured).
    """
    seen = _compiled(_NEVER_SEEN).sub("", name).replace("\u2800", " ")
    if _OTHER_MARK.search(seen):
        seen = seen.translate(_SAME_MARK)
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", seen).casefold())
    plain = _ACCENTS.sub("", decomposed)
    if plain.isascii():
        return plain
    return "".join(letter for letter in plain if not _is_accent(letter)).translate(_PLAIN).translate(_SAME_MARK)


def is_typed(typed: str, name: str) -> bool:
    """Whether this name was typed, to confirm something: not empty, and with the same letters."""
    return bool(kept(typed)) and folded(typed) == folded(name)


def full_name(*parts: str) -> str:
    """The name as spoken, from the parts that there are: `Anna van der Berg`."""
    return " ".join(filter(None, parts))


def search_words(typed: str) -> list[str]:
    """Split a search into the words to look for; of more than any name has, only the first ones."""
    return kept(typed).split()[:MOST_WORDS]


def is_group(asked: str, name: str) -> bool:
    """Whether this is the name of the requested group: `5a`, also as `groep 5A`."""
    wanted = folded(asked)
    return folded(name) in (wanted, wanted.removeprefix("groep").strip())


def _is_accent(letter: str) -> bool:
    """Whether a mark may be dropped from a name: not the voicing of kana, a virama, a Thai tone."""
    place = unicodedata.combining(letter)
    return place >= 200 or 10 <= place <= 36 or place == 1


def can_be_kept(text: str) -> bool:
    """Whether both databases know every character: PostgreSQL has no NUL, and neither has half a surrogate, as bytes of a
    command line that are not UTF-8 become.
    """
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
