"""Mijn ESIS: the group dashboard, the password and preferences."""
