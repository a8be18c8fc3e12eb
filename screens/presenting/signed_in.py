"""Who is signed in where in a program, to sign the same users in again once its board was put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.board import Location, User
from screens.partners.page import PartnerPage, Session
from screens.partners.sign_in import PartnerSignIn
from screens.shell.esis import EsisApp
from screens.shell.programs import partner_looks


@dataclass(frozen=True)
class SignedIn:
    """Who was signed in, in ESIS and at the partners, and which program was in front."""

    user: str
    """Empty: nobody."""
    location: Location | None
    partners: Mapping[str, Session]
    program: str

    @classmethod
    def now(cls, app: EsisApp) -> SignedIn:
        """Who is."""
        actor = app.actor
        pages = {
            partner: [page for page in app._screen_stacks.get(partner, ()) if isinstance(page, PartnerPage)]
            for partner in partner_looks()
        }
        sessions = {partner: found[0].session for partner, found in pages.items() if found}
        return cls(actor.name if actor else "", actor.location if actor else None, sessions, app.current_mode)

    async def again(self, app: EsisApp) -> None:
        """Sign them in on the board that is open now, in a program in which nobody is; each at the start."""
        with app.batch_update():
            user = User.get_or_none(User.board == app.board, User.name == self.user)
            if user is not None:
                app.signed_in(user, Location.get_by_id(self.location.id) if self.location else None)
            for partner, session in self.partners.items():
                await app.switch_mode(partner)
                if isinstance(app.screen, PartnerSignIn):
                    await app.push_screen(app.screen.HOME(session))
            if app.current_mode != self.program:
                await app.switch_mode(self.program)
