"""Pupils, their guardians and the staff: who comes, changes, moves and goes."""
