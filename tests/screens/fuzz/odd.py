"""Odd input from people, files and attackers: paths, bytes, lengths, kinds of characters, other languages.

Each contains `MARK`, so that leaks are found wherever they turn up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

MARK = "zqx7"
_PATHS = (
    "~niemand-{0}/x.csv",
    "/proc/self/mem/{0}",
    "/dev/full/{0}",
    "../../{0}",
    "/root/{0}/x.xml",
    "{0}\0.csv",
    "~{0}",
    "/{0}/",
    "file:///{0}",
    "C:\\{0}\\x.csv",
    "\\\\server\\{0}",
    "./{0}/../{0}",
    "{0}.xml ",
    "-{0}",
    "/dev/stdin/{0}",
    "{0}/" * 50,
)
_NUMBERS = (
    "99999999999999999999999999",
    "-1",
    "0",
    "1e309",
    "NaN",
    "inf",
    "0x10",
    "1_000",
    "١٢٣٤",
    "½",
    "1.234,56",
    "-0",
    "+7",
    "00000001",
    "2147483648",
    "9223372036854775808",
    "1;2",
    "7.",
    ",5",
    "１２",
)
_DATES = (
    "30-2-2020",
    "1-1-0001",
    "31-12-9999",
    "1-1-10000",
    "2020-13-01",
    "1/2/20",
    "0-0-0",
    "29-2-1900",
    "1-1-20",
    "99-99-9999",
    "2020-04-15T25:00",
    "2020-04-15T08:00+99:99",
    "15-4-2020 24:00",
    "1-1-2020 1:1",
    "morgen",
    "٣-٤-٢٠٢٠",
)
_TEXTS = (
    "[/]{0}[@click=app.quit]x[/]",
    "{{{0}}} {{0}} %s %n $(id) `id`",
    "'; DROP TABLE pupil; -- {0}",
    '"{0}',
    "<script>{0}",
    "\x1b[31m{0}\x1b[0m\x07",
    "\u202e{0}\u202c",
    "\u200b{0}\u2060",
    "e\u0301{0}" * 3,
    "\U0001f469\u200d\U0001f469{0}",
    "\ud800{0}",
    "\uffff{0}\ufdd0",
    "\u2028{0}\u2029",
    "\t{0}\n{0}\r",
    "={0}+1",
    "@{0}",
    "{0}" * 60,
    "W" * 5000 + "{0}",
    "ﷺ{0}",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A{0}",
    "ſ{0}İı",
    "{0}\u00a0",
    "{0}@" + "a" * 300 + ".nl",
    "{0}@xn--80ak6aa92e.com",
    "\ufeff{0}",
    "\u0085{0}\x9b31m",
)
_CLASSES = (
    (0x20, 0x7F),
    (0xA0, 0x250),
    (0x300, 0x370),
    (0x590, 0x700),
    (0x2000, 0x2070),
    (0x4E00, 0x4F00),
    (0xE000, 0xE010),
    (0x1F300, 0x1F600),
    (0xFFF0, 0x10000),
    (0x0, 0x20),
    (0x80, 0xA0),
)
_LENGTHS = (1, 2, 19, 20, 50, 51, 100, 101, 200, 255, 256, 4096)


def odd_texts(number: int, seed: int = 1) -> Iterator[str]:
    """So many, the same for the same seed: what is written down above in a random order, and then random ones."""
    chance = random.Random(seed)
    known = [text.replace("{0}", MARK) for text in (*_PATHS, *_NUMBERS, *_DATES, *_TEXTS)]
    chance.shuffle(known)
    yield from known[:number]
    for _ in range(number - len(known)):
        low, high = chance.choice(_CLASSES)
        length = chance.choice(_LENGTHS)
        made = "".join(chr(chance.randrange(low, high)) for _ in range(length))
        place = chance.randrange(length)
        yield made[:place] + MARK + made[place:]
