"""The format of a BRIN, a location number and the two together (BRIN6): `99QQ`, `00`, `99QQ00`.

ASCII only: digits of other scripts do not count. People also write `99 qq`, `99QQ-00` or `99qq.00`, and refer to the
main location by the BRIN alone: `understood` and `school_and_location` accept those forms.
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
    """The text in capitals without separators between the parts; does not check that it is a BRIN."""
    return _BETWEEN.sub("", text).upper()


def school_and_location(text: str) -> str:
    """The BRIN6 that is meant, for a BRIN alone that of the main location; empty for anything else."""
    plain = understood(text)
    plain = f"{plain}{MAIN}" if re.fullmatch(BRIN, plain) else plain
    return plain if BRIN6.fullmatch(plain) else ""


def is_practice(brin: str) -> bool:
    """Whether a BRIN belongs to a practice school: one that starts with 99, as in the instructions. The only rule for
    it; that 99 is never given to a real school was not checked (sources.md#edexml).
    """
    return brin.startswith("99")
