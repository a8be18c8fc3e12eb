"""The sign-in screen of Gynzy."""

from __future__ import annotations

from app.partners.gynzy import account
from app.partners.gynzy.partner import PARTNER
from screens.partners.gynzy.home import Home
from screens.partners.sign_in import HELP_OF_ALL, PartnerSignIn


class GynzySignIn(PartnerSignIn):
    """Sign in at Gynzy, for one school."""

    PARTNER = PARTNER
    HOME = Home
    USER = account.ADMINISTRATOR
    HELP = (
        "Gynzy is een ander programma dan ESIS, met eigen gebruikers. Meld u aan als beheerder van uw school. "
        + HELP_OF_ALL
    )
