"""IEP LVS as a partner."""

from __future__ import annotations

from app.partners.iep_lvs.checks import CHECKS
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.iep_lvs.explaining import EXPLANATIONS
from app.partners.iep_lvs.overview import holding
from app.partners.iep_lvs.seeding import begin, open_account
from app.partners.iep_lvs.sittings import JOB as SITTINGS
from app.partners.results_supplier import delivering
from app.partners.results_supplier.declaring import partner_of

PARTNER = partner_of(
    SUPPLIER,
    open_account,
    begin=begin,
    jobs=(SITTINGS, delivering.job(SUPPLIER, "IEP LVS naar ESIS: resultaten")),
    explanations=tuple(EXPLANATIONS),
    holding=holding,
    practice_code="1234567890abcd",
    checks=CHECKS,
)
