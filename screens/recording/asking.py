"""The windows of a recording: what to add to it, and what is in it so far. They are no part of what is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from app.counted import counted
from app.exchange.names import folded
from app.refusals import Refused
from app.training.scripts import sense
from app.training.scripts.errors import WrongLine
from app.training.scripts.grammar import parse
from app.training.scripts.recorded import Recording
from screens.shared import keys
from screens.shared.answers import Answers
from screens.shared.controls import TextLine
from screens.shared.dialogs import CLOSES, Box, Choose, Dialog, Typing
from screens.shared.label import Label
from screens.shared.text import fitted, plain

Answer = TypeVar("Answer")
WIDEST, AROUND = 72, 14
"""Cells of a line in these windows at most, and of a screen beside it."""
MOST = 200
"""Lines shown at once; typing finds the others."""
WAYS = (
    ("expect", "Verwachten wat er te zien is"),
    ("check", "Controleren wat er op het bestuur veranderde"),
    ("shot", "Plaatje van dit scherm"),
    ("heading", "Nieuwe stap, met een kop"),
    ("sentence", "Zin voor de lezer"),
    ("lines", "De regels tot nu toe"),
    ("undo", "Laatste regel weghalen"),
    ("end", "Opname beëindigen"),
)
"""What can be added, and the rest."""


class RecorderWindow(ModalScreen[Answer], Generic[Answer]):
    """Marks a window as one of the recording itself."""


class More(Choose, RecorderWindow[str]):
    """What to do with the recording."""

    HELP = (
        "Hiermee voegt u iets toe aan het draaiboek dat wordt opgenomen. Wat u op de schermen doet, komt er vanzelf in."
    )

    def __init__(self, number: int) -> None:
        super().__init__(f"Opname: {counted(number, 'regel', 'regels')}", list(WAYS))


class Pick(Dialog[str], RecorderWindow[str]):
    """One of many texts, found by typing a part of it."""

    DEFAULT_CSS = """
    #pick { width: 84; height: 24; }
    #pick OptionList { height: 1fr; max-height: 100%; margin: 1 0 0 0; }
    """
    HELP = "Typ een deel van de tekst en kies met de pijltjes en Enter."
    BINDINGS = [
        CLOSES,
        keys.DOWN("step(1)", "Omlaag", id="pick.down", show=False, tooltip="Volgende gevonden regel."),
        keys.UP("step(-1)", "Omhoog", id="pick.up", show=False, tooltip="Vorige gevonden regel."),
    ]

    def __init__(self, title: str, options: Sequence[tuple[str, str]]) -> None:
        """`options`: what each returns, and its text."""
        super().__init__()
        self._title, self._options = title, options
        self._shown: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        """A field and the matches."""
        with Box(self._title, id="pick"):
            yield TextLine(placeholder="Typ een deel van de tekst", id="pick-asked")
            found = Answers(id="pick-found")
            found.can_focus = False
            yield found

    def on_mount(self) -> None:
        """Type at once."""
        self._find("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._find(event.value)

    def _find(self, asked: str) -> None:
        words = folded(asked).split()
        self._shown = [one for one in self._options if all(word in folded(one[1]) for word in words)][:MOST]
        found = self.query_one(OptionList)
        found.clear_options()
        if self._shown:
            room = min(WIDEST, self.app.size.width - AROUND)
            found.add_options([Option(plain(fitted(text, room))) for _, text in self._shown])
            found.highlighted = 0
        else:
            found.add_option(Option(plain("Niets gevonden."), disabled=True))

    def action_step(self, rows: int) -> None:
        """Move through the matches while typing goes on."""
        found = self.query_one(OptionList)
        found.action_cursor_down() if rows > 0 else found.action_cursor_up()

    @on(Input.Submitted)
    def _entered(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None and self._shown:
            self.dismiss(self._shown[place][0])

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if self._shown:
            self.dismiss(self._shown[event.option_index][0])


class Sentence(Typing[str], RecorderWindow[str]):
    """A heading, or a sentence for the reader."""

    def answer(self, typed: str) -> str:
        """What was typed. Raises `Refused` for nothing."""
        if not typed:
            raise Refused("Typ een tekst.")
        return typed


class ShotName(Sentence):
    """The name of a picture."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__("Plaatje", "Het scherm van nu, voor de handleiding en als gouden scherm.", "Naam", "Opnemen")
        self._known = known

    def answer(self, typed: str) -> str:
        """The name. Raises `Refused` for one that cannot be, or is there already."""
        name = super().answer(typed).lower().replace(" ", "-")
        try:
            sense.check(parse(f"shot {name}"))
        except WrongLine as wrong:
            raise Refused(str(wrong)) from wrong
        if name in self._known:
            raise Refused(f"Het plaatje '{name}' is er al.")
        return name


class SoFar(Dialog[None], RecorderWindow[None]):
    """What was recorded so far; the last of it can be taken away."""

    DEFAULT_CSS = """
    #so-far { width: 100; height: 28; }
    #so-far OptionList { height: 1fr; max-height: 100%; }
    """
    HELP = "Dit staat er tot nu toe in het draaiboek. Delete haalt de laatste regel weg."
    BINDINGS = [
        CLOSES,
        keys.REMOVE("undo", "Laatste weg", id="recording.undo", tooltip="Haalt de laatste regel weg."),
    ]

    def __init__(self, recording: Recording) -> None:
        super().__init__()
        self._recording = recording

    def compose(self) -> ComposeResult:
        """The lines."""
        with Box("Opgenomen", id="so-far"):
            yield Answers(id="so-far-lines")
            yield Label("", id="so-far-told", classes="dialog-hint")

    def on_mount(self) -> None:
        """The last ones are of now."""
        self._show()
        self.query_one(OptionList).focus()

    def _show(self) -> None:
        listed, lines = self.query_one(OptionList), self._recording.shown()
        listed.clear_options()
        listed.add_options([Option(plain(line)) for line in lines])
        listed.highlighted = len(lines) - 1 if lines else None
        self.query_one("#so-far-told", Label).update(plain("" if lines else "Er is nog niets opgenomen."))

    def action_undo(self) -> None:
        """Take the last one away."""
        self._recording.undo()
        self._show()
