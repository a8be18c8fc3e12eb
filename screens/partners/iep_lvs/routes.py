"""The ways between the screens of IEP LVS: its menu and the tabs of Beheer > School (seed 000 B2-B4)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.partners.iep_lvs.page import IepPage, Session

MENU = (
    ("home", "Start"),
    ("pupils", "Leerlingen"),
    ("assessments", "Toetsen"),
    ("management", "Beheer"),
    ("sign-out", "Afmelden"),
)
TABS = (
    ("details", "Details"),
    ("basispoort", "Basispoort"),
    ("coupling", "Resultaatkoppeling"),
    ("windows", "Vensters"),
)
_SCREENS = {
    "pupils": "pupils:Pupils",
    "assessments": "assessments:Assessments",
    "management": "management:Management",
    "details": "details:Details",
    "basispoort": "basispoort:Basispoort",
    "coupling": "coupling:ResultsCoupling",
    "windows": "windows:Windows",
}


def make(key: str, session: Session) -> IepPage:
    """The screen with this key."""
    module, _, kind = _SCREENS[key].partition(":")
    page: IepPage = getattr(import_module(f"screens.partners.iep_lvs.{module}"), kind)(session)
    return page


def open_entry(page: IepPage, key: str) -> None:
    """Go to an entry of the menu: back to the start of the program, and from there to the screen."""
    app, session = page.app, page.session
    floor = 1 if key == "sign-out" else 2
    while len(app.screen_stack) > floor:
        app.pop_screen()
    if key in _SCREENS:
        app.push_screen(make(key, session))
