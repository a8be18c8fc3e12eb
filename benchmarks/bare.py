"""The baseline: bare Textual apps with the same widgets as our screens, without a database or rules.

`python -m benchmarks.bare sign-in|menu|form|list` opens one; with `--svg FILE` it saves its picture without a terminal.
Stock widgets only: DataTable for our RecordList, a focusable Static for our Link.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Checkbox, DataTable, Footer, Input, Label, Static

USERS = (
    ("rovict", "Directie"),
    ("appbeheer", "Applicatiebeheerder"),
    ("leerkracht6", "Leerkracht"),
    ("ib", "Intern begeleider"),
    ("administratie", "Administratief medewerker"),
    ("trainer", "Trainer"),
    ("zonderrol", "geen rol: ziet geen gegevens"),
)
COLUMNS = (("Naam", 48), ("Leerlingnummer", 14), ("Geboren", 10), ("Groep", 10), ("Leerjaar", 8), ("Status", 13))
PUPILS = 220
LONG = "Een gemandateerde gebruiker van het bestuur of de school gaat akkoord met de gebruikersvoorwaarden. " * 2


class Line(Static, can_focus=True):
    """A focusable line."""


def field(label: str, content: Widget) -> Vertical:
    """A label, an asterisk, an input or another widget, and the line for an error."""
    line = Horizontal(Label(label, classes="label"), Label("*", classes="star"), content, classes="line")
    return Vertical(line, Label("", classes="error"), classes="field")


def text_input(name: str) -> Input:
    """An input as in our forms."""
    return Input(id=name, select_on_focus=False, compact=True)


class Bare(App[None]):
    """The base of all these apps."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        (key, f"note('{key}')", title)
        for key, title in (
            ("f1", "Help"),
            ("f6", "Programma"),
            ("f9", "Schooltijd"),
            ("f10", "Menu"),
            ("ctrl+p", "Zoeken"),
            ("f2", "Gereed"),
            ("escape", "Terug"),
        )
    ]
    CSS = """
    .bar, .line, .buttons { height: 1; }
    .field, .auto, .column, .group, .row { height: auto; width: auto; }
    .field, .form { width: 1fr; height: auto; }
    .label { width: 23; } .star { width: 2; } .line > Input { width: 1fr; }
    .error { display: none; }
    .left { width: 27; height: auto; border: round $primary; }
    .wide { width: 1fr; }
    Line { width: auto; height: 1; margin: 0 2 0 0; }
    Line:focus { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    #status { width: 1fr; height: 2; }
    DataTable { height: 1fr; } #users { height: 9; }
    """

    def action_note(self, key: str) -> None:
        """Do nothing: the action of the footer's keys."""

    def compose(self) -> ComposeResult:
        """The frame: a bar with tabs, a breadcrumb, the body, the keys."""
        with Horizontal(classes="bar"):
            yield Label("ESIS")
            for number in range(8):
                yield Line(f"Tabblad {number}")
            yield Label("di 14-4-2020 09:00")
        with Horizontal(classes="bar"):
            yield Label("Beheer > Onderdeel", classes="wide")
            yield Label("99QQ00 di 14-4-2020 09:00 rovict")
        with Horizontal():
            yield from self.body()
        yield Footer(show_command_palette=False)

    def body(self) -> ComposeResult:
        """The body, which differs per app."""
        yield from ()


