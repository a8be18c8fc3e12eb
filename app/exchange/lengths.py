"""How many characters what is known of people and groups may have: as in EDEXML 2.1, which ESIS and its partners keep to."""

from __future__ import annotations

FIRST_NAME, PREFIX, LAST_NAME, INITIALS = 64, 10, 200, 6
FULL_NAME = LAST_NAME
"""Of who has one name only: a guardian."""
EMAIL = 256
GROUP_NAME = 64
