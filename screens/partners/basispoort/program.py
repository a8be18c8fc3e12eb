"""Basispoort as a program of its own."""

from __future__ import annotations

from screens.partners.basispoort.page import BasispoortPage
from screens.partners.basispoort.sign_in import BasispoortSignIn
from screens.partners.page import pages_of
from screens.shell.programs import Program

PROGRAM = Program("basispoort", "Basispoort", BasispoortSignIn, pages_of(BasispoortPage), order=4)
