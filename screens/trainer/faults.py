"""Trainer > Storingen: switch a partner's disturbances on and off, and move school time to see the effect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.content import Content

from app.permissions import Permission
from app.targets import SchoolTime
from app.training import disturbances
from app.training.disturbances import Disturbance
from screens.shared import keys
from screens.shared.facts import Act, Fact, Row, Section
from screens.shared.records import Column
from screens.shared.text import plain
from screens.trainer.page import EnterActs, TrainerPage


class FaultsPage(TrainerPage):
    """Every disturbance of every partner."""

    PATH = ("Trainer", "Storingen")
    PERMISSION = Permission.SET_FAULTS
    CHANGE = "Aan of uit"
    LIST = EnterActs
    ONE = "Storing"
    MORE = (("cut_off", "Naar 17:00"), ("morning", "Naar morgenochtend"))
    WITHOUT_ROW = ("add", "cut_off", "morning")
    NOTE = "Enter of spatie zet een storing van dit bestuur aan of uit."
    COLUMNS = (
        Column("Bij", lambda row: row.system, 15, order=True),
        Column("Wat er misgaat", lambda row: row.text, order=True),
        Column(
            "Staat",
            lambda row: f"● {row.standing}" if row.on else f"○ {row.standing}",
            11,
            order=True,
            style=lambda row: "bold warn" if row.on else "hint",
        ),
    )
    HELP = (
        "Storingen zijn voor een les: de leerling ziet het gevolg en zoekt de oorzaak. Onbereikbaar, te traag en halverwege "
        "gaan over het antwoord van ESIS. Een andere verificatiecode en andere leerlingnummers staan bij de partner, en "
        "uitzetten brengt terug wat er stond; wat iemand intussen zelf herstelde, blijft hersteld. Alles nog een keer "
        "verzenden gebeurt eenmalig, in de volgende nacht.\n\n"
        "De meeste storingen ziet u pas na een nacht: kies Naar morgenochtend, of F9 voor een ander moment."
    )
    BINDINGS = [
        keys.TICK(
            "change",
            "Aan of uit",
            id="trainer.switch",
            tooltip="Zet de storing waar u op staat aan of uit.",
        ),
        keys.OPEN("change", "Aan of uit", id="trainer.switch", show=False, tooltip="Doet dat ook."),
        keys.no_key(
            "morning",
            "Morgenochtend",
            id="trainer.morning",
            tooltip="Zet de schooltijd naar morgenochtend en laat zien wat er gebeurt.",
        ),
    ]

    def rows(self) -> Sequence[Disturbance]:
        """Their state on the user's board."""
        return disturbances.offered(self.actor.board.id)

    def detail(self, row: Disturbance) -> Iterable[Row]:
        """What goes wrong and where, and what shows it."""
        yield Content.assemble(plain(row.text).stylize("bold"))
        yield Section(row.system)
        yield Fact("Staat", row.standing)
        yield Act("Enter", "Aan of uit", "meteen")
        yield Act("F9", "Schooltijd", "zet haar vooruit")
        yield Content("")
        yield Content("De meeste storingen ziet u pas na een nacht.")

    def action_change(self) -> None:
        """Switch it on or off."""
        row: Any = self.chosen
        if row is not None and self._may():
            actor = self.actor
            self.perform(lambda: disturbances.switch(actor, row.partner, row.kind, not row.on), self.say)

    def action_cut_off(self) -> None:
        """Move to the next 17:00."""
        self.esis.go(SchoolTime("cut-off"))

    def action_morning(self) -> None:
        """Move to the next morning."""
        self.esis.go(SchoolTime("morning"))
