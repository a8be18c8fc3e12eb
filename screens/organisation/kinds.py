"""Onderwijssoorten: what the location teaches, read-only."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from app.school import education
from app.school.education import Taught
from screens.shared.frame import EsisScreen
from screens.shared.records import Column, RecordList, Rows

COLUMNS = (
    Column("Onderwijssoort", lambda row: row.education, 22, order=True),
    Column("Leerjaar", lambda row: row.year_group, 8, order=True),
    Column("Basisgroepen", lambda row: ", ".join(row.groups)),
)
EMPTY = "Zonder basisgroepen is niet te zeggen wat de vestiging onderwijst. Maak eerst een groep (Esc, dan N)."


class KindsScreen(EsisScreen):
    """Kinds of education with their year groups."""

    ITEM = "groepen-en-onderwijssoorten"
    BELOW = ("Onderwijssoorten",)
    HELP = (
        "Welk onderwijs deze vestiging dit schooljaar geeft: per leerjaar de basisgroepen. Deze lijst volgt uit de groepen en "
        "is niet te wijzigen; in deze oefenomgeving is alle onderwijs basisonderwijs."
    )

    def body(self) -> ComposeResult:
        """The list."""
        yield RecordList(COLUMNS, empty=EMPTY, id="kinds", title=self.PATH[-1])

    def read(self) -> Sequence[Taught]:
        """What the location teaches."""
        return education.taught(self.actor)

    def show(self, found: Sequence[Taught]) -> None:
        """Show it."""
        self.query_one(RecordList).show(Rows(found))
