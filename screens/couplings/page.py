"""What the coupling screens share: the left block, the breadcrumb, and the length of a verification code."""

from __future__ import annotations

from app.couplings import codes, lifecycle
from app.couplings.catalogue import CouplingType
from app.permissions import Permission
from app.refusals import Refused
from app.targets import ActivationList, EndingList, Log, MenuItem
from screens.shared.base import BaseScreen
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


def copy_code(screen: BaseScreen, kind: CouplingType) -> None:
    """Copy the code of a live coupling to the program's clipboard, and ask the terminal to copy it too."""
    try:
        screen.actor.require(Permission.MANAGE_COUPLINGS)
    except Refused as refusal:
        screen.show_refusal(refusal)
        return
    coupling = lifecycle.live(screen.actor.location, kind.type)
    code = "" if coupling is None else lifecycle.visible_code(screen.actor, coupling)
    if not code:
        screen.say("Er is geen verificatiecode om te kopiëren.", severity="warning")
        return
    screen.app.copy_to_clipboard(code)
    screen.say(f"Gekopieerd: {code}. Plak hem in {kind.partner} met Ctrl+V.")


def counter(code: str) -> str:
    """How long the code is, and how long it should be."""
    return f"{len(code)} / {codes.SHORTEST}-{codes.LONGEST}"
