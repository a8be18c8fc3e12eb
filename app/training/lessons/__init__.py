"""Lessons: a draaiboek that the learner does and the program checks; what is kept of it."""
