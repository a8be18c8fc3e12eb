"""Choosing any number of pupils: a list to search and tick, with those already chosen first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input

from app.partners.mijnschoolinfo import lists
from models.partners.mijnschoolinfo import MsiPupil
from screens.partners.mijnschoolinfo.page import MsiPage, listed_name
from screens.partners.page import Paged, Session
from screens.partners.pupil_list import Matches
from screens.shared import keys
from screens.shared.controls import Buttons, TextLine, push_button
from screens.shared.filter_line import FilterLine
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, TickList
from screens.shared.searching import Searching
from screens.shared.sources import ready
from screens.shared.text import plain


@dataclass(frozen=True)
class Chosen:
    """A pupil already chosen when the screen opened."""

    id: int


class ChoosePupils(Searching, MsiPage):
    """Returns the pupils' numbers in the order they were ticked; Esc returns nothing."""

    HERE = "school"
    PATH = ("Leerlingen kiezen",)
    HELP = (
        "De spatiebalk kruist een leerling aan of haalt het kruisje weg, * kruist alles aan wat gevonden is. F3 gaat naar het "
        "zoekveld; wat u al aankruiste blijft aangekruist. F2 is klaar, Esc verandert niets."
    )
    BINDINGS = [
        keys.DONE("submit", "Gereed", id="form.submit", tooltip="Neemt de aangekruiste leerlingen over."),
        keys.SEARCH("to_search", "Zoekveld", id="keep.search", tooltip="Gaat naar het zoekveld."),
        keys.DOWN(
            "to_list",
            "Naar de lijst",
            id="keep.list",
            show=False,
            tooltip="Gaat van het zoekveld naar de lijst.",
        ),
    ]

    def __init__(self, session: Session, title: str, chosen: Collection[int] = ()) -> None:
        super().__init__(session)
        self._title, self._first = title, list(chosen)
        self._asked = self._shown = ""

    def body(self) -> ComposeResult:
        """The search field, the list, and what is ticked."""
        yield FilterLine(TextLine(id="msi-asked", placeholder="naam of nummer"), "keep.search", count="msi-ticked")
        columns = [
            Column("Naam", listed_name, 30),
            Column("Groepen", lambda row: ", ".join(row.belongs) or "geen", 14),
            Column("Herkomst", lambda row: row.why),
        ]
        yield TickList(columns, empty="Er is geen leerling gevonden.", id="msi-choice", title=self._title)
        with Buttons():
            yield push_button("Gereed", id="msi-done", variant="primary")

    @property
    def _list(self) -> RecordList:
        return self.query_one("#msi-choice", RecordList)

    def on_mount(self) -> None:
        """Tick those already chosen."""
        self._list.marked = {number: Chosen(number) for number in self._first}

    def focus_start(self) -> None:
        """Focus the list."""
        self._list.focus()

    def read(self) -> Matches:
        """Who matches what is typed."""
        school, asked = self.school, self._asked
        source = Paged(
            partial(lists.count, MsiPupil, school, asked),
            lambda offset, limit: lists.pupils(school, asked, offset=offset, limit=limit),
        )
        return Matches(asked, ready(source))

    def show(self, found: Matches) -> None:
        """Show them."""
        self._list.show(found.source, keep_cursor=found.asked == self._shown)
        self._shown = found.asked
        self._tell()
        self.search_shown()

    @on(Input.Changed, "#msi-asked")
    def _typed(self, event: Input.Changed) -> None:
        self._asked = event.value
        self.refresh_data()

    @on(RecordList.Marked, "#msi-choice")
    def _tell(self) -> None:
        self.query_one("#msi-ticked", Label).update(plain(f"{len(self._list.marked)} aangekruist"))

    @property
    def changed(self) -> bool:
        """Whether leaving would lose ticks."""
        return set(self._list.marked) != set(self._first)

    def action_to_search(self) -> None:
        """Go to the search field."""
        self.query_one("#msi-asked").focus()

    @on(Input.Submitted, "#msi-asked")
    def action_to_list(self) -> None:
        """Go to the list."""
        self.enter()

    def to_found(self) -> None:
        """Go to who was found."""
        self._list.focus()

    @property
    def sought(self) -> bool:
        """Whether something else is searched for than is shown."""
        return self._asked != self._shown

    @on(Button.Pressed, "#msi-done")
    def action_submit(self) -> None:
        """Return the ticked pupils."""
        self.dismiss(list(self._list.marked))
