"""How a BRIN, a location number and the two together (BRIN6) are written: `99QQ`, `00`, `99QQ00`.

ASCII only: the digits of other scripts are no digits here. People write them in other forms too, as `99 qq`, `99QQ-00` or
`99qq.00`, and name the main location by the BRIN alone: `understood` and `school_and_location` know what is meant.
"""

from __future__ import annotations

import re

BRIN = "[0-9]{2}[A-Z]{2}"
LOCATION_NUMBER = "[0-9]{2}"
BRIN6 = re.compile(f"({BRIN})({LOCATION_NUMBER})")
MAIN = "00"
"""The number of the main location."""
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015_/]")


def understood(text: str) -> str:
    """The text without what people put between the parts, in capitals; whether it is a BRIN is another question."""
    return _BETWEEN.sub("", text).upper()


def school_and_location(text: str) -> str:
    """The BRIN6 that is meant, of the main location for a BRIN alone; empty for what is neither."""
    plain = understood(text)
    plain = f"{plain}{MAIN}" if re.fullmatch(BRIN, plain) else plain
    return plain if BRIN6.fullmatch(plain) else ""


def is_practice(brin: str) -> bool:
    """Whether a BRIN is of a school for practice: one that begins with 99, as those of the instructions do. The one rule for
    it; that 99 is never given to a real school was not checked (sources.md#edexml).
    """
    return brin.startswith("99")
