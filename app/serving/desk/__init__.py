"""The trainer's desk: who of a class is where, and what a trainer lets their programs do.

All of it is in the memory of `esis serve` (`hub.py`), which every program behind a page talks with anyway; nothing goes
to the database, where each commit makes all open programs read again. What is said is in `messages.py`. A trainer in a
terminal talks with it by a socket of this user (`local.py`).
"""
