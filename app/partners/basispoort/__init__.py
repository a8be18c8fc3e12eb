"""Basispoort: pulls groups and pupils from ESIS every night and passes them on to the publishers that are ticked.

Transfer 1 of seed 000, which a school arranges here and not in ESIS. Publishers are served before the pull
(contract.md), so a pupil enrolled today is in Basispoort tomorrow and at the publisher the morning after.
"""

from __future__ import annotations

from app.partners.basispoort.account import CLIENT, CLIENT_NAME, open_account
from app.partners.basispoort.arriving import news
from app.partners.basispoort.explaining import EXPLANATIONS
from app.partners.basispoort.overview import holding
from app.partners.basispoort.publishers import IEP
from app.partners.basispoort.transfer import JOBS, publish, publishing_locations, pull, pulling_locations

__all__ = [
    "CLIENT",
    "CLIENT_NAME",
    "EXPLANATIONS",
    "IEP",
    "JOBS",
    "holding",
    "news",
    "open_account",
    "publish",
    "publishing_locations",
    "pull",
    "pulling_locations",
]