class SignIn(Bare):
    """Two fields, a button and a list of users; without the bars of the frame."""

    def compose(self) -> ComposeResult:
        """The whole screen."""
        with VerticalScroll():
            yield Label("ESIS")
            yield Label("Oefenomgeving voor koppelingen: alle leerlingen en medewerkers zijn verzonnen.")
            with Vertical(classes="form"):
                yield field("Gebruiker", text_input("user"))
                yield field("Wachtwoord", text_input("password"))
                with Horizontal(classes="buttons"):
                    yield Button("Aanmelden", compact=True, variant="primary")
            with Vertical(classes="form"):
                yield Label("Gebruikers van het oefenbestuur; het wachtwoord is steeds: oefenen")
                yield DataTable(id="users", cursor_type="row")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Add the users."""
        listed: DataTable[Any] = self.query_one(DataTable)
        listed.add_columns("Gebruiker", "Rol")
        listed.add_rows(USERS)
        self.query_one("#user").focus()


class Menu(Bare):
    """Headings and items in columns; arrow keys go to the next or previous."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "go(1)", ""),
        ("up", "go(-1)", ""),
        ("right", "go(6)", ""),
        ("left", "go(-6)", ""),
    ]

    def body(self) -> ComposeResult:
        """As many items as Mijn Menu has."""
        with Vertical():
            with VerticalScroll(can_focus=False), Horizontal(classes="auto"):
                for column in range(5):
                    with Vertical(classes="column"):
                        for heading in range(3):
                            with Vertical(classes="group"):
                                yield Label(f"Kop {column} {heading}")
                                for item in range(4 if heading else 3):
                                    yield Line(f"Onderdeel {item} van dit menu", classes="item")
            yield Label("Wat het onderdeel doet", id="status")

    def on_mount(self) -> None:
        """Focus the first item."""
        self.items = list(self.query(".item"))
        self.items[0].focus()

    def action_go(self, steps: int) -> None:
        """Move to another item, and show its description."""
        place = self.items.index(self.focused) if self.focused in self.items else 0
        place = max(0, min(len(self.items) - 1, place + steps))
        self.items[place].focus()
        self.query_one("#status", Label).update(f"Wat onderdeel {place} doet in ESIS, in een zin.")


class FormApp(Bare):
    """The form of an activation, with a character counter."""

    def body(self) -> ComposeResult:
        """A block on the left, the facts, the fields."""
        with Vertical(classes="left"):
            for number in range(4):
                yield Line(f"Koppeling {number}")
        with VerticalScroll():
            yield Label("Koppeling activeren")
            for number in range(4):
                yield Horizontal(
                    Label(f"Gegeven {number}", classes="label"), Label("*"), Label("Bureau ICE"), classes="line"
                )
            with Vertical(classes="form"):
                yield Vertical(Label(LONG, classes="wide"), classes="field")
                yield field("Gebruiker", Label("rovict"))
                yield field("Uw naam", text_input("name"))
                yield field("Voor akkoord", Checkbox(compact=True))
                yield field("Startdatum", Label("14-4-2020"))
                yield field("Verificatiecode", text_input("code"))
                yield Label("0 / 20-50", id="counter")
                yield Vertical(Label(LONG, classes="wide"), classes="field")
                yield Vertical(Label(LONG, classes="wide"), classes="field")
                with Horizontal(classes="buttons"):
                    yield Button("Gereed", compact=True, variant="primary")
                    yield Button("Annuleren", compact=True)

    def on_mount(self) -> None:
        """Focus the first field."""
        self.query_one("#name").focus()

    @on(Input.Changed, "#code")
    def count(self, event: Input.Changed) -> None:
        """Update the counter; only the code has one."""
        self.query_one("#counter", Label).update(f"{len(event.value)} / 20-50")


class ListApp(Bare):
    """A search field, two filters and a table of pupils."""

    def body(self) -> ComposeResult:
        """Filters, count, table."""
        with Vertical():
            yield Label("Leerlingenadministratie")
            with Horizontal(classes="bar"):
                yield Label("Zoeken ")
                yield Input(compact=True)
                yield Line("Groep: alle")
                yield Line("Status: ingeschreven")
            with Horizontal(classes="bar"):
                yield Label(f"{PUPILS} leerlingen", classes="wide")
                yield Line("Nieuwe leerling (F4)")
            yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Add the pupils, and focus the table."""
        listed: DataTable[Any] = self.query_one(DataTable)
        for title, width in COLUMNS:
            listed.add_column(title, width=width)
        listed.add_rows(
            (f"Achternaam {number}, Voornaam", str(1000 + number), "14-4-2012", "6", "6", "Ingeschreven")
            for number in range(PUPILS)
        )
        listed.focus()


APPS: dict[str, type[Bare]] = {"sign-in": SignIn, "menu": Menu, "form": FormApp, "list": ListApp}


async def picture(name: str, file: Path) -> None:
    """Save the picture of one of these apps."""
    app = APPS[name]()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        file.write_text(app.export_screenshot(), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[2:3] == ["--svg"]:
        asyncio.run(picture(sys.argv[1], Path(sys.argv[3])))
    else:
        APPS[sys.argv[1]]().run()
