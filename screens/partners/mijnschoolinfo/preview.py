"""Wat gebeurt er vannacht, opened from the coupling's page in ESIS."""

from __future__ import annotations

from textual.app import ComposeResult

from app.partners.mijnschoolinfo import account
from app.permissions import Permission
from screens.partners.mijnschoolinfo.delivery_preview import PREVIEW_HELP, PreviewList
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.text import plain


class PreviewScreen(EsisScreen):
    """What Mijnschoolinfo will get from this location."""

    ITEM = "koppelingen"
    BELOW = ("Mijnschoolinfo", "Vannacht")
    HELP = f"{PREVIEW_HELP}\n\nMijnschoolinfo toont hetzelfde bij Koppeling > Vannacht."

    def body(self) -> ComposeResult:
        """The preview, or why there is none."""
        if reason := self.actor.reason(Permission.VIEW_ALL_PUPILS):
            yield Label(plain(reason), classes="paragraph attention")
        else:
            yield PreviewList(account.school_of(self.actor.location))

    def show(self, found: None) -> None:  # noqa: ARG002
        """Rehearse again."""
        for listed in self.query(PreviewList):
            listed.look()
