"""Maximum lengths of the data of people and groups: those of EDEXML 2.1, which ESIS and its partners follow."""

from __future__ import annotations

FIRST_NAME, PREFIX, LAST_NAME, INITIALS = 64, 10, 200, 6
FULL_NAME = LAST_NAME
"""For people with a single name field: guardians."""
EMAIL = 256
GROUP_NAME = 64
