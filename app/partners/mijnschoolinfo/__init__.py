"""Mijnschoolinfo: the parents' app, which ESIS feeds once a day, one way (seed 002; issue 4)."""

from app.partners.mijnschoolinfo.delivery import JOB
from app.partners.mijnschoolinfo.overview import holding

JOBS = [JOB]

__all__ = ["JOBS", "holding"]
