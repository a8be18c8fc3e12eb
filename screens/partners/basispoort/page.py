"""What Basispoort's screens share after sign-in: the account."""

from __future__ import annotations

from app.partners.basispoort import account
from app.partners.basispoort.partner import PARTNER
from models.partners.basispoort import BasispoortSchool
from screens.partners.basispoort.routes import ROUTES
from screens.partners.page import PartnerPage


class BasispoortPage(PartnerPage):
    """A screen of Basispoort for its ICT-coördinator, who sees only their own school."""

    PARTNER = PARTNER
    ROUTES = ROUTES

    @property
    def school(self) -> BasispoortSchool:
        """The account, freshly read."""
        return account.school_of(self.session.location)
