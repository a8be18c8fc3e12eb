"""Beheer > Uitgeverijen: tick who gets the pupils; a tick takes effect after one night (sources.md#transfers)."""

from __future__ import annotations

from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult

from app import clock
from app.partners.basispoort import publishers
from app.partners.basispoort.publishers import PublisherRow
from screens.partners.basispoort.page import BasispoortPage
from screens.partners.page import show_line
from screens.shared.fields import Field, TicksField
from screens.shared.forms import Form
from screens.shared.label import Label
from screens.shared.panel import Panel

SAVE = "Sla uitgeverijen op"


class Publishers(BasispoortPage):
    """Every publisher, with its tick."""

    HERE = "management"
    PATH = ("Beheer", "Uitgeverijen")
    HELP = (
        "Kruis met de spatiebalk aan welke uitgeverijen de groepen en leerlingen van de school krijgen, en kies Sla "
        "uitgeverijen op (F2). Een nieuw vinkje werkt na een nacht. Haalt u een vinkje weg, dan levert Basispoort niets "
        "meer; wat de uitgeverij al heeft, blijft daar staan.\n\n"
        "IEP is IEP LVS in deze oefenomgeving. Achter de andere uitgeverijen zit hier geen programma."
    )

    def body(self) -> ComposeResult:
        """What it is for, and the ticks."""
        if self._shown is None:
            self._shown = self.read()
        note = Label(
            "De aangevinkte uitgeverijen krijgen elke nacht om 1:00 de groepen en leerlingen. Een nieuw vinkje "
            "werkt na een nacht.",
            classes="note",
        )
        told = Label("", id="publishers-told")
        told.display = False
        yield Panel("Uitgeverijen", note, Form([_field(self._shown)], submit=SAVE), told)

    def read(self) -> list[tuple[PublisherRow, str]]:
        """Every publisher, with how it stands."""
        today = clock.school_today(self.esis.board)
        width = max(len(item.title) for item in publishers.PUBLISHERS) + 2
        return [(row, f"{row.title:<{width}}{_standing(row, today)}") for row in publishers.rows(self.school)]

    def show(self, found: list[tuple[PublisherRow, str]]) -> None:
        """Show changes saved elsewhere or made overnight, unless something was ticked here."""
        if not self.changed and found != self._shown:
            self._shown = found
            self.call_later(self._rebuild)

    async def _rebuild(self) -> None:
        told = self._told
        await self.recompose()
        self.show_frame(self._bar)
        self._tell(told)
        self.focus_start()

    _told = ""
    _shown: list[tuple[PublisherRow, str]] | None = None
    """What the ticks were made of; None until it is read."""

    def _tell(self, sentence: str) -> None:
        self._told = sentence
        show_line(self.query_one("#publishers-told", Label), sentence, "good" if sentence else "")

    @on(Form.Submitted)
    def _save(self, event: Form.Submitted) -> None:
        school, wanted = self.school, set(event.values["publishers"])
        self.perform(lambda: publishers.save(school, wanted), self._saved)

    def _saved(self, changed: bool) -> None:
        self.query_one(Form).keep()
        self._tell("De uitgeverijen zijn opgeslagen." if changed else "Er is niets veranderd.")


def _field(shown: list[tuple[PublisherRow, str]]) -> Field:
    ticked = tuple(row.id for row, _ in shown if row.ticked_at)
    return TicksField("publishers", "Aangevinkt", value=ticked, options=tuple((text, row.id) for row, text in shown))


def _standing(row: PublisherRow, today: date) -> str:
    """`sinds 14-4-2019`, or when a tick takes or would take effect."""
    if row.ticked_at is None or row.works_from is None:
        return f"niet; kan per {clock.dutch_date(today + timedelta(days=1))}"
    if row.works_from <= today:
        return f"sinds {clock.dutch_date(row.ticked_at.astimezone(clock.AMSTERDAM).date())}"
    return f"werkt vanaf {clock.dutch_date(row.works_from)}"
