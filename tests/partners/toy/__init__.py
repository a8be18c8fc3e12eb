"""A partner that only tests have: a small supplier of results, all of it in this folder (`installed.py`)."""
