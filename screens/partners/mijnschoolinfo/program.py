"""Mijnschoolinfo as a separate program."""

from __future__ import annotations

from app.partners.mijnschoolinfo.partner import PARTNER
from screens.partners.mijnschoolinfo.page import MsiPage
from screens.partners.mijnschoolinfo.preview import PreviewScreen
from screens.partners.mijnschoolinfo.sign_in import MsiSignIn
from screens.partners.page import pages_of
from screens.shell.programs import PartnerProgram

PROGRAM = PartnerProgram(PARTNER, MsiSignIn, pages_of(MsiPage), PreviewScreen)
