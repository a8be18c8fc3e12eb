"""IEP LVS, Bureau ICE's system: accounts, pupils from Basispoort, test windows, sittings, and its half of the coupling.

A program of its own with its own users and data; it knows ESIS only through the web service (seed 000 B).
"""

from __future__ import annotations

from app.partners.iep_lvs.delivery import JOB as DELIVERY
from app.partners.iep_lvs.explaining import EXPLANATIONS
from app.partners.iep_lvs.overview import holding
from app.partners.iep_lvs.sittings import JOB as SITTINGS

JOBS = [SITTINGS, DELIVERY]

__all__ = ["EXPLANATIONS", "JOBS", "holding"]
