"""Oefeningen: the lessons, and what was done in them."""
