"""Mijnschoolinfo's own screens: the parents' app, as the school's beheerder sees it."""
