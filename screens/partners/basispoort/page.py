"""What the screens of Basispoort share after signing in: the account."""

from __future__ import annotations

from app.partners.basispoort import account
from app.partners.basispoort.partner import PARTNER
from models.partners.basispoort import BasispoortSchool
from screens.partners.basispoort.routes import ROUTES
from screens.partners.page import PartnerPage


class BasispoortPage(PartnerPage):
    """A screen of Basispoort for its ICT-coördinator, who sees the own school only."""

    PARTNER = PARTNER
    ROUTES = ROUTES

    @property
    def school(self) -> BasispoortSchool:
        """The account, read afresh."""
        return account.school_of(self.session.location)
