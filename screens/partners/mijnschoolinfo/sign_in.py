"""The sign-in screen of Mijnschoolinfo."""

from __future__ import annotations

from app.partners.mijnschoolinfo import account
from screens.partners.mijnschoolinfo.home import Home
from screens.partners.sign_in import HELP_OF_ALL, PartnerSignIn


class MsiSignIn(PartnerSignIn):
    """Who are you, at Mijnschoolinfo, and of which school."""

    DEFAULT_CLASSES = f"{PartnerSignIn.DEFAULT_CLASSES} parents"
    BRAND = account.CLIENT_NAME
    HOME = Home
    PARTNER = account.CLIENT
    USER = account.ADMINISTRATOR
    HELP = (
        "Mijnschoolinfo, de app voor ouders en verzorgers, is een ander programma dan ESIS, met eigen gebruikers en eigen "
        "gegevens. Meld u aan als beheerder van uw school. " + HELP_OF_ALL
    )
