"""Beheer > Inrichten: the board, its users, groups, code lists and address books."""
