"""Gynzy as a separate program."""

from __future__ import annotations

from app.partners.gynzy.partner import PARTNER
from screens.partners.gynzy.page import GynzyPage
from screens.partners.gynzy.sign_in import GynzySignIn
from screens.partners.page import pages_of
from screens.shell.programs import PartnerProgram

PROGRAM = PartnerProgram(PARTNER, GynzySignIn, pages_of(GynzyPage))
