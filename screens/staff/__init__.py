"""Onderwijs > Overig: the people who work at the school."""
