"""How a BRIN, a location number and the two together (BRIN6) are written: `99QQ`, `00`, `99QQ00`.

ASCII only: the digits of other scripts are no digits here.
"""

from __future__ import annotations

import re

BRIN = "[0-9]{2}[A-Z]{2}"
LOCATION_NUMBER = "[0-9]{2}"
BRIN6 = re.compile(f"({BRIN})({LOCATION_NUMBER})")
