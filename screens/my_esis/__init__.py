"""Mijn ESIS: the dashboard of the group, the password and preferences."""
