"""Werelden: switch each method's results on or off, and let a group practise or sit an assessment now."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from app import clock
from app.counted import counted
from app.partners.gynzy import methods, overview, practising
from app.partners.gynzy.connection import SUPPLIER
from app.partners.gynzy.methods import Method, MethodRow
from app.partners.results_supplier import connecting, sitting
from screens.partners.filling_in import FormPage
from screens.partners.gynzy.page import GynzyPage
from screens.partners.page import Session
from screens.shared import keys
from screens.shared.fields import ChoiceField
from screens.shared.forms import Form
from screens.shared.label import Label
from screens.shared.panel import Empty, Panel
from screens.shared.records import Column, RecordList, Rows

PRACTISE, SIT = "practise", "sit"


class Worlds(GynzyPage):
    """Gynzy's worlds."""

    HERE = "worlds"
    PATH = ("Werelden",)
    HELP = (
        "Elke wereld is een methode. Spatie zet de resultaten van de wereld waar u op staat aan of uit: alleen van wat "
        "aanstaat maakt Gynzy toetsresultaten, en gaan ze 's nachts naar ESIS. Dat kan zodra Gynzy met ESIS is gekoppeld.\n\n"
        "Enter laat een groep in de wereld oefenen of de toets maken. In ESIS moet die toets aan staan (Beheer > Toetsen > "
        "Toetsen activeren), anders weigert ESIS de resultaten tot dat zo is."
    )
    BINDINGS = [
        keys.TICK(
            "switch",
            "Resultaten aan/uit",
            id="gynzy.switch",
            tooltip="Zet de resultaten van deze methode aan of uit; dat is meteen opgeslagen.",
        ),
    ]

    def body(self) -> ComposeResult:
        """The list."""
        yield Label(
            "Spatie zet de resultaten aan of uit; Enter laat een groep oefenen of een toets maken.", classes="note"
        )
        yield RecordList(
            [
                Column("Methode", lambda row: row.method.name, order=True),
                Column("Groepen", lambda row: _years(row.method), 10),
                Column("Resultaten naar ESIS", _state, 24, style=lambda row: "ok" if row.since else "hint"),
            ],
            empty="Er zijn geen werelden.",
            id="gynzy-worlds",
            title="Werelden",
        )

    def focus_start(self) -> None:
        """Focus the list."""
        self.query_one("#gynzy-worlds").focus()

    def read(self) -> Sequence[MethodRow]:
        """The methods, on or off."""
        return methods.listed(self.school)

    def show(self, found: Sequence[MethodRow]) -> None:
        """Show them."""
        self.query_one("#gynzy-worlds", RecordList).show(Rows(found))

    def action_switch(self) -> None:
        """Switch the results on or off."""
        row: MethodRow | None = self.query_one("#gynzy-worlds", RecordList).row
        if row is None:
            return
        school, on = self.school, row.since is None
        self.perform(lambda: methods.switch(school, row.method.id, on), lambda method: self._switched(method, on))

    def _switched(self, method: Method, on: bool) -> None:
        self.say(f"De resultaten van {method.name} gaan {'voortaan' if on else 'niet meer'} naar ESIS.")

    @on(RecordList.Chosen, "#gynzy-worlds")
    def _choose(self, event: RecordList.Chosen) -> None:
        self.app.push_screen(AtWork(self.session, event.row.method))


class AtWork(FormPage, GynzyPage):
    """One world: choose the group, and whether it practises or sits the assessment."""

    HERE = "worlds"
    PATH = ("Werelden", "Aan het werk")
    HELP = (
        "Kies de groep en wat zij nu doet, en druk op F2. Oefenen brengt de leerlingen verder in de wereld. Een toets maken kan "
        "als de resultaten van de methode aan staan; iedere leerling maakt de toets van zijn eigen leerjaar, hooguit "
        "eenmaal per dag.\n\n"
        "De scores verzint de oefenomgeving, passend bij de leerling."
    )

    def __init__(self, session: Session, method: Method) -> None:
        super().__init__(session)
        self._method = method

    def body(self) -> ComposeResult:
        """The form, or why there is none."""
        groups = [row for row in overview.groups(self.school) if row.group.active and row.pupils]
        title = f"Wereld {self._method.name}: laat een groep aan het werk gaan"
        if not groups:
            told = "Ze komen de nacht na het koppelen uit ESIS."
            yield Panel(title, Empty("Er zijn nog geen groepen met leerlingen.", told))
            return
        names = tuple((_called(row), row.group.name) for row in groups)
        years = {year for item in self._method.assessments for year in item.year_groups}
        first = next((row for row in groups if row.group.year_group in years), groups[0])
        form = Form(
            [
                ChoiceField("group", "Groep", value=first.group.name, options=names),
                ChoiceField(
                    "what",
                    "Wat",
                    value=PRACTISE,
                    options=(("Een groep laten oefenen", PRACTISE), ("Een groep de toets laten maken", SIT)),
                ),
            ],
            submit="Nu doen",
        )
        yield from self.panel(title, form)

    @on(Form.Submitted)
    def _do(self, event: Form.Submitted) -> None:
        school, name, group = self.school, self._method.id, event.values["group"]
        if event.values["what"] == SIT:
            self.perform(lambda: sitting.sit(SUPPLIER, school, name, group), self._sat)
        else:
            self.perform(lambda: practising.practise(school, name, group), self._practised)

    def _practised(self, number: int) -> None:
        self._tell(number, f"geoefend in {self._method.name}.")

    def _sat(self, number: int) -> None:
        self._tell(number, f"de toets van {self._method.name} gemaakt. {connecting.then(SUPPLIER, self.school)}")

    def _tell(self, number: int, done: str) -> None:
        self.query_one(Form).keep()
        told = f"{counted(number, 'leerling heeft', 'leerlingen hebben')} {done}"
        self.tell(told)


def _years(method: Method) -> str:
    years = [year for item in method.assessments for year in item.year_groups]
    return f"{years[0]} t/m {years[-1]}"


def _state(row: MethodRow) -> str:
    return f"aan sinds {clock.dutch_date(row.since.astimezone(clock.AMSTERDAM).date())}" if row.since else "uit"


def _called(row: overview.GroupRow) -> str:
    own = ", zelf gemaakt" if row.group.own else ""
    return f"{row.group.name} ({counted(row.pupils, 'leerling', 'leerlingen')}{own})"
