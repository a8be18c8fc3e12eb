"""Pupils, their guardians and the staff: arriving, changing, moving and leaving."""
