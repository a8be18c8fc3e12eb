"""Gynzy as a program of its own."""

from __future__ import annotations

from screens.partners.gynzy.page import GynzyPage
from screens.partners.gynzy.sign_in import GynzySignIn
from screens.partners.page import pages_of
from screens.shell.programs import Program

PROGRAM = Program("gynzy", "Gynzy", GynzySignIn, pages_of(GynzyPage), order=2)
