"""What the coupling screens share: the left block, the breadcrumb, and the length of a verification code."""

from __future__ import annotations

from app.couplings import codes
from app.targets import ActivationList, EndingList, Log, MenuItem
from screens.shared.frame import EsisScreen


class CouplingsPage(EsisScreen):
    """A screen of Koppelingen."""

    ITEM = "koppelingen"
    LEFT_TITLE = "Koppelingen beheren"
    LEFT_ENTRIES = (
        (MenuItem("koppelingen"), "Koppelingenoverzicht", "Overzicht"),
        (ActivationList(), ActivationList.TITLE, "Activeren"),
        (EndingList(), EndingList.TITLE, "Beëindigen"),
        (Log(), Log.TITLE, "Logboek"),
    )


def counter(code: str) -> str:
    """How long the code is, and how long it should be."""
    return f"{len(code)} / {codes.SHORTEST}-{codes.LONGEST}"
