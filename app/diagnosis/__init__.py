"""Waarom komt het niet? Both sides of a coupling or transfer next to each other, and every cause that can be found
(sources.md#mijnschoolinfo).

The only package that sees ESIS and its partners at once; neither knows about it. Causes that a partner knows, it
reports itself (`app/partners/causes.py`). Nothing here changes data, or looks at more than one location.
"""
