"""Asks who sits at a board: at the first sign-in, and whenever somebody wants to change it."""

from __future__ import annotations

from textual.widgets import Input

from models.board import Board
from screens.shared.base import BaseScreen
from screens.shared.dialogs import Typing

WHO = "Hoe heet u?"
ABOUT = "Uw naam staat op uw resultaten en op een certificaat, en in de lijst van uw trainer. Het mag leeg blijven."
ABOUT_LEARNER = "De naam staat in deze lijst, op resultaten en op een certificaat. Leeg haalt hem weg."
TITLE = "Mijn naam op resultaten"


class AskName(Typing[str]):
    """Asks for a name, which may be empty; Esc leaves it as it is."""

    HELP = (
        "Deze naam staat op resultaten, certificaten en in de klassenlijst. Leeg mag ook. Wijzigen kan later met Ctrl+P, "
        f"{TITLE}. De naam gaat weg met het bestuur, of eerder: maak het veld leeg."
    )

    def __init__(self, title: str, about: str, now: str, no: str) -> None:
        super().__init__(title, about, "Naam:", "Bewaren")
        self._now, self.no = now, no
        self.key_texts |= {"cancel": no}

    def on_mount(self) -> None:
        """Begin with the name as it is."""
        self.query_one("#word", Input).value = self._now

    def answer(self, typed: str) -> str:
        """The name as it is kept. Raises `Refused`."""
        from app.training import learners

        return learners.checked(typed)


def ask(screen: BaseScreen, board: Board, title: str = WHO, about: str = ABOUT, no: str = "Annuleren") -> None:
    """Ask for the name of who sits at a board, over a screen, and write it down."""
    from app.training import learners

    def write(name: str | None) -> None:
        if name is not None:
            screen.perform(lambda: learners.name(board, name), told)

    def told(name: str) -> None:
        screen.say(f"Op resultaten staat: {name}." if name else "Op resultaten staat geen naam.")
        screen.refresh_data()

    def show(now: str) -> None:
        screen.app.push_screen(AskName(title, about, now, no), write)

    screen.perform(lambda: learners.of(board), show)
