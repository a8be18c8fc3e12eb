"""Groepen en onderwijssoorten: the groups of a school year, and the form for a group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual import on
from textual.content import Content

from app import history, targets
from app.permissions import Permission
from app.refusals import Refused
from app.school import group_editing, groups
from app.school.group_editing import GroupForm
from app.school.groups import GroupKind, GroupRow
from app.school.people import pupils, staff
from models.school import Group
from screens.organisation.kinds import KindsScreen
from screens.organisation.members import MembersScreen
from screens.shared import keys
from screens.shared.described import fields_of
from screens.shared.dialogs import Choose
from screens.shared.facts import Fact, Row, Section
from screens.shared.fields import Field, FixedField, TicksField
from screens.shared.filter_line import Filter
from screens.shared.link import Link
from screens.shared.maintenance import ListScreen, RecordForm
from screens.shared.program import EsisProgram
from screens.shared.records import Column
from screens.shared.text import plain

MOST_NAMED = 16
"""Pupils that are named beside the list."""
FIXED_YEAR = "Alleen de groepen van {year} zijn te wijzigen. De groepen van een volgend jaar komen uit de Jaarovergang."


class GroupsScreen(ListScreen):
    """The groups of this school year, or of another one, read-only."""

    ITEM = "groepen-en-onderwijssoorten"
    NEW = "Nieuwe groep"
    ONE = "Groep"
    CHANGES = (*ListScreen.CHANGES, "members")
    EMPTY = (
        "Er zijn in dit schooljaar nog geen groepen. Met F4 maakt u de eerste, of lees een EDEXML-bestand in (Beheer > "
        "Import-Export-Koppelingen > Import)."
    )
    COLUMNS = (
        Column("Groep", lambda row: row.name, order=True),
        Column("Soort", lambda row: row.kind.label, 15, order=True),
        Column("Leerjaren", lambda row: ",".join(row.year_groups), 15, from_width=150, order=True),
        Column("Leerkrachten", lambda row: ", ".join(row.teachers) or "geen", 30, from_width=150, order=True),
        Column("Leerl.", lambda row: str(row.pupils), 6, right=True, order=lambda row: row.pupils),
        Column("In koppelingen", lambda row: row.in_couplings, 14, order=True),
    )
    HELP = (
        "De groepen van een schooljaar. Enter wijzigt een groep, N maakt een nieuwe, A toont wie er in een instructiegroep of "
        "overige groep zit en wat de vestiging onderwijst, en F kiest een ander schooljaar om te bekijken.\n\n"
        "Een leerling zit in precies één basisgroep; die gaat in koppelingen altijd mee. Een instructiegroep of overige groep "
        "gaat alleen mee als 'In koppelingen beschikbaar' aanstaat: mist een partner zo'n groep, kijk dan hier.\n\n"
        "Verwijderen kan zolang er nooit een leerling in heeft gezeten."
    )
    BINDINGS = [
        keys.FILTER("choose_year", "Schooljaar", id="groups.year", tooltip="Kiest het schooljaar van de groepen."),
        keys.no_key(
            "members",
            "Leerlingen",
            id="groups.members",
            tooltip="Toont wie er in de instructiegroep of overige groep zit, om te wijzigen.",
        ),
        keys.no_key("kinds", "Onderwijssoorten", id="groups.kinds", tooltip="Toont wat de vestiging onderwijst."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._year = ""
        self._now = ""
        """This school year, as last read."""

    def filters(self) -> list[Filter]:
        """The school year."""
        return [Filter(keys.FILTER, "Schooljaar", id="group-year")]

    def detail(self, row: GroupRow) -> Iterator[Row]:
        """Kind, teachers, and who is in it."""
        group = groups.get(self.actor, row.id)
        yield plain(f"Groep {row.name}").stylize("bold $ink")
        yield plain(f"{row.kind.label}, {row.school_year}").stylize("$label")
        yield Content("")
        yield Fact("Leerjaren", ", ".join(row.year_groups) or "geen")
        yield Fact("Leerkrachten", ", ".join(row.teachers) or Content("! geen").stylize("$warn"))
        yield Fact("In koppelingen", row.in_couplings)
        yield Content("")
        yield Section(f"Leerlingen ({row.pupils})")
        if not self.actor.may(Permission.VIEW_ALL_PUPILS):
            return
        for pupil in pupils.page(self.actor, group=group, limit=MOST_NAMED):
            yield plain(pupil.list_name)
        if row.pupils > MOST_NAMED:
            yield plain(f"en nog {row.pupils - MOST_NAMED}").stylize("$hint")

    def rows(self) -> list[GroupRow]:
        """The groups of the chosen year."""
        return groups.listed(self.actor, self._year or groups.this_year(self.actor))

    def read_above(self) -> tuple[str, str]:
        """The chosen year, and this one."""
        now = groups.this_year(self.actor)
        return self._year or now, now

    def show_above(self, found: tuple[str, str]) -> None:
        """Show which year it is."""
        year, self._now = found
        note = "" if year == self._now else " (alleen te bekijken)"
        self.query_one("#group-year", Filter).set_value(f"{year}{note}")

    def _may(self) -> bool:
        if not super()._may():
            return False
        if self._year not in ("", self._now):
            self.say(FIXED_YEAR.format(year=self._now), severity="error")
            return False
        return True

    def form(self, row: GroupRow | None) -> GroupFormScreen:
        """The form for a group."""
        return GroupFormScreen(groups.get(self.actor, row.id) if row else None)

    def question(self, row: GroupRow) -> tuple[str, str]:
        """What to ask before deleting it."""
        return "Groep verwijderen?", f"Groep {row.name} verdwijnt voorgoed. Dat kan alleen als er nooit iemand in zat."

    def delete(self, row: GroupRow) -> str:
        """Delete it, if nobody was ever in it."""
        group_editing.delete(self.actor, groups.get(self.actor, row.id))
        return f"Groep {row.name} is verwijderd."

    @on(Link.Chosen, "#group-year")
    def _year_link(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_choose_year()

    def action_choose_year(self) -> None:
        """Choose from the school years with groups."""
        years = [(year, year) for year in group_editing.school_years(self.actor)]
        self.app.push_screen(Choose("Schooljaar kiezen", years), self._choose)

    def _choose(self, year: str | None) -> None:
        if year is not None:
            self._year = year
            self.refresh_data()

    def action_members(self) -> None:
        """Open the members of the group; those of a basisgroep are set elsewhere."""
        row: GroupRow | None = self.chosen
        if row is None or not self._may():
            return
        if row.kind is GroupKind.BASIS:
            self.show_refusal(
                Refused(
                    f"Groep {row.name} is een basisgroep. Wie daarin zit, wijzigt u bij Onderwijs > Leerlingen > Groepen "
                    "indelen of Leerlingenadministratie."
                )
            )
            return
        actor = self.actor

        def show(group: Group) -> None:
            self.app.push_screen(MembersScreen(group))

        self.perform(lambda: groups.get(actor, row.id), show)

    def action_kinds(self) -> None:
        """Show what the location teaches."""
        self.app.push_screen(KindsScreen())


class GroupFormScreen(RecordForm):
    """A new or existing group of this school year."""

    ITEM = "groepen-en-onderwijssoorten"
    BELOW = ("Groep",)
    HELP = (
        "Een basisgroep is de klas waarin een leerling zit: één per schooljaar. Een instructiegroep of overige groep komt "
        "daar bovenop, en bereikt gekoppelde programma's alleen als 'In koppelingen beschikbaar' is aangekruist.\n\n"
        "De soort ligt vast zodra er leerlingen in zitten. F2 slaat op, Esc gaat terug."
    )

    @classmethod
    def at(cls, program: EsisProgram, target: targets.GroupPage) -> GroupFormScreen:
        """The form for the group with this id. Raises `NotFound`."""
        assert program.actor is not None
        return cls(groups.get(program.actor, target.id))

    def __init__(self, record: Group | None) -> None:
        self.record = record
        self._teachers = group_editing.teacher_ids(self.record) if self.record else frozenset[int]()
        super().__init__(history.version(self.record) if self.record else None)

    def title_text(self) -> str:
        """The title, for a new or an existing group."""
        return "Groep wijzigen" if self.record else "Nieuwe groep"

    def fields(self) -> list[Field]:
        """Name, kind, year groups, couplings, teachers."""
        form = GroupForm.of(self.record) if self.record else GroupForm("", "")
        people = [row for row in staff.listed(self.actor) if row.active or row.id in self._teachers]
        return [
            FixedField("school_year", Group.school_year.verbose_name, value=groups.this_year(self.actor)),
            *fields_of(form),
            TicksField(
                "teachers",
                "Leerkrachten",
                value=tuple(map(str, self._teachers)),
                options=tuple(
                    (row.list_name if row.active else f"{row.list_name} (niet actief)", str(row.id)) for row in people
                ),
            ),
        ]

    def save(self, values: dict[str, Any]) -> str:
        """Add or change the group."""
        form = GroupForm.read(values, teachers=frozenset(map(int, values["teachers"])))
        if self.record is None:
            return f"Groep {group_editing.add(self.actor, form).name} is gemaakt."
        saved = group_editing.change(self.actor, self.record, form, self.seen, self._teachers)
        return f"Groep {saved.name} is opgeslagen."
