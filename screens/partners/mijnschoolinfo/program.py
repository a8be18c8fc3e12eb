"""Mijnschoolinfo as a program of its own."""

from __future__ import annotations

from screens.partners.mijnschoolinfo.page import MsiPage
from screens.partners.mijnschoolinfo.sign_in import MsiSignIn
from screens.partners.page import pages_of
from screens.shell.programs import Program

PROGRAM = Program("mijnschoolinfo", "Mijnschoolinfo", MsiSignIn, pages_of(MsiPage), order=3)
