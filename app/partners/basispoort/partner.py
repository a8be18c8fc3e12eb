"""Basispoort as a partner."""

from __future__ import annotations

from app.partners.basispoort import publishers
from app.partners.basispoort.account import ID, NAME
from app.partners.basispoort.arriving import news
from app.partners.basispoort.checks import CHECKS
from app.partners.basispoort.explaining import EXPLANATIONS
from app.partners.basispoort.overview import holding
from app.partners.basispoort.seeding import begin, open_account
from app.partners.basispoort.transfer import JOBS
from app.partners.partner import Caller, Partner

PARTNER = Partner(
    id=ID,
    name=NAME,
    open_account=open_account,
    begin=begin,
    jobs=tuple(JOBS),
    explanations=tuple(EXPLANATIONS),
    holding=holding,
    news=news,
    caller=Caller(ID, NAME, has_code=False),
    checks=CHECKS,
    words={"PUBLISHER": tuple(row.id for row in publishers.PUBLISHERS)},
)
