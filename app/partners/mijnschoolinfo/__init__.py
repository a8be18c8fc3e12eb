"""Mijnschoolinfo: the parents' app, which receives data from ESIS once a day, one way (sources.md#mijnschoolinfo)."""
