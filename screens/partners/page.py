"""What the screens of every partner's program share after sign-in: the session, the menu, lists and facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.content import Content
from textual.screen import Screen

from app.partners import elsewhere
from app.targets import Why
from models.board import Location
from screens.partners.frame import PartnerScreen
from screens.partners.routes import SIGN_OUT, Routes
from screens.shared import keys
from screens.shared.dialogs import Confirm, unless_changed
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.text import paragraphs, plain

MARKS = {"good": "✓ ", "bad": "× "}


@dataclass(frozen=True)
class Session:
    """Who is signed in to a partner's program, and for which location; not the ESIS user."""

    user: str
    location: Location


@dataclass(frozen=True)
class Paged:
    """A source for a list that reads its rows a page at a time."""

    counted: Callable[[], int]
    read: Callable[[int, int], Sequence[Any]]

    def count(self) -> int:
        """How many rows there are."""
        return self.counted()

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        """These rows, in order."""
        return self.read(offset, limit)


class Way(Link):
    """A line that leads somewhere: a name and, after a colon, what is there."""

    COMPONENT_CLASSES = {"way--about"}
    DEFAULT_CSS = """
    Way { width: 1fr; padding: 0 1 0 2; text-style: bold; }
    Way .way--about { color: $label; text-style: not bold; }
    Way:focus .way--about { color: $on-focus; }
    """

    def render(self) -> Content:
        """The name, and what is there as far as there is room."""
        text = plain(self.text)
        name, colon, _ = self.text.partition(":")
        if not colon:
            return text
        if self.screen.has_class("-narrow") and text.cell_length > self.content_size.width:
            return plain(name)
        text = text.truncate(self.content_size.width, ellipsis=True)
        return (
            text
            if self.has_focus
            else text.stylize(self.get_visual_style("way--about", partial=True), len(name) + len(": "))
        )


class Ways(ArrowKeys):
    """The links of a page."""

    DEFAULT_CSS = "Ways { height: auto; width: 1fr; }"
    BINDINGS = [
        keys.FIRST("edge(0)", id="partner.first-way", show=False, tooltip="Gaat naar het eerste."),
        keys.LAST("edge(-1)", id="partner.last-way", show=False, tooltip="Gaat naar het laatste."),
    ]

    def action_edge(self, side: int) -> None:
        """To the first or the last link."""
        self.query(Link)[side].focus()


class PartnerPage(PartnerScreen):
    """A screen of a partner's program for its signed-in user, who sees only their own location.

    Set `ROUTES` (and `PARTNER`) once in a base class of the program; override `called` if the partner's name for the
    school differs from that in ESIS.
    """

    ROUTES: Routes

    def __init_subclass__(cls, **options: Any) -> None:
        """Take the menu from the routes."""
        super().__init_subclass__(**options)
        if "ROUTES" in cls.__dict__:
            cls.MENU = cls.ROUTES.menu

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def called(self) -> tuple[str, str]:
        """The location as this partner knows it: its name and BRIN6."""
        return self.session.location.name, self.session.location.brin6

    def who(self) -> str:
        """The user."""
        return self.session.user

    def place(self, *, short: bool) -> str:
        """The school."""
        name, brin6 = self.called()
        return brin6 if short else f"{name} ({brin6})"

    def open_menu(self, key: str) -> None:
        """Go to an entry of the menu, asking first when a form was changed."""
        if key == SIGN_OUT and not self.changed_below:
            self._ask_to_sign_out()
        else:
            unless_changed(self.changed_below, self.app.push_screen, lambda: self.ROUTES.open_entry(self, key))

    def _ask_to_sign_out(self) -> None:
        """It is the last of a menu that arrows go along, so one press of Enter is not enough."""
        question = f"Afmelden bij {self.PARTNER.name}?"
        told = "Om hier verder te werken, meldt u zich opnieuw aan. In ESIS blijft u aangemeld."

        def answered(yes: bool | None) -> None:
            if yes:
                self.ROUTES.open_entry(self, SIGN_OUT)

        self.app.push_screen(Confirm(question, told, "Afmelden"), answered)


class Explained(PartnerPage):
    """A screen with the partner's side of a coupling or transfer: `!` asks ESIS why nothing comes. Set `WHY`; put it
    before the program's own page class in the bases.
    """

    WHY = ""
    """The coupling's type, or the transfer."""
    BINDINGS = [
        keys.WHY(
            "why",
            Why.TITLE,
            id="partner.why",
            tooltip="Gaat naar ESIS, dat beide kanten vergelijkt en zegt wat er mis is.",
        ),
    ]

    def action_why(self) -> None:
        """Open it in ESIS, if the user is signed in there too."""
        if self.esis.actor is None:
            self.say("Meld u eerst aan in ESIS (F6): daar staan beide kanten naast elkaar.", severity="warning")
        else:
            self.esis.go(Why(self.WHY))


def pages_of(kind: type[PartnerPage]) -> Callable[[Screen[Any]], list[tuple[str, Callable[[], object]]]]:
    """For `PartnerProgram.pages`: menu, tabs and more, on screens of this kind (after sign-in)."""

    def pages(screen: Screen[Any]) -> list[tuple[str, Callable[[], object]]]:
        if not isinstance(screen, kind):
            return []
        entries = (*kind.ROUTES.menu, *kind.ROUTES.tabs, *kind.ROUTES.more)
        opening = partial(kind.ROUTES.open_entry, screen)
        return [(title, partial(screen.open_menu if key == SIGN_OUT else opening, key)) for key, title in entries]

    return pages


def facts(lines: Iterable[tuple[str, str]], width: int = 24) -> str:
    """Labels with their values, one per line, the values aligned."""
    return "\n".join(f"{label:<{width}}{value}" for label, value in lines)


def talks_to(board_id: int, partner: str) -> list[tuple[str, str]]:
    """The line that says that this partner talks to another ESIS than the own one; empty if it does not."""
    told = elsewhere.told(board_id, partner)
    return [("Praat met", told)] if told else []


@dataclass(frozen=True)
class News:
    """A sentence, and whether it is good (✓) or bad (×) news or neither."""

    sentence: str = ""
    kind: str = ""

    def show(self, label: Label) -> None:
        """Show it; hide the label if it is empty."""
        show_line(label, self.sentence, self.kind)


def show_line(label: Label, sentence: str, kind: str = "") -> None:
    """Show a sentence as a card of good (✓) or bad (×) news, or of what needs attention if it begins with `!`; else as
    it is. Hides the label if it is empty.
    """
    kind = kind or ("warn" if sentence.startswith("! ") else "")
    text = paragraphs(f"{MARKS.get(kind, '')}{sentence}")
    label.update(text.stylize("bold", 0, text.plain.replace("\n", " ").find(". ") + 1) if kind else text)
    label.display = bool(sentence)
    label.set_class(bool(kind), "card")
    for name in (*MARKS, "warn"):
        label.set_class(name == kind, name)
