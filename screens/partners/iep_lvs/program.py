"""IEP LVS as a program of its own."""

from __future__ import annotations

from screens.partners.iep_lvs.page import IepPage
from screens.partners.iep_lvs.sign_in import IepSignIn
from screens.partners.page import pages_of
from screens.shell.programs import Program

PROGRAM = Program("iep-lvs", "IEP LVS", IepSignIn, pages_of(IepPage), order=1)
