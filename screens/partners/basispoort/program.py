"""Basispoort as a separate program."""

from __future__ import annotations

from app.partners.basispoort.partner import PARTNER
from screens.partners.basispoort.page import BasispoortPage
from screens.partners.basispoort.sign_in import BasispoortSignIn
from screens.partners.page import pages_of
from screens.shell.programs import PartnerProgram

PROGRAM = PartnerProgram(PARTNER, BasispoortSignIn, pages_of(BasispoortPage))
