"""What a screen says of its list (`listing.py`): its columns, what can be done, what is told of a row, its form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen

from screens.shared.base import BaseScreen
from screens.shared.facts import Row
from screens.shared.filter_line import Filter
from screens.shared.paged_rows import identity_of
from screens.shared.records import Column, RecordList


class ListingHooks(BaseScreen):
    """What differs by list, with what most lists have."""

    PATH: tuple[str, ...]
    NEW = "Nieuw"
    """The button beside the search for a new one, as in `Nieuwe medewerker`; empty if none can be added."""
    CHANGE = "Wijzigen"
    """What opening a row is called; empty if its rows have no form."""
    DELETE = "Verwijderen"
    """What deleting, or its replacement, is called in its question; empty if nothing does."""
    MORE: tuple[tuple[str, str], ...] = ()
    """Buttons below the list: action name and text."""
    PRIMARY = ""
    """Which of these actions is what one does next."""
    WITHOUT_ROW: tuple[str, ...] = ("add",)
    """Buttons that need no row."""
    CHANGES: tuple[str, ...] = ("add", "change", "delete")
    """Actions that change what the list keeps."""
    ONE = ""
    """What one row is called, the title of the detail beside the list; empty if there is none."""
    SEARCH = True
    """Whether there is a search line."""
    COLUMNS: tuple[Column, ...] = ()
    LIST: type[RecordList] = RecordList
    """The list class; a subclass if its keys differ."""
    EMPTY = ""
    """What is missing and what to do."""

    def filters(self) -> Sequence[Filter]:
        """The filters beside the search."""
        return ()

    def title_text(self) -> str:
        """The title of the list."""
        return self.PATH[-1]

    def detail(self, row: Any) -> Iterable[Row]:
        """What is told of a row beside the list, read in a thread. May raise `Refused`."""
        raise NotImplementedError

    def identity(self, row: Any) -> Any:
        """What a row is known by when it is read again."""
        return identity_of(row)

    def above(self) -> ComposeResult:
        """What comes above the search line."""
        yield from ()

    def read_above(self) -> Any:
        """Read what is told above the list, in the thread, after the rows. May raise `Refused`."""
        return None

    def show_above(self, found: Any) -> None:
        """Show what `read_above` returned."""

    def rows(self) -> Sequence[Any]:
        """The rows, read again. May raise `Refused` if their parent is gone."""
        raise NotImplementedError

    def form(self, row: Any | None) -> Screen[Any]:
        """The form of a row, or of a new one. May raise `NotFound` if the row is gone."""
        raise NotImplementedError

    def question(self, row: Any) -> tuple[str, str]:
        """What to ask before deleting a row: the title, and what will be lost."""
        raise NotImplementedError

    def agreement(self, row: Any) -> str:  # noqa: ARG002
        """The text of the confirming button."""
        return self.DELETE

    def delete(self, row: Any) -> str:
        """Delete it through its use case; returns the sentence that says so."""
        raise NotImplementedError

    def reason(self) -> str:
        """Why these cannot be changed now, as a sentence; empty if they can."""
        return ""

    def may_look(self) -> bool:
        """Whether a user who may not change these may see them."""
        return False
