"""IEP LVS as a separate program."""

from __future__ import annotations

from app.partners.iep_lvs.partner import PARTNER
from screens.partners.iep_lvs.page import IepPage
from screens.partners.iep_lvs.sign_in import IepSignIn
from screens.partners.page import pages_of
from screens.shell.programs import PartnerProgram

PROGRAM = PartnerProgram(PARTNER, IepSignIn, pages_of(IepPage))
