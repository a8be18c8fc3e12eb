"""The toy as a program of its own."""

from __future__ import annotations

from app.partners.toy.partner import PARTNER
from screens.partners.toy.pages import SignIn, ToyPage

from screens.partners.page import pages_of
from screens.shell.programs import PartnerProgram
from screens.shell.themes import Colour

PROGRAM = PartnerProgram(PARTNER, SignIn, pages_of(ToyPage), colour=Colour("#b3471d", "#9c3a12", "#800000"))
