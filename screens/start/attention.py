"""Berichten overzicht: everything that needs attention; each line opens the screen where it is solved."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from app import access
from app.diagnosis import attention
from app.diagnosis.attention import Notice
from app.targets import Why
from screens.shared import keys
from screens.shared.frame import EsisScreen
from screens.shared.records import Column, RecordList, Rows
from screens.start.notices import LONGEST_WAY, urgency, way_to


class AttentionScreen(EsisScreen):
    """What needs attention, most urgent first."""

    ITEM = "berichten-overzicht"
    HELP = (
        "Hier staat alles wat aandacht vraagt: een koppeling zonder code, een mislukte uitwisseling, resultaten zonder "
        "leerling. Enter opent het scherm waar u het oplost. Is het opgelost, dan verdwijnt de regel vanzelf.\n\n"
        "Met ! zoekt u uit waarom het niet komt: bij de koppeling van de regel waar u op staat, of bij een die u kiest."
    )
    BINDINGS = [
        keys.WHY(
            "why",
            Why.TITLE,
            id="notices.why",
            tooltip="Vergelijkt beide kanten van de koppeling, en zegt wat er mis is en waar u het herstelt.",
        ),
    ]

    def body(self) -> ComposeResult:
        """The list."""
        yield RecordList(
            [
                Column("", lambda row: "!" if row.urgent else "·", 1, style=urgency),
                Column("Wat vraagt aandacht", lambda row: row.text),
                Column("", way_to, LONGEST_WAY, right=True, from_width=100, style=lambda _row: "key"),
            ],
            empty=access.no_role(self.actor.board) if not self.actor.roles else "Niets vraagt nu uw aandacht.",
            id="notices",
            title=self.PATH[-1],
        )

    def on_mount(self) -> None:
        """Start in the list."""
        self.query_one(RecordList).focus()

    def read(self) -> Sequence[Notice]:
        """What needs attention."""
        return attention.notices(self.actor)

    def show(self, found: Sequence[Notice]) -> None:
        """Show it."""
        self.query_one(RecordList).show(Rows(found))

    def action_why(self) -> None:
        """For the coupling of the line, else ask which one."""
        row = self.query_one(RecordList).row
        self.esis.go(Why(row.about if row else ""))

    @on(RecordList.Chosen)
    def _solve(self, event: RecordList.Chosen) -> None:
        self.esis.go(event.row.target)
