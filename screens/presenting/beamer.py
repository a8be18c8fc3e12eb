"""Whether a terminal can be read from the back of a room, and how it can be asked to be of another size."""

from __future__ import annotations

SMALLEST, LARGEST = (80, 24), (120, 36)
"""Columns and rows: fewer hold too little, and with more the letters are too small on a beamer."""
THEME = "esis-licht"
"""The theme for a beamer: in a room that is not dark the dark colours wash out."""
ASK = "\x1b[8;{1};{0}t"
"""Asks a terminal for so many columns and rows; many do it, the others ignore it."""


def advice(size: tuple[int, int], wanted: tuple[int, int] | None = None) -> str:
    """A sentence about the size of the terminal in columns and rows, and what to do; `wanted`: the size asked for."""
    here = f"Deze terminal is {size[0]} x {size[1]} tekens"
    goal = "{} x {}".format(*wanted or (100, 30))
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return f"{here}: te klein. Maak het venster groter of de letters kleiner (Ctrl en -), tot ten minste 80 x 24."
    if wanted is not None and size != wanted:
        larger = size[0] > wanted[0] or size[1] > wanted[1]
        how = "de letters groter (Ctrl en +)" if larger else "de letters kleiner (Ctrl en -)"
        return f"{here}, niet {goal}: uw terminal doet dat niet vanzelf. Maak {how} of sleep aan het venster."
    if wanted is None and (size[0] > LARGEST[0] or size[1] > LARGEST[1]):
        return f"{here}: achterin leest niemand dat. Maak de letters groter (Ctrl en +), tot ongeveer {goal}."
    return f"{here}: dat is op een beamer goed te lezen."
