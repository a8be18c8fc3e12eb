"""A partner for tests only: a small supplier of results, entirely in this folder (`installed.py`)."""
