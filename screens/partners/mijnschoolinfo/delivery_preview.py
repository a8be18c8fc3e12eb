"""Wat gebeurt er vannacht: every addition and removal of the coming delivery, in Mijnschoolinfo and in ESIS.

The rehearsal is the delivery itself, so it takes as long: it runs off the UI thread and shows its progress.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from app import clock
from app.counted import counted
from app.exchange.names import folded
from app.partners.mijnschoolinfo import delivery_preview
from app.partners.mijnschoolinfo.delivery_preview import DeliveryPreview
from app.partners.mijnschoolinfo.lines import Action, Kind
from app.school.groups import natural_key
from models.partners.mijnschoolinfo import MsiLine, MsiSchool
from screens.partners.mijnschoolinfo.page import CouplingTab, MsiPage
from screens.partners.page import show_line
from screens.partners.tabs import TABS_HELP
from screens.shared import keys
from screens.shared.controls import TextLine
from screens.shared.filter_line import FilterLine
from screens.shared.label import Label
from screens.shared.reads_beside import ReadsBeside
from screens.shared.records import Column, ReadingList, RecordList, Rows
from screens.shared.text import paragraphs, plain

KINDS = {"first": "de eerste levering", "night": "de dagelijkse levering", "year": "de eerste na de jaarovergang"}
TONES: Mapping[str, str] = {Action.REMOVED: "bad", Action.DOUBT: "warn", Action.ADDED: "ok"}
"""The colour of what happens; the word says it too."""
COLUMNS = (
    Column("Wat", lambda row: row.kind, 10, order=True),
    Column("Naam", lambda row: row.name, 28, order=True),
    Column("Bijzonderheden", lambda row: row.detail, order=True),
)
PREVIEW_HELP = (
    "Alles wat de komende levering toevoegt, herkent, verplaatst, indeelt, koppelt of verwijdert, voordat het gebeurt; of waarom "
    "er niets komt. Wat u nog voor 17:00 in ESIS invoert, komt erbij. Typ een deel van een naam om te zoeken, S sorteert, E "
    "bewaart de lijst."
)
_KINDS = list(Kind)


def in_groups(rows: Iterable[MsiLine]) -> list[MsiLine]:
    """Removals and doubts first, then additions, grouped by kind, each by name."""
    first = (
        Action.REMOVED,
        Action.DOUBT,
        Action.ADDED,
        Action.MATCHED,
        Action.MOVED,
        Action.JOINED,
        Action.LINKED,
        Action.STAYS,
    )
    return sorted(
        rows,
        key=lambda row: (first.index(Action(row.action)), _KINDS.index(Kind(row.kind)), natural_key(row.name)),
    )


class Lines(Vertical):
    """The lines of a delivery, with a search field."""

    def __init__(self, empty: str, title: str, *, past: bool = False) -> None:
        super().__init__(id="msi-lines")
        self._heading = "Wat er gebeurde" if past else "Wat er gebeurt"
        self._title = title
        self._rows: Sequence[MsiLine] = ()
        self._empty = empty

    def compose(self) -> ComposeResult:
        """The search field and the list."""
        search = TextLine(id="msi-asked", placeholder="een deel van wat er staat")
        yield FilterLine(search, "keep.search", count="msi-count")
        what = Column(
            self._heading, lambda row: row.action, 15, order=True, style=lambda row: TONES.get(row.action, "")
        )
        yield ReadingList((what, *COLUMNS), empty=self._empty, id="msi-list", title=self._title)

    def show(self, rows: Sequence[MsiLine]) -> None:
        """Show these."""
        self._rows = rows
        self._fill()

    @on(Input.Changed, "#msi-asked")
    def _fill(self) -> None:
        words = folded(self.query_one("#msi-asked", Input).value).split()
        texts = [(row, folded(row.action, row.kind, row.name, row.detail)) for row in self._rows]
        found = [row for row, text in texts if all(word in text for word in words)]
        self.query_one("#msi-list", RecordList).show(Rows(found))
        told = f"{len(found)} van {len(self._rows)}" if words else counted(len(found), "regel", "regels")
        self.query_one("#msi-count", Label).update(plain(told))

    @on(Input.Submitted, "#msi-asked")
    def _to_list(self) -> None:
        self.query_one("#msi-list").focus()


class ShowsLines(MsiPage):
    """A screen with these lines."""

    BINDINGS = [
        keys.SEARCH("to_search", "Zoekveld", id="keep.search", tooltip="Gaat naar het zoekveld.", show=False),
    ]

    def action_to_search(self) -> None:
        """Go to the search field."""
        self.query_one("#msi-asked").focus()


class PreviewList(Vertical):
    """The coming delivery; rehearsed again whenever its screen reads again."""

    def __init__(self, school: MsiSchool) -> None:
        super().__init__(id="msi-preview")
        self._school = school
        self._busy = self._again = False

    def compose(self) -> ComposeResult:
        """How far it is, the summary, the lines."""
        yield Label("", id="msi-preview-told", classes="paragraph")
        yield Lines(
            "Er komt vannacht niets nieuws. Wat u voor 17:00 in ESIS invoert, komt erbij.", "Wat gebeurt er vannacht"
        )

    def look(self) -> None:
        """Rehearse, one at a time; changes made meanwhile wait for the next rehearsal."""
        if self._busy:
            self._again = True
            return
        self._busy, self._again = True, False
        self._tell("Bezig met uitzoeken wat er vannacht gebeurt...")
        self.query_one(Lines).display = False
        screen = cast("ReadsBeside[Any]", self.screen)
        screen.look_up(self._rehearse, self._show)

    def _rehearse(self) -> DeliveryPreview:
        found = delivery_preview.preview(self._school, partial(self.app.call_from_thread, self._progress))
        return replace(found, lines=tuple(in_groups(found.lines)))

    def _progress(self, seen: int) -> None:
        if self.is_attached:
            self._tell(
                f"Bezig met uitzoeken wat er vannacht gebeurt... {counted(seen, 'leerling', 'leerlingen')} bekeken"
            )

    def _show(self, found: DeliveryPreview) -> None:
        self._busy = False
        self._tell(*in_words(found))
        listed = self.query_one(Lines)
        listed.display = not found.reason
        listed.show(found.lines)
        if self._again:
            self.look()

    def _tell(self, sentence: str, kind: str = "") -> None:
        label = self.query_one("#msi-preview-told", Label)
        show_line(label, "", kind)
        label.update(paragraphs(sentence))
        label.display = True


class DeliveryPreviewTab(ShowsLines, CouplingTab):
    """Wat gebeurt er vannacht."""

    TAB = "tonight"
    HELP = f"{PREVIEW_HELP}\n\n{TABS_HELP}"

    def content(self) -> ComposeResult:
        """The list."""
        yield PreviewList(self.school)

    def action_content(self) -> None:
        """Focus the list."""
        self.query_one("#msi-list").focus()

    def show(self, found: None) -> None:  # noqa: ARG002
        """Rehearse again."""
        self.query_one(PreviewList).look()


def in_words(found: DeliveryPreview) -> tuple[str, str]:
    """When, what and from which state of ESIS, or why nothing comes; and whether that is bad news."""
    when = f"{clock.dutch_moment(found.slot)}"
    if found.reason:
        return f"× Op {when} komt er niets: {found.reason}", "bad"
    of = clock.dutch_moment(found.cut_off)
    told = [f"Op {when} komt {KINDS[found.kind]}, met ESIS zoals het is op {of}."]
    return "\n".join([*told, found.note]).rstrip(), ""
