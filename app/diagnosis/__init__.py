"""Waarom komt het niet? Both halves of a coupling or transfer side by side, and every cause that can be found
(sources.md#mijnschoolinfo).

The one place that sees ESIS and its partners at once; neither knows of it. What a partner knows itself it says itself
(`app/partners/causes.py`). Nothing here changes anything, or asks more than one location.
"""
