"""Gynzy as a partner."""

from __future__ import annotations

from app.partners.gynzy import account
from app.partners.gynzy.connection import SUPPLIER
from app.partners.gynzy.explaining import EXPLANATIONS, news
from app.partners.gynzy.night_elsewhere import JOB
from app.partners.gynzy.overview import holding
from app.partners.gynzy.seeding import begin
from app.partners.results_supplier.declaring import partner_of

PARTNER = partner_of(
    SUPPLIER,
    lambda new: account.open_account(new.location, new.password_hash),
    begin=begin,
    jobs=(JOB,),
    explanations=tuple(EXPLANATIONS),
    holding=holding,
    news=news,
    practice_code="gynzy1234567890",
)
