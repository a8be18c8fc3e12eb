"""The sign-in screen of Basispoort."""

from __future__ import annotations

from app.partners.basispoort import account
from app.partners.basispoort.partner import PARTNER
from screens.partners.basispoort.home import Home
from screens.partners.sign_in import HELP_OF_ALL, PartnerSignIn


class BasispoortSignIn(PartnerSignIn):
    """Sign in at Basispoort, for one school."""

    PARTNER = PARTNER
    HOME = Home
    USER = account.COORDINATOR
    HELP = (
        "Basispoort haalt elke nacht de groepen en leerlingen uit ESIS en geeft ze door aan de uitgeverijen die de school "
        "heeft aangevinkt. Meld u aan als ICT-coördinator van uw school. " + HELP_OF_ALL
    )
