"""What the screens of Gynzy share after signing in: the account."""

from __future__ import annotations

from app.partners.gynzy import account
from app.partners.gynzy.partner import PARTNER
from models.partners.gynzy import GynzySchool
from screens.partners.gynzy.routes import ROUTES
from screens.partners.page import PartnerPage


class GynzyPage(PartnerPage):
    """A screen of Gynzy for its beheerder, who sees the own school only."""

    PARTNER = PARTNER
    ROUTES = ROUTES

    @property
    def school(self) -> GynzySchool:
        """The account, read afresh."""
        return account.school_of(self.session.location)
