"""Assessments and results: which there are, what is received and typed in, what counts and what it is worth."""
