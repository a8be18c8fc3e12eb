"""The toy as a program of its own."""

from __future__ import annotations

from app.partners.toy.partner import PARTNER
from screens.partners.toy.pages import SignIn, ToyPage

from screens.partners.page import pages_of
from screens.shell.programs import PartnerProgram

PROGRAM = PartnerProgram(PARTNER, SignIn, pages_of(ToyPage))
