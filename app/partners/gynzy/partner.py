"""Gynzy as a partner."""

from __future__ import annotations

from app.partners.gynzy import account, connection
from app.partners.gynzy.connection import SUPPLIER
from app.partners.gynzy.explaining import EXPLANATIONS, news
from app.partners.gynzy.night import JOB
from app.partners.gynzy.overview import holding
from app.partners.gynzy.seeding import begin, open_account
from app.partners.partner import Partner

PARTNER = Partner(
    id=SUPPLIER.client,
    name="Gynzy",
    open_account=open_account,
    begin=begin,
    jobs=(JOB,),
    explanations=tuple(EXPLANATIONS),
    holding=holding,
    news=news,
    supplier=SUPPLIER,
    account=SUPPLIER.account,
    connect=lambda location, code: connection.connect(account.school_of(location), code),
    practice_code="gynzy1234567890",
)
