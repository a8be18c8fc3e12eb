"""IEP LVS as a partner."""

from __future__ import annotations

from app.partners.iep_lvs import account, connection
from app.partners.iep_lvs.checks import CHECKS
from app.partners.iep_lvs.connection import SUPPLIER
from app.partners.iep_lvs.delivery import JOB as DELIVERY
from app.partners.iep_lvs.explaining import EXPLANATIONS
from app.partners.iep_lvs.overview import holding
from app.partners.iep_lvs.seeding import begin, open_account
from app.partners.iep_lvs.sittings import JOB as SITTINGS
from app.partners.partner import Partner

PARTNER = Partner(
    id=SUPPLIER.client,
    name="IEP LVS",
    open_account=open_account,
    begin=begin,
    jobs=(SITTINGS, DELIVERY),
    explanations=tuple(EXPLANATIONS),
    holding=holding,
    supplier=SUPPLIER,
    account=SUPPLIER.account,
    connect=lambda location, code: connection.connect(account.school_of(location), code),
    practice_code="1234567890abcd",
    checks=CHECKS,
)
