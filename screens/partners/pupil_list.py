"""The list of a partner's pupils, with a search field, and how it shows a pupil's name."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from app.counted import counted
from app.school.people.names import list_name
from models.shared import PupilValues
from screens.partners.page import Paged, PartnerPage
from screens.shared.controls import TextLine
from screens.shared.label import Label
from screens.shared.records import Column, ReadingList, RecordList
from screens.shared.text import plain


def name_of(pupil: PupilValues) -> str:
    """The name as in a list: `Berg, Anna van der`."""
    return list_name(pupil.first_name, pupil.prefix, pupil.last_name)


def name_and_key(pupil: PupilValues) -> str:
    """The name and key, to tell namesakes apart: `Berg, Anna van der (1042)`."""
    return f"{name_of(pupil)} ({pupil.key})"


class PupilList(PartnerPage):
    """Pupils by name. Set `COLUMNS` and `EMPTY`; implement `count` and `page`."""

    HERE = "pupils"
    PATH: tuple[str, ...] = ("Leerlingen",)
    TITLE_OF_LIST = "Leerlingen"
    ASKED = "Zoek op naam"
    NOUNS = ("leerling", "leerlingen")
    COLUMNS: tuple[Column, ...] = ()
    EMPTY = ""
    LIST: type[RecordList] = ReadingList

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
        """The count, the search field and the list."""
        yield Label(plain(self.TITLE_OF_LIST), classes="title")
        if told := self.intro():
            yield Label(plain(told), classes="paragraph")
        with Horizontal(classes="partner-find"):
            yield Label(f"{self.ASKED} ", classes="inline-label")
            yield TextLine(id="pupils-asked")
            yield Label("", id="pupils-count")
        yield self.LIST(list(self.COLUMNS), empty=self.EMPTY, id="pupils")

    def refresh_data(self) -> None:
        """Read again."""
        super().refresh_data()
        self._show(keep_cursor=True)

    def _show(self, *, keep_cursor: bool) -> None:
        asked, listed = self.query_one("#pupils-asked", Input).value, self.query_one("#pupils", RecordList)
        listed.show(Paged(partial(self.count, asked), partial(self.page, asked)), keep_cursor)
        self.query_one("#pupils-count", Label).update(plain(counted(listed.row_count, *self.NOUNS)))

    @on(Input.Changed, "#pupils-asked")
    def _typed(self) -> None:
        self._show(keep_cursor=False)

    @on(Input.Submitted, "#pupils-asked")
    def _to_list(self) -> None:
        self.query_one("#pupils").focus()
