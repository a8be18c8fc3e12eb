"""The list of a partner's pupils, with a search field, and how it shows a pupil's name."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from app.counted import counted
from app.school.people.names import list_name
from models.shared import PupilValues
from screens.partners.page import Paged, PartnerPage
from screens.shared import keys
from screens.shared.controls import TextLine
from screens.shared.filter_line import FilterLine
from screens.shared.label import Label
from screens.shared.records import Column, ReadingList, RecordList
from screens.shared.searching import Searching
from screens.shared.sources import Ready, ready
from screens.shared.text import plain


def name_of(pupil: PupilValues) -> str:
    """The name as in a list: `Berg, Anna van der`."""
    return list_name(pupil.first_name, pupil.prefix, pupil.last_name)


def name_and_key(pupil: PupilValues) -> str:
    """The name and key, to tell namesakes apart: `Berg, Anna van der (1042)`."""
    return f"{name_of(pupil)} ({pupil.key})"


@dataclass(frozen=True)
class Matches:
    """The rows that match a search text."""

    asked: str
    source: Ready


class PupilList(Searching, PartnerPage):
    """Pupils by name. Set `COLUMNS` and `EMPTY`; implement `count` and `page`."""

    HERE = "pupils"
    PATH: tuple[str, ...] = ("Leerlingen",)
    TITLE_OF_LIST = "Leerlingen"
    ASKED = "een deel van de naam"
    """What can be typed in the search field."""
    NOUNS = ("leerling", "leerlingen")
    COLUMNS: tuple[Column, ...] = ()
    EMPTY = ""
    LIST: type[RecordList] = ReadingList
    BINDINGS = [
        keys.SEARCH("to_search", "Zoekveld", id="keep.search", tooltip="Gaat naar het zoekveld.", show=False),
        keys.DOWN("to_list", "Naar de lijst", id="keep.list", show=False, tooltip="Gaat van het zoekveld verder."),
    ]
    _asked = _shown = ""
    """What is searched for, and what was when the list was last shown."""

    @abstractmethod
    def count(self, asked: str) -> int:
        """How many pupils match the search text."""

    @abstractmethod
    def page(self, asked: str, offset: int, limit: int) -> Sequence[Any]:
        """These rows of the matches, each with a `pupil`."""

    def intro(self) -> str:
        """What is shown above the list, if anything."""
        return ""

    def body(self) -> ComposeResult:
        """The search field, how many there are, and the list."""
        if told := self.intro():
            yield Label(plain(told), classes="paragraph")
        yield FilterLine(TextLine(id="pupils-asked", placeholder=self.ASKED), "keep.search", count="pupils-count")
        yield self.LIST(list(self.COLUMNS), empty=self.EMPTY, id="pupils", title=self.TITLE_OF_LIST)

    def focus_start(self) -> None:
        """Start in the list."""
        self.query_one("#pupils").focus()

    def read(self) -> Matches:
        """Who matches what is typed."""
        asked = self._asked
        return Matches(asked, ready(Paged(partial(self.count, asked), partial(self.page, asked))))

    def show(self, found: Matches) -> None:
        """Show them."""
        self.query_one("#pupils", RecordList).show(found.source, keep_cursor=found.asked == self._shown)
        self._shown = found.asked
        self.query_one("#pupils-count", Label).update(plain(counted(found.source.total, *self.NOUNS)))
        self.search_shown()

    @on(Input.Changed, "#pupils-asked")
    def _typed(self, event: Input.Changed) -> None:
        self._asked = event.value
        self.refresh_data()

    def action_to_search(self) -> None:
        """Go to the search field."""
        self.query_one("#pupils-asked").focus()

    @on(Input.Submitted, "#pupils-asked")
    def action_to_list(self) -> None:
        """Go to the list."""
        self.enter()

    def to_found(self) -> None:
        """Go to who was found."""
        self.query_one("#pupils").focus()

    @property
    def sought(self) -> bool:
        """Whether something else is searched for than is shown."""
        return self._asked != self._shown
