"""Results without a pupil: match each to a pupil, or dismiss it. A match is remembered for the next delivery."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from app import clock
from app.counted import counted
from app.couplings import unmatched
from app.couplings.catalogue import title
from app.exchange.names import full_name
from app.permissions import Permission
from app.school.assessment.catalogue import all_assessments
from app.targets import Unmatched
from models.assessment import UnmatchedResult
from models.school import Pupil
from screens.couplings.page import CouplingsPage
from screens.shared import keys
from screens.shared.block import Block
from screens.shared.choosing_pupil import ChoosePupil
from screens.shared.dialogs import Confirm
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import wrapped


class UnmatchedScreen(CouplingsPage):
    """The location's unmatched results."""

    BELOW = (Unmatched.TITLE,)
    HELP = (
        "Deze resultaten zijn aangeleverd voor een leerling die ESIS niet kent of niet zeker herkent. Enter koppelt het "
        "resultaat aan een leerling; wie het misschien is, staat dan al klaar. ESIS onthoudt de keuze en neemt ook de andere "
        "resultaten van deze leerling over. Delete verwijdert een resultaat van de lijst zonder het over te nemen."
    )
    BINDINGS = [
        keys.REMOVE(
            "dismiss_result",
            "Niet overnemen",
            id="unmatched.dismiss",
            tooltip="Haalt het resultaat van de lijst zonder het over te nemen.",
        ),
    ]

    OF_ROW = ("dismiss_result",)
    SCOPED_CSS = False
    CSS = """
    UnmatchedScreen #unmatched-line { height: 8; }
    UnmatchedScreen.-low #unmatched-line { height: 6; }
    """

    def body(self) -> ComposeResult:
        """The list."""
        names = {row.id: row.name for row in all_assessments()}
        yield RecordList(
            [
                Column("Van", lambda row: title(row.supplier), 10),
                Column("Leerling daar", lambda row: row.pupil_key, 14),
                Column("Toets", lambda row: names.get(row.assessment, row.assessment), 24),
                Column("Datum", lambda row: clock.dutch_date(row.date), 10),
                Column("Score", lambda row: str(row.score), 5, right=True),
                Column("Waarom", lambda row: row.reason, from_width=100),
            ],
            empty="",
            id="unmatched",
            title=Unmatched.TITLE,
        )
        yield Block("Waarom hij hier staat", id="unmatched-line", opens=False)

    def focus_start(self) -> None:
        """Start in the list."""
        self.query_one(RecordList).focus()

    def read(self) -> tuple[str, Sequence[UnmatchedResult]]:
        """Why they may not be seen, or the results."""
        reason = self.actor.reason(Permission.MATCH_RESULTS)
        return reason, [] if reason else unmatched.open_unmatched(self.actor)

    def show(self, found: tuple[str, Sequence[UnmatchedResult]]) -> None:
        """Show them."""
        reason, rows = found
        listed = self.query_one(RecordList)
        listed.empty = reason or "Alle ontvangen resultaten hebben een leerling."
        listed.show(Rows(rows))

    @on(RecordList.Highlighted)
    def _here(self, event: RecordList.Highlighted) -> None:
        """Tell why it waits, and whose it may be."""
        row: UnmatchedResult | None = event.row
        self.query_one("#unmatched-line", Block).display = row is not None
        if row is not None:
            actor = self.actor
            self.look_up(lambda: unmatched.proposed(actor, row), lambda pupil: self._tell(row, pupil))

    def _tell(self, row: UnmatchedResult, pupil: Pupil | None) -> None:
        likely = (
            f"Misschien is het {full_name(pupil.first_name, pupil.prefix, pupil.last_name)} ({pupil.key})."
            if pupil
            else "Niemand in ESIS lijkt er zeker op."
        )
        told = f"{row.reason}\n\n{likely} Enter koppelt het aan een leerling."
        self.query_one("#unmatched-line", Block).tell(lambda width: wrapped(told, width))

    @on(RecordList.Chosen)
    def _match(self, event: RecordList.Chosen) -> None:
        row: UnmatchedResult = event.row
        asked = ChoosePupil(self.actor, row.pupil_key, unmatched.proposed(self.actor, row))
        self.app.push_screen(asked, lambda pupil: self._store(row, pupil))

    def _store(self, row: UnmatchedResult, pupil: Pupil | None) -> None:
        actor = self.actor
        if pupil is not None:
            self.perform(lambda: unmatched.match(actor, row, pupil), self._stored)

    def _stored(self, number: int) -> None:
        self.say(
            f"{counted(number, 'resultaat', 'resultaten')} overgenomen. Dit wordt onthouden voor de volgende levering."
        )

    def action_dismiss_result(self) -> None:
        """Ask, then remove it from the list."""
        row: UnmatchedResult | None = self.query_one(RecordList).row
        if row is None:
            return
        actor = self.actor

        def answered(answer: bool | None) -> None:
            if answer:
                self.perform(lambda: unmatched.dismiss(actor, row))

        question = f"Het resultaat van leerling {row.pupil_key} ({row.assessment}) komt dan niet in ESIS."
        self.app.push_screen(Confirm("Niet overnemen?", question, "Niet overnemen"), answered)
