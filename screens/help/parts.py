"""Onderdelen: what the screens are built from, each in every state; for who builds a screen, so not in the menu."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button

from app import clock
from app.diagnosis.coupling_status import Badge
from app.refusals import Refused
from app.runs import State
from app.targets import Parts
from app.workers.nights import Mark, Moment
from screens.shared import signs
from screens.shared.block import Block
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Confirm
from screens.shared.facts import Act, Fact, Facts, Section
from screens.shared.fields import ChoiceField, Field, FieldRow, TextField, TickField
from screens.shared.figures import LEVELS, growth_cell, level_cell
from screens.shared.forms import Form
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.panel import Empty, Panel
from screens.shared.timeline import Happened, Timeline, metro_line


def _at(day: int, time: str) -> datetime:
    return clock.parse_moment(f"2020-04-{day:02}T{time}")


NIGHT = (
    Moment(_at(22, "04:00"), Mark.DONE, "IEP LVS → ESIS", "25 nieuw"),
    Moment(_at(22, "08:00"), Mark.NOW, "nu"),
    Moment(_at(22, "17:00"), Mark.INACTIVE, "Peilmoment", "niet actief"),
    Moment(_at(23, "01:00"), Mark.PLANNED, "Basispoort → IEP LVS", "leerlingen"),
    Moment(_at(23, "08:00"), Mark.MORNING, "morgenochtend"),
)
BEFORE = (
    Moment(_at(23, "04:00"), Mark.PLANNED, "volgende"),
    Moment(_at(19, "04:00"), Mark.FAILED, "", "IEP LVS onbereikbaar"),
)
NIGHTS = [Mark.DONE] * 2 + [Mark.FAILED] + [Mark.DONE] * 4


def _refuse(_typed: object) -> None:
    raise Refused("Begin met 99QQ00.")


class PartsScreen(EsisScreen):
    """The parts, each in every state; tests and people look at them here."""

    PATH = (Parts.TITLE,)
    HELP = "Waaruit de schermen bestaan, voor wie een scherm bouwt: elk onderdeel in elke stand."
    DEFAULT_CSS = """
    #parts { height: auto; }
    #parts > Vertical { width: 1fr; height: auto; }
    #parts FieldRow .line > .label { width: 12; }
    #parts FieldRow .under { padding: 0 0 0 14; }
    """

    def body(self) -> ComposeResult:
        """Three columns, and the line of the night below them."""
        with Horizontal(id="parts"):
            with Vertical():
                yield Panel("Merken", Label(self._badges()))
                yield Panel("Beide helften", Label(self._halves()), told="1 van 3 actief")
                yield Panel("Niveau en groei", Label(self._levels()))
                yield Panel("Leeg", Empty("Er zijn nog geen berichten.", "Schrijf er een.", "N"))
            with Vertical():
                yield Panel("Velden", Form(self._fields(), id="fields"))
                with Panel("Knoppen"), Buttons():
                    yield push_button("Gevaar", id="danger", variant="error")
                    yield push_button("Uit", disabled=True)
            with Vertical():
                yield Panel("Gegevens", Facts(self._facts(), id="known"))
                yield Panel("Schooltijd", Timeline(NIGHT))
                yield Panel("Uitwisselingen", Happened(BEFORE))
        night = Block("Vannacht", opens=False)
        night.tell(partial(metro_line, NIGHT), "F9 zet de schooltijd vooruit")
        yield night

    def on_mount(self) -> None:
        """One field is wrong from the start."""
        for row in self.query("#row-wrong").results(FieldRow):
            row.show_error(row.verdict())

    @staticmethod
    def _badges() -> Content:
        badges = [signs.coupling_badge(badge) for badge in Badge]
        return Content("\n").join([*badges, Content("  ").join(signs.run_badge(state) for state in State)])

    @staticmethod
    def _halves() -> Content:
        halves = [signs.both_halves(badge, "IEP LVS", width=7) for badge in Badge]
        return Content("\n").join([*halves, signs.nights(NIGHTS), signs.meter(3, 16, 14)])

    @staticmethod
    def _levels() -> Content:
        levels = Content(" ").join(level_cell(one, 5) for one in LEVELS)
        return Content.assemble(levels, "\n", Content(" ").join(growth_cell(one, 4) for one in (9, -3, 0, None)))

    @staticmethod
    def _facts() -> list[Fact | Section | Act | Content]:
        return [
            Content.assemble(("Bureau ICE", "bold"), "  ", signs.coupling_badge(Badge.ACTIVE)),
            Section("Koppeling"),
            Fact("Omschrijving", "Resultaten, elke nacht"),
            Fact("Voorwaarden", "downloaden", link="terms"),
            Act("F7", "Wijzigen", "de code, of stoppen"),
        ]

    @staticmethod
    def _fields() -> list[Field]:
        return [
            TextField("name", "Naam", required=True, value="R. de Vries", help="Zoals op school."),
            TickField("agree", "Akkoord", value=True),
            ChoiceField("kind", "Soort", value="a", options=(("Groep", "a"), ("Leerling", "b"))),
            TextField("wrong", "Fout", value="99QX", check=_refuse),
        ]

    @on(Form.Submitted)
    def _nothing(self) -> None:
        self.say("Hier wordt niets bewaard.")

    @on(Facts.Chosen)
    def _chosen(self, event: Facts.Chosen) -> None:
        self.say(f"Gekozen: {event.link}")

    @on(Button.Pressed, "#danger")
    def _ask(self) -> None:
        gentler = "Alleen even stoppen? Verwijder dan de verificatiecode."
        asked = Confirm(
            "Koppeling IEP LVS beëindigen?",
            "Vannacht komen er geen toetsresultaten meer uit IEP LVS. Wat al ontvangen is, blijft staan.",
            "Beëindigen",
            danger=True,
            gentler=gentler,
        )
        self.app.push_screen(asked)
