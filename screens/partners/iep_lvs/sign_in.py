"""The sign-in screen of IEP LVS (sources.md#iep-lvs)."""

from __future__ import annotations

from collections.abc import Sequence

from app.partners.iep_lvs import account, overview
from app.partners.iep_lvs.partner import PARTNER
from models.board import Location
from screens.partners.iep_lvs.home import Home
from screens.partners.sign_in import HELP_OF_ALL, PartnerSignIn


class IepSignIn(PartnerSignIn):
    """Sign in at IEP LVS, for one school."""

    PARTNER = PARTNER
    HOME = Home
    USER = account.ADMINISTRATOR
    HELP = (
        "IEP LVS is een ander programma dan ESIS, met eigen gebruikers. Meld u aan als schoolbeheerder van uw school. "
        + HELP_OF_ALL
    )

    def schools(self) -> Sequence[tuple[Location, str]]:
        """The locations, named as in Details."""
        here = overview.accounts(self.esis.board.id)
        return [(school.location, f"{school.name} ({school.brin6})") for school in here]
