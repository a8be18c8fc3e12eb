"""Mijnschoolinfo: the parents' app, which ESIS feeds once a day, one way (seed 002; issue 4)."""
