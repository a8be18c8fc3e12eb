"""Tests of both ends of UWLR: of any LAS (`catalogue.py`), and of a supplier's own client (`watching.py`)."""
