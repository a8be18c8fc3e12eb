"""The nightly delivery of IEP LVS, the same as that of every supplier."""

from __future__ import annotations

from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.results_supplier import delivering

JOB = delivering.job(SUPPLIER, "IEP LVS naar ESIS: resultaten")
