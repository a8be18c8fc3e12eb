"""Oefeningen: the lessons, and what was done of them."""
