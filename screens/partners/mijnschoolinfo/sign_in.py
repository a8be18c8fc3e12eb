"""The sign-in screen of Mijnschoolinfo."""

from __future__ import annotations

from app.partners.mijnschoolinfo import account
from app.partners.mijnschoolinfo.partner import PARTNER
from screens.partners.mijnschoolinfo.home import Home
from screens.partners.sign_in import HELP_OF_ALL, PartnerSignIn


class MsiSignIn(PartnerSignIn):
    """Sign in at Mijnschoolinfo, for one school."""

    PARTNER = PARTNER
    HOME = Home
    USER = account.ADMINISTRATOR
    HELP = (
        "Mijnschoolinfo, de app voor ouders en verzorgers, is een ander programma dan ESIS, met eigen gebruikers en eigen "
        "gegevens. Meld u aan als beheerder van uw school. " + HELP_OF_ALL
    )
