"""Mijnschoolinfo: the parents' app, which ESIS feeds once a day, one way (seed 002; issue 4)."""

from app.partners.mijnschoolinfo.delivery import JOB
from app.partners.mijnschoolinfo.esis_notes import news
from app.partners.mijnschoolinfo.explaining import EXPLANATIONS
from app.partners.mijnschoolinfo.overview import holding

JOBS = [JOB]

__all__ = ["EXPLANATIONS", "JOBS", "holding", "news"]
