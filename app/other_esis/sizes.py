"""How large a message of UWLR may be, for whoever sends, receives, keeps or reads one."""

from __future__ import annotations

LARGEST = 400 << 20
"""Bytes of a message, unpacked; ours: a message of 300 MB is answered."""
