"""What the coupling screens share: the left block, the breadcrumb, and the length of a verification code."""

from __future__ import annotations

from app.couplings import codes, lifecycle
from app.couplings.catalogue import CouplingType
from app.permissions import Permission
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


class CopiesCode(CouplingsPage):
    """A screen on which the verification code of a coupling can be copied."""

    def copied(self) -> CouplingType | None:
        """The coupling whose code is copied."""
        raise NotImplementedError

    def action_copy_code(self) -> None:
        """Copy the code to the program's clipboard, and ask the terminal to copy it too."""
        kind = self.copied()
        if kind is not None:
            self.look_up(lambda: self._code_of(kind), lambda code: self._copy_code(kind, code))

    def _code_of(self, kind: CouplingType) -> str:
        self.actor.require(Permission.MANAGE_COUPLINGS)
        coupling = lifecycle.live(self.actor.location, kind.type)
        return coupling.code or "" if coupling else ""

    def _copy_code(self, kind: CouplingType, code: str) -> None:
        if not code:
            self.say("Er is geen verificatiecode om te kopiëren.", severity="warning")
            return
        self.app.copy_to_clipboard(code)
        self.say(f"Gekopieerd: {code}. Plak hem in {kind.partner} met Ctrl+V.")


def counter(code: str) -> str:
    """How long the code is, and how long it should be."""
    return f"{len(code)} / {codes.SHORTEST}-{codes.LONGEST}"
