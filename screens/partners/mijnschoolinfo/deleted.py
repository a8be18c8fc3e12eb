"""Verwijderd: who came from ESIS and was deleted here, and restoring them (rule 3)."""

from __future__ import annotations

from typing import Any

from app.partners.mijnschoolinfo import doubles, editing, lists
from app.partners.mijnschoolinfo.lists import Row
from screens.partners.mijnschoolinfo.page import ListOnTab, SchoolTab, listed_name
from screens.partners.mijnschoolinfo.people import newest_first
from screens.partners.mijnschoolinfo.record import KINDS
from screens.partners.tabs import TABS_HELP
from screens.shared import keys
from screens.shared.dialogs import Confirm
from screens.shared.records import Column


class Deleted(ListOnTab, SchoolTab):
    """Those who do not come back on their own."""

    TAB = "deleted"
    NEW = CHANGE = DELETE = ""
    MORE = (("restore", "Terugzetten"),)
    EMPTY = "Hier is niemand verwijderd die uit ESIS kwam."
    COLUMNS = (
        Column("Wie", lambda one: KINDS[one[0]], 10, order=True),
        Column("Naam", lambda one: listed_name(one[1]), 26, order=True),
        Column("Herkomst", lambda one: newest_first(one[1].why), order=True),
    )
    HELP = (
        "Wie uit ESIS kwam en hier is verwijderd. Zij komen niet vanzelf terug, ook al staan ze nog in ESIS. T zet iemand "
        "terug zoals hij of zij was. Na de jaarovergang verdwijnt van deze lijst wie niet meer op school zit.\n\n"
        + TABS_HELP
    )
    BINDINGS = [
        keys.ROLL_BACK("restore", "Terugzetten", id="msi.restore", tooltip="Zet terug wie u hier verwijderde."),
    ]

    def rows(self) -> list[tuple[str, Any]]:
        """All of them: kind and row."""
        school = self.school
        return [
            *(("pupil", row) for row in lists.pupils(school, deleted=True)),
            *(("guardian", row) for row in lists.guardians(school, deleted=True)),
            *(("staff", row) for row in lists.staff(school, deleted=True)),
        ]

    def action_restore(self) -> None:
        """Restore, after a question if someone similar is here by now."""
        if (chosen := self.chosen) is not None:
            school, (kind, row) = self.school, chosen
            self.perform(
                lambda: "\n\n".join(doubles.of_deleted(school, kind, row.id)), lambda odd: self._ask(kind, row, odd)
            )

    def _ask(self, kind: str, row: Row, odd: str) -> None:
        if odd:
            question = Confirm("Klopt dit?", odd, "Toch terugzetten", "Annuleren")
            self.app.push_screen(question, lambda yes: self._restore(kind, row) if yes else None)
        else:
            self._restore(kind, row)

    def _restore(self, kind: str, row: Row) -> None:
        school = self.school
        self.perform(
            lambda: editing.restore(school, kind, row.id),
            lambda _: self.say(f"{row.name} is teruggezet, zoals het was."),
        )
