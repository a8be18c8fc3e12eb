"""A list of who is in IEP LVS, to choose one of them."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from app.counted import counted
from app.partners.iep_lvs import overview
from app.partners.iep_lvs.overview import PupilRow
from app.school.people.names import list_name
from models.partners.iep_lvs import IepPupil
from screens.partners.iep_lvs.page import IepPage
from screens.partners.page import Paged
from screens.shared.controls import TextLine
from screens.shared.label import Label
from screens.shared.records import Column, RecordList
from screens.shared.text import plain


def _name(row: PupilRow) -> str:
    return list_name(row.pupil.first_name, row.pupil.prefix, row.pupil.last_name)


def _standing(row: PupilRow) -> str:
    if row.pupil.active:
        return "actief"
    return f"nu {row.pupil.merged_into}" if row.pupil.merged_into else "vertrokken"


class PupilList(IepPage):
    """The pupils as Basispoort delivered them; say what Enter does (`choose`)."""

    HERE = "pupils"
    TITLE_OF_LIST = "Leerlingen"

    def intro(self) -> str:
        """What stands above the list, if anything."""
        return ""

    def choose(self, pupil: IepPupil) -> None:
        """What Enter does."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        """How many, a field to find one, the list."""
        yield Label(plain(self.TITLE_OF_LIST), classes="title")
        if told := self.intro():
            yield Label(plain(told), classes="paragraph")
        with Horizontal(classes="partner-find"):
            yield Label("Zoek op naam ", classes="inline-label")
            yield TextLine(id="iep-asked")
            yield Label("", id="iep-count")
        yield RecordList(
            [
                Column("Naam", _name),
                Column("Groep", lambda row: row.group, 12),
                Column("Leerjaar", lambda row: row.pupil.year_group, 8),
                Column("Stand", _standing, 10),
                Column("Toetsafnames", lambda row: str(row.sittings), 12, right=True),
            ],
            empty="Er is geen leerling gevonden. Leerlingen komen uit ESIS via Basispoort: een nieuwe staat hier na twee "
            "nachten (Beheer > School > Basispoort).",
            id="iep-pupils",
        )

    def refresh_data(self) -> None:
        """Read again."""
        super().refresh_data()
        self._show(keep_cursor=True)

    def _show(self, *, keep_cursor: bool) -> None:
        school, asked = self.school, self.query_one("#iep-asked", Input).value
        listed = self.query_one("#iep-pupils", RecordList)
        source = Paged(partial(overview.pupil_count, school, asked), partial(overview.pupils, school, asked))
        listed.show(source, keep_cursor)
        self.query_one("#iep-count", Label).update(plain(counted(listed.row_count, "leerling", "leerlingen")))

    @on(RecordList.Chosen, "#iep-pupils")
    def _chosen(self, event: RecordList.Chosen) -> None:
        self.choose(event.row.pupil)

    @on(Input.Changed, "#iep-asked")
    def _typed(self) -> None:
        self._show(keep_cursor=False)

    @on(Input.Submitted, "#iep-asked")
    def _to_list(self) -> None:
        self.query_one("#iep-pupils").focus()
