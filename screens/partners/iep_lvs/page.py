"""What the screens of IEP LVS share after signing in: the session, the menu, and how lists and facts are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.partners.iep_lvs import account
from models.board import Location
from models.partners.iep_lvs import IepSchool
from screens.partners.frame import PartnerScreen
from screens.partners.iep_lvs import routes
from screens.shared.dialogs import unless_changed
from screens.shared.label import Label
from screens.shared.link import ArrowKeys
from screens.shared.records import RecordList
from screens.shared.text import plain

MARKS = {"good": "✓ ", "bad": "▲ "}


@dataclass(frozen=True)
class Session:
    """Who is signed in to IEP LVS, and for which location; it is not the user of ESIS."""

    user: str
    location: Location


@dataclass(frozen=True)
class Paged:
    """A source for a list that asks for its rows a page at a time."""

    counted: Callable[[], int]
    read: Callable[[int, int], Sequence[Any]]

    def count(self) -> int:
        """How many rows there are."""
        return self.counted()

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        """These rows, in order."""
        return self.read(offset, limit)


class Ways(ArrowKeys):
    """The links of a page."""


class ReadingList(RecordList):
    """A list in which there is nothing to open."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter does nothing here, so it is not offered."""
        return False if action == "choose" else super().check_action(action, parameters)


class IepPage(PartnerScreen):
    """A screen of IEP LVS for its schoolbeheerder, who sees the own school only."""

    BRAND = "IEP LVS"
    MENU = routes.MENU

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    @property
    def school(self) -> IepSchool:
        """The account, read afresh."""
        return account.school_of(self.session.location)

    def who(self, *, short: bool) -> str:
        """The user and the school; only its BRIN6 where there is little room."""
        school = self.school
        return f"{self.session.user}, {school.brin6 if short else f'{school.name} ({school.brin6})'}"

    def open_menu(self, key: str) -> None:
        """Go to an entry of the menu, asking first when a form was changed."""
        unless_changed(self.changed, self.app.push_screen, lambda: routes.open_entry(self, key))


def facts(lines: Iterable[tuple[str, str]], width: int = 24) -> str:
    """Labels with their values, a line each, the values under one another."""
    return "\n".join(f"{label:<{width}}{value}" for label, value in lines)


def counted(number: int, one: str, more: str) -> str:
    """`1 leerling`, `2 leerlingen`."""
    return f"{number} {one if number == 1 else more}"


def show_line(label: Label, sentence: str, kind: str = "") -> None:
    """Show a sentence as good (✓) or bad (▲) news or, without a kind, as it is; nothing when it is empty."""
    label.update(plain(f"{MARKS.get(kind, '')}{sentence}"))
    label.display = bool(sentence)
    for name in MARKS:
        label.set_class(name == kind, name)
