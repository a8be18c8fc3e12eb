"""Mijnschoolinfo as a partner."""

from __future__ import annotations

from app.partners.mijnschoolinfo import account
from app.partners.mijnschoolinfo.checks import CHECKS
from app.partners.mijnschoolinfo.delivery import JOB
from app.partners.mijnschoolinfo.esis_notes import form_note, news
from app.partners.mijnschoolinfo.explaining import EXPLANATIONS
from app.partners.mijnschoolinfo.overview import holding
from app.partners.partner import Partner
from models.partners.mijnschoolinfo import MsiSchool

PARTNER = Partner(
    id=account.ID,
    name=account.NAME,
    open_account=lambda new: account.open_account(new.location, new.password_hash),
    jobs=(JOB,),
    explanations=tuple(EXPLANATIONS),
    holding=holding,
    news=news,
    form_note=form_note,
    asks="de contactgegevens van ouders en verzorgers",
    account=MsiSchool,
    connect=lambda location, code: account.connect(account.school_of(location), code),
    practice_code="ouders1234567890",
    checks=CHECKS,
)
