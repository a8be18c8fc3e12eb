"""Leerlingenadministratie: the pupils of the location, searched while typing, filtered on group and status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Label, Select

from app import clock
from app.access import Actor, Permission
from app.refusals import Refused
from app.school import groups, pupils
from app.school.pupils import PupilRow
from app.school.status import ALL, Status
from models.school import Group
from screens.pupils import routes
from screens.shared.frame import EsisScreen
from screens.shared.link import Link
from screens.shared.records import Column, RecordList, Rows, Source
from screens.shared.text import rich_plain

STATUSES = (*((status.label.lower(), status.value) for status in Status), ("alle", ALL))
EVERY_GROUP = "0"

COLUMNS = (
    Column("Naam", lambda row: row.list_name),
    Column("Leerlingnummer", lambda row: row.key, 14),
    Column("Geboren", lambda row: clock.dutch_date(row.birth_date) if row.birth_date else "onbekend", 10),
    Column("Groep", lambda row: row.group or "geen", 10),
    Column("Leerjaar", lambda row: row.year_group, 8, from_width=100),
    Column("Status", lambda row: row.status.label, 13),
)


@dataclass(frozen=True)
class Found:
    """The pupils that fit the search and the filters, read a page at a time."""

    actor: Actor
    search: str
    status: str
    group: Group | None

    def count(self) -> int:
        """How many there are."""
        return pupils.count(self.actor, search=self.search, status=self.status, group=self.group)

    def page(self, offset: int, limit: int) -> Sequence[PupilRow]:
        """These, by last name."""
        return pupils.page(
            self.actor, search=self.search, status=self.status, group=self.group, offset=offset, limit=limit
        )


class SearchField(Input):
    """Where the search is typed; the list below follows each key."""

    BINDINGS = [
        Binding("down", "screen.to_list", "Naar de lijst", id="pupils.list", show=False,
                tooltip="Gaat van het zoekveld naar de gevonden leerlingen."),
    ]  # fmt: skip


class PupilAdministration(EsisScreen):
    """Search, filter, open and enrol."""

    PATH = routes.PATH
    HELP = (
        "Typ een deel van de naam, of het begin van het leerlingnummer: de lijst volgt bij elke letter. ↓ of Enter gaat "
        "naar de lijst, Enter opent een leerling, F3 gaat terug naar het zoekveld.\n\n"
        "Met Tab komt u bij Groep en Status: Enter klapt een keuze open, typen zoekt erin. Toekomstig is wie later wordt "
        "ingeschreven; uitgeschreven leerlingen blijven bewaard.\n\n"
        "Een leerkracht ziet de leerlingen van de eigen groepen. In- en uitschrijven mogen Directie, "
        "Applicatiebeheerder en Administratief medewerker."
    )
    BINDINGS = [
        Binding("f3,slash", "to_search", "Zoekveld", id="pupils.search",
                tooltip="Gaat naar het zoekveld."),
        Binding("f4,ctrl+n", "enrol", "Nieuwe leerling", id="pupils.enrol",
                tooltip="Schrijft een nieuwe leerling in op deze vestiging."),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._groups: dict[str, Group] = {}

    def body(self) -> ComposeResult:
        """Search and filters, how many there are, the list."""
        yield Label("Leerlingenadministratie", classes="title")
        with Horizontal(id="pupil-filters"):
            yield Label("Zoeken ", classes="inline-label")
            yield SearchField(id="search", placeholder="naam of nummer", select_on_focus=False, compact=True)
            yield Label("Groep ", classes="inline-label")
            yield Select([("alle", EVERY_GROUP)], value=EVERY_GROUP, id="group", allow_blank=False, compact=True)
            yield Label("Status ", classes="inline-label")
            yield Select(STATUSES, value=Status.ENROLLED.value, id="status", allow_blank=False, compact=True)
        with Horizontal(id="pupil-actions"):
            yield Label("", id="how-many")
            yield Link("Nieuwe leerling (F4)", reason=self.actor.reason(Permission.EDIT_PUPILS), id="enrol")
        yield RecordList(COLUMNS, empty="", id="pupils")

    def on_mount(self) -> None:
        """Type at once."""
        super().on_mount()
        self.query_one("#search").focus()

    def refresh_data(self) -> None:
        """Read again, with the cursor where it is."""
        self._read_groups()
        self._show(keep_cursor=True)

    def _read_groups(self) -> None:
        found = {str(group.id): group for group in groups.visible(self.actor)}
        names = [(number, group.name) for number, group in found.items()]
        if names != [(number, group.name) for number, group in self._groups.items()]:
            self._groups = found
            select = self.query_one("#group", Select)
            chosen = select.value
            select.set_options([("alle", EVERY_GROUP), *((rich_plain(name), number) for number, name in names)])
            select.value = chosen if chosen in found else EVERY_GROUP

    def _source(self) -> Found:
        group = self._groups.get(str(self.query_one("#group", Select).value))
        status = str(self.query_one("#status", Select).value)
        return Found(self.actor, self.query_one("#search", Input).value, status, group)

    def _show(self, keep_cursor: bool) -> None:
        found = self._source()
        listed = self.query_one("#pupils", RecordList)
        listed.empty = self._nothing(found)
        source: Source = found
        try:
            number = found.count()
        except Refused as refusal:
            source, number, listed.empty = Rows(()), 0, refusal.sentence
        listed.show(source, keep_cursor)
        self.query_one("#how-many", Label).update("1 leerling" if number == 1 else f"{number} leerlingen")

    def _nothing(self, found: Found) -> str:
        """Why the list is empty, when it is."""
        if found.search.strip() or found.group or found.status != Status.ENROLLED:
            return "Geen leerling gevonden. Typ minder letters, of kies bij Groep of Status: alle."
        if not self.actor.may(Permission.VIEW_ALL_PUPILS) and not self._groups:
            return ("U staat op deze vestiging dit schooljaar voor geen groep, dus hier staan geen leerlingen. De directie "
                    "of de applicatiebeheerder regelt dat.")  # fmt: skip
        return ("Op deze vestiging zijn nog geen leerlingen ingeschreven. Lees een EDEXML-bestand in (Beheer > "
                "Import-Export-Koppelingen > Import) of schrijf een leerling in met F4.")  # fmt: skip

    @on(Input.Changed, "#search")
    @on(Select.Changed)
    def _asked(self) -> None:
        if self.is_mounted:
            self._show(keep_cursor=False)

    @on(Input.Submitted, "#search")
    def _entered(self) -> None:
        listed = self.query_one("#pupils", RecordList)
        if listed.row_count == 1:
            listed.action_choose()
        else:
            self.action_to_list()

    def action_to_list(self) -> None:
        """From the search to what it found."""
        self.query_one("#pupils").focus()

    def action_to_search(self) -> None:
        """Back to the search field, with what was typed."""
        self.query_one("#search").focus()

    @on(RecordList.Chosen, "#pupils")
    def _open(self, event: RecordList.Chosen) -> None:
        routes.open_pupil(self.esis, event.row.key)

    @on(Link.Chosen, "#enrol")
    def _enrol(self, event: Link.Chosen) -> None:
        event.stop()
        self.action_enrol()

    def action_enrol(self) -> None:
        """The form for a new pupil, with the group of the filter."""
        routes.open_enrolment(self.esis, self._source().group)
