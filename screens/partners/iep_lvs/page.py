"""What the screens of IEP LVS share after signing in: the account, and what it is called there."""

from __future__ import annotations

from app.partners.iep_lvs import account
from app.partners.iep_lvs.partner import PARTNER
from models.partners.iep_lvs import IepSchool
from screens.partners.iep_lvs.routes import ROUTES
from screens.partners.page import PartnerPage


class IepPage(PartnerPage):
    """A screen of IEP LVS for its schoolbeheerder, who sees the own school only."""

    PARTNER = PARTNER
    ROUTES = ROUTES

    @property
    def school(self) -> IepSchool:
        """The account, read afresh."""
        return account.school_of(self.session.location)

    def called(self) -> tuple[str, str]:
        """As in Details."""
        school = self.school
        return school.name, school.brin6
