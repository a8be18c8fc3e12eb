"""Mijnschoolinfo as a separate program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from app.partners.mijnschoolinfo import lists
from app.partners.mijnschoolinfo.partner import PARTNER
from screens.partners.mijnschoolinfo.page import MsiPage, listed_name
from screens.partners.mijnschoolinfo.preview import PreviewScreen
from screens.partners.mijnschoolinfo.sign_in import MsiSignIn
from screens.partners.page import pages_of
from screens.shell.programs import PartnerProgram


def pupils_named(screen: Screen[Any], asked: str, limit: int) -> list[tuple[str, str, Callable[[], object]]]:
    """The pupils of the school that is signed in, who are there."""
    if not isinstance(screen, MsiPage):
        return []
    found = lists.pupils(screen.school, asked, limit=limit)
    return [(listed_name(row), f"Leerling {row.key}".strip(), partial(_open, screen, row.id)) for row in found]


def _open(screen: MsiPage, number: int) -> None:
    from screens.partners.mijnschoolinfo.record import RecordPage

    screen.app.push_screen(RecordPage(screen.session, "pupil", number))


PROGRAM = PartnerProgram(PARTNER, MsiSignIn, pages_of(MsiPage), pupils_named, PreviewScreen)
