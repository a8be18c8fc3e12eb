"""IEP LVS as a program of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from screens.partners.iep_lvs.page import IepPage
from screens.partners.iep_lvs.routes import MENU, TABS, open_entry
from screens.partners.iep_lvs.sign_in import IepSignIn
from screens.programs import Program


def _pages(screen: Screen[Any]) -> list[tuple[str, Callable[[], object]]]:
    """Its menu and tabs, once somebody is signed in there."""
    if not isinstance(screen, IepPage):
        return []
    return [(title, partial(open_entry, screen, key)) for key, title in (*MENU, *TABS)]


PROGRAM = Program("iep-lvs", "IEP LVS", IepSignIn, _pages)
