"""Startpagina: what needs attention, the school's messages, and shortcuts to the most used screens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult

from app.diagnosis import attention
from app.diagnosis.attention import Notice
from app.permissions import NO_ROLE, Permission
from app.school.board import messages
from app.targets import Lessons, MenuItem, MenuTab, Target
from fixtures import menu
from models.school import Message
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.text import paragraphs, plain


class Links(ArrowKeys):
    """A list of links."""


class StartPage(EsisScreen):
    """The first screen after signing in."""

    ITEM = "startpagina"
    HELP = (
        "De Startpagina toont wat aandacht vraagt en de berichten van de school. Ga met de pijltjestoetsen naar een regel "
        "en druk op Enter: elke regel opent het scherm dat helpt.\n\n"
        "Alle onderdelen staan onder de tab Mijn Menu (F10). Zoeken op naam gaat met Ctrl+P."
    )
    _targets: Mapping[str, Target] = {}
    """Where the notices lead, by line key."""
    SHORTCUTS = ("mijn-groep", "leerlingenadministratie", "koppelingen", "berichten-overzicht", "help")

    def body(self) -> ComposeResult:
        """Welcome, attention, messages, shortcuts."""
        yield Label("", id="welcome", classes="title")
        refused = self.actor.reasons(Permission)
        with Links(id="start"):
            yield Label("Vraagt aandacht", classes="subtitle")
            yield Links(id="notices")
            yield Label("Berichten", classes="subtitle")
            yield Label("", id="messages", classes="paragraph")
            yield Label("Ga naar", classes="subtitle")
            yield Link("Mijn Menu: alle onderdelen", key="mijn-menu", classes="tab-way")
            for key in self.SHORTCUTS:
                item = menu.item_by_id(key)
                reason = refused.get(item.permission, "") if item.permission else ""
                yield Link(item.title, key=key, reason=reason, classes="way")
            if self.esis.has_lessons:
                yield Link("Oefeningen: een les doen", key="lessons", classes="act")
            yield Link("Vestiging kiezen", key="location", classes="act")
            yield Link("Afmelden / andere gebruiker", key="sign-out", classes="act")

    def read(self) -> tuple[str, Sequence[Message], Sequence[Notice]]:
        """The place, the messages and what needs attention."""
        actor = self.actor
        place = f"{actor.location.school.name}, {actor.location.name} ({actor.location.brin6})"
        return place, messages.visible(actor), attention.notices(actor)

    def show(self, found: tuple[str, Sequence[Message], Sequence[Notice]]) -> None:
        """Show them."""
        place, written, notices = found
        self.query_one("#welcome", Label).update(plain(f"Welkom, {self.actor.name}. {place}"))
        text = (
            "\n".join(f"• {message.title}: {message.text}".removesuffix(": ") for message in written)
            or "Er zijn geen berichten."
        )
        self.query_one("#messages", Label).update(paragraphs(text))
        self.call_later(self._show_notices, notices)

    async def _show_notices(self, found: Sequence[Notice]) -> None:
        """Replace the notices, keeping the focus where it was."""
        actor = self.actor
        box = self.query_one("#notices", Links)
        self._targets = {str(notice.target): notice.target for notice in found}
        focused = self.focused.key if isinstance(self.focused, Link) and self.focused in box.query(Link) else None
        await box.remove_children()
        if not found:
            quiet = NO_ROLE if not actor.roles else "Niets vraagt nu uw aandacht."
            await box.mount(Label(plain(quiet), classes="paragraph"))
        for notice in found:
            mark = "! " if notice.urgent else "• "
            await box.mount(Link(mark + notice.text, key=str(notice.target), classes="notice"))
        if focused is not None:
            for link in box.query(Link):
                if link.key == focused:
                    link.focus()

    @on(Link.Chosen, ".notice")
    def _solve(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.go(self._targets[event.link.key])

    @on(Link.Chosen, ".way")
    def _go(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.go(MenuItem(event.link.key))

    @on(Link.Chosen, ".tab-way")
    def _menu(self, event: Link.Chosen) -> None:
        event.stop()
        self.esis.go(MenuTab(menu.EVERYTHING))

    @on(Link.Chosen, ".act")
    def _act(self, event: Link.Chosen) -> None:
        event.stop()
        if event.link.key == "location":
            self.esis.choose_location()
        elif event.link.key == "lessons":
            self.esis.go(Lessons())
        else:
            self.esis.sign_out()
