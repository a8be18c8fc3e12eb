"""Gynzy as the beheerder sees it."""
