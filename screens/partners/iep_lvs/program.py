"""IEP LVS as a program of its own."""

from __future__ import annotations

from screens.partners.iep_lvs.sign_in import IepSignIn
from screens.programs import Program

PROGRAM = Program("iep-lvs", "IEP LVS", IepSignIn)
