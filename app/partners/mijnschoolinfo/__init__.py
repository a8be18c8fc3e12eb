"""Mijnschoolinfo: the parents' app, which ESIS feeds once a day, one way (sources.md#mijnschoolinfo)."""
