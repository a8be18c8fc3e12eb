"""Lessons: draaiboeken that the learner carries out and the program checks, and their stored progress."""
