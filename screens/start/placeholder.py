"""Pages for what cannot be opened: a menu item that is not built, or one that the role does not allow."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from app.targets import MenuItem
from fixtures.menu import Item, item_by_id
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.panel import Panel
from screens.shared.text import paragraphs, plain


class Near(ArrowKeys):
    """Links to related items."""


class Placeholder(EsisScreen):
    """What the item is for in ESIS, that it is not built here, and which related items are."""

    HELP = (
        "Dit onderdeel van ESIS is niet nagebouwd. De pagina vertelt waar het voor dient en wat er in de buurt wel is."
    )

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self.PATH = item.steps

    def body(self) -> ComposeResult:
        """The explanation and the links."""
        yield Panel(
            self.item.title,
            Label(paragraphs(self.item.what), classes="paragraph"),
            Label("? Dit onderdeel zit niet in deze oefenomgeving.", classes="help"),
        )
        if self.item.near:
            with Panel("Wel in de buurt"), Near(id="near"):
                for near in map(item_by_id, self.item.near):
                    yield Link(f"{near.title}  ({near.path})", key=near.id, classes="near")

    def on_mount(self) -> None:
        """Start at the first related item."""
        for link in self.query("#near Link").results(Link):
            link.focus()
            break

    @on(Link.Chosen, ".near")
    def _open(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.go(MenuItem(event.link.key))


class NotAllowedPage(EsisScreen):
    """Why this role may not open the item."""

    HELP = "Uw rol geeft geen toegang tot dit onderdeel. De pagina zegt welke rollen dat wel doen."

    def __init__(self, item: Item, reason: str) -> None:
        super().__init__()
        self.item = item
        self.reason = reason
        self.PATH = item.steps

    def body(self) -> ComposeResult:
        """The reason."""
        yield Panel(self.item.title, Label(plain(f"× {self.reason}"), classes="attention"))
        with Panel("Wat u kunt doen"), Near():
            yield Link("Terug", key="back", classes="way")
            yield Link("Afmelden / andere gebruiker", key="sign-out", classes="way")

    @on(Link.Chosen, ".way")
    def _go(self, event: Link.Chosen) -> None:
        event.stop()
        if event.link.key == "back":
            self.action_back()
        else:
            self.esis.sign_out()
