"""Waarom komt het niet? Each real-life failure is provoked, found with the screen that fixes it, fixed, and gone."""
