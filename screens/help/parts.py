"""Onderdelen: what the screens are built from, each in every state; for who builds a screen, so not in the menu."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button

from app.refusals import Refused
from app.targets import Parts
from screens.shared import marks
from screens.shared.controls import Buttons, push_button
from screens.shared.dialogs import Confirm
from screens.shared.facts import Act, Fact, Facts, Section
from screens.shared.fields import ChoiceField, Field, FieldRow, TextField, TickField
from screens.shared.figures import LEVELS, growth_cell, level_cell
from screens.shared.forms import Form
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.marks import Halves, both_halves, in_line, meter, nights
from screens.shared.panel import Empty, Panel
from screens.shared.timeline import Happened, MetroLine, Moment, Stop, Timeline

NIGHT = (
    Moment("wo 22-4", "04:00", Stop.SUCCEEDED, "IEP LVS → ESIS", "25 nieuw"),
    Moment("wo 22-4", "08:00", Stop.NOW, "nu"),
    Moment("wo 22-4", "17:00", Stop.NOT_ACTIVE, "Peilmoment", "niet actief"),
    Moment("do 23-4", "01:00", Stop.PLANNED, "Basispoort → IEP LVS", "leerlingen"),
    Moment("do 23-4", "08:00", Stop.MORNING, "morgenochtend"),
)
BEFORE = (
    Moment("do 23-4", "04:00", Stop.PLANNED, "volgende"),
    Moment("zo 19-4", "04:00", Stop.FAILED, "", "IEP LVS onbereikbaar"),
)
NIGHTS = [marks.SUCCEEDED] * 2 + [marks.FAILED] + [marks.SUCCEEDED] * 4


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
        yield Panel("Vannacht", MetroLine(NIGHT), told="F9 zet de schooltijd vooruit")

    def on_mount(self) -> None:
        """One field is wrong from the start."""
        for row in self.query("#row-wrong").results(FieldRow):
            row.show_error(row.verdict())

    @staticmethod
    def _badges() -> Content:
        active, other, paused, failed, none, ended = marks.COUPLING_MARKS
        rows = [(active, failed), (other,), (paused,), (none,), (ended, marks.SUCCEEDED), marks.RUN_MARKS[2:]]
        return Content("\n").join(map(in_line, rows))

    @staticmethod
    def _halves() -> Content:
        return Content("\n").join([*(both_halves("IEP LVS", how) for how in Halves), nights(NIGHTS), meter(3, 16, 14)])

    @staticmethod
    def _levels() -> Content:
        levels = Content(" ").join(level_cell(one, 5) for one in LEVELS)
        return Content.assemble(levels, "\n", Content(" ").join(growth_cell(one, 4) for one in (9, -3, 0, None)))

    @staticmethod
    def _facts() -> list[Fact | Section | Act | Content]:
        return [
            Content.assemble(("Bureau ICE", "bold"), "  ", marks.ACTIVE.badge),
            Section("Koppeling"),
            Fact("Omschrijving", "Resultaten, elke nacht"),
            Fact("Voorwaarden", "downloaden", link="terms"),
            Act("W", "Wijzigen", "de code, of stoppen"),
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
