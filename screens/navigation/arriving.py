"""From ESIS to a screen of a partner's program: for the same location, via the sign-in if needed."""

from __future__ import annotations

from screens.partners.page import PartnerPage
from screens.partners.routes import SIGN_OUT
from screens.partners.sign_in import PartnerSignIn
from screens.shared.dialogs import unless_changed
from screens.shared.program import EsisProgram
from screens.shell.programs import partner_names


def open_page(app: EsisProgram, program: str, key: str) -> None:
    """Bring a program to the front on the screen with this key of its routes; empty: as it was left.

    If nobody is signed in there for the ESIS user's location, the sign-in comes first, and then that screen.
    """
    title = partner_names().get(program)
    if title is None:
        return
    app.switch_mode(program)
    page = next((screen for screen in reversed(app.screen_stack) if isinstance(screen, PartnerPage)), None)
    if not key:
        return
    if page is None:
        _after_signing_in(app, title, key)
    elif app.actor is not None and page.session.location != app.actor.location:

        def change_school() -> None:
            page.ROUTES.open_entry(page, SIGN_OUT)
            _after_signing_in(app, title, key)

        unless_changed(page.changed_below, app.push_screen, change_school)
    else:
        page.open_menu(key)


def _after_signing_in(app: EsisProgram, title: str, key: str) -> None:
    sign_in = app.screen_stack[0]
    if isinstance(sign_in, PartnerSignIn):
        sign_in.wanted = key
        app.notify(f"Meld u aan bij {title}; daarna opent het scherm dat u nodig heeft.", markup=False)
