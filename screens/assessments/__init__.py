"""Toetsen: which assessments are switched on."""
