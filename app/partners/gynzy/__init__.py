"""Gynzy: pupils practise there in worlds; groups and pupils come from ESIS, results go there (domain.md 7.4).

A program of its own with its own users and data; it knows ESIS only through the web service.
"""

from __future__ import annotations

from app.partners.gynzy.explaining import EXPLANATIONS, news
from app.partners.gynzy.night import JOB
from app.partners.gynzy.overview import holding

JOBS = [JOB]

__all__ = ["EXPLANATIONS", "JOBS", "holding", "news"]
