"""Assessments and results: which exist, how results arrive or are typed in, which count and what they are worth."""
