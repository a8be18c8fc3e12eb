"""The sign-in screen of IEP LVS; its accounts are not those of ESIS."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Label

from screens.partners.frame import PartnerScreen


class IepSignIn(PartnerScreen):
    """Who are you, at IEP LVS."""

    BRAND = "IEP LVS"

    def body(self) -> ComposeResult:
        """The form."""
        yield Label("IEP LVS", classes="title")
