"""Databases of versions before, brought up to date."""
