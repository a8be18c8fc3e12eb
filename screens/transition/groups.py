"""Step 1 of the Jaarovergang: the groups of the new year, and those that end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app import history
from app.refusals import Refused
from app.school.group_editing import GroupForm
from app.school.transition import choosing, group_listing
from app.school.transition.group_listing import GroupRow
from models.transition import TransitionGroup, YearTransition
from screens.shared.described import fields_of
from screens.shared.fields import Field, TickField
from screens.shared.maintenance import RecordForm
from screens.shared.records import Column
from screens.transition.step import ListStep


def _comes_from(row: GroupRow) -> str:
    return row.source or "nieuw"


class GroupsStep(ListStep):
    """The lines of groups."""

    KEY = "groups"
    BELOW = ("Groepen",)
    NEW, DELETE = "Nieuwe groep", "Niet maken"
    COLUMNS = (
        Column("Nieuw jaar", lambda row: row.line.name if row.line.wanted else "eindigt", 14, order=True),
        Column("Soort", lambda row: row.kind.label, 14, from_width=100, order=True),
        Column("Leerjaren", lambda row: row.line.year_groups.replace(",", ", "), 9, order=True),
        Column("Dit jaar", _comes_from, 14, order=True),
        Column("Leerlingen", lambda row: str(row.pupils), 10, right=True, order=lambda row: row.pupils),
        Column("Leerkrachten", lambda row: ", ".join(row.teachers)),
    )
    EMPTY = "Er is nog geen groep. Met F4 maakt u er een voor het nieuwe schooljaar."
    HELP = (
        "Zo zien de groepen er volgend schooljaar uit. De basisgroepen gaan onder hun eigen naam door; de leerlingen gaan een "
        "groep verder. Alle groepen van dit jaar eindigen; instructiegroepen en overige groepen komen er alleen als u "
        "dat kiest.\n\nEnter wijzigt naam, soort en leerjaren, F4 voegt een groep toe, Del laat een groep niet maken. Dat kan "
        "alleen zolang er geen leerlingen naartoe gaan. F2 gaat naar de leerlingen. Er gebeurt nog niets."
    )

    def rows(self) -> Sequence[Any]:
        """The lines."""
        return group_listing.groups(self.actor, self.proposal())

    def form(self, row: GroupRow | None) -> RecordForm:
        """Of a line, or of a new one."""
        return GroupLineForm(self.proposal(), row)

    def question(self, row: GroupRow) -> tuple[str, str]:
        """What dropping it means."""
        lost = f"In het nieuwe schooljaar komt er geen groep {row.line.name}. De groep van dit jaar blijft bewaard."
        return "Groep niet maken?", lost

    def delete(self, row: GroupRow) -> str:
        """Leave this group out."""
        choosing.drop_group(self.actor, row.line)
        return f"Groep {row.line.name} wordt niet gemaakt."


class GroupLineForm(RecordForm):
    """A group of the new year."""

    ITEM = "jaarovergang"
    BELOW = ("Groepen", "Groep")
    HELP = (
        "De groep zoals zij in het nieuwe schooljaar wordt. Een leerjaar waarvan leerlingen naar deze groep gaan, kan niet "
        "weg; stuur die leerlingen eerst ergens anders heen (stap Leerlingen)."
    )

    def __init__(self, transition: YearTransition, row: GroupRow | None) -> None:
        self.transition, self.row = transition, row
        super().__init__(history.version(row.line) if row else None)

    def title_text(self) -> str:
        """Whether it continues an existing group."""
        if self.row is None:
            return f"Nieuwe groep voor {self.transition.to_year}"
        before = f"nu groep {self.row.source}" if self.row.source else "nieuw"
        return f"Groep in {self.transition.to_year} ({before})"

    def fields(self) -> list[Field]:
        """Whether it is created, name, kind, year groups, couplings."""
        line = self.row.line if self.row else TransitionGroup(wanted=True)
        form = GroupForm(line.name or "", line.year_groups, line.kind, line.available_to_couplings)
        return [
            TickField("wanted", "Maken", value=line.wanted, help="Uit: de groep van dit jaar eindigt."),
            *fields_of(form),
        ]

    def save(self, values: dict[str, Any]) -> str:
        """Save a new or changed group."""
        form = GroupForm.read(values)
        if self.row is not None:
            choosing.change_group(self.actor, self.row.line, form, values["wanted"], self.seen)
        elif values["wanted"]:
            choosing.add_group(self.actor, self.transition, form)
        else:
            raise Refused("Kruis Maken aan, of ga met Esc terug.", field="wanted")
        return f"Groep {form.name} staat zo in het voorstel."
