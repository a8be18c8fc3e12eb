"""Dashboard Mijn Groep: a group's results of this school year, with each pupil's progress line one step away
(sources.md#dashboard).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult

from app.clock import dutch_date
from app.counted import counted
from app.diagnosis import attention
from app.permissions import Permission
from app.school.assessment import dashboard
from app.school.assessment.catalogue import lvs_assessments
from app.school.assessment.dashboard import GroupOverview
from app.school.groups import year_groups_of
from models.base import reading
from models.school import Group
from screens.my_esis.grid import ResultGrid
from screens.my_esis.pupil_line import PupilLineScreen
from screens.shared import keys
from screens.shared.dialogs import Choose
from screens.shared.figures import BY_HAND, FULL_GROWTH
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.link import ArrowKeys, Link
from screens.shared.records import RecordList
from screens.shared.text import plain

LEGEND = (
    "In een vak: niveau (I hoogste, V laagste), ontwikkelscore, referentieniveau (vanaf groep 6) en groei ▲ of daling ▼ "
    "sinds de vorige afname; – is: nog geen."
)
BAR_LEGEND = f" Een volle balk is {FULL_GROWTH} punten groei of meer; ░ is daling."
HAND_LEGEND = f" {BY_HAND} is: handmatig ingevoerd."
NO_GROUP = "U staat dit schooljaar voor geen groep. Vraag de administratie om u aan een groep te verbinden."


class GroupLinks(ArrowKeys):
    """Group and order, to choose with Enter or the mouse."""


@dataclass(frozen=True)
class Shown:
    """What the screen shows."""

    groups: Sequence[Group]
    overview: GroupOverview | None
    """Of the chosen group; None without groups."""
    why_nothing: str
    """Why there are no groups, if there are none."""
    why_empty: str | None
    """Why the group has no results yet; None if it has, or has no pupils."""


class DashboardScreen(EsisScreen):
    """The results of one group."""

    ITEM = "mijn-groep"
    HELP = (
        "Elke regel is een leerling, elke kolom een vak. In een cel staan niveau, ontwikkelscore, referentieniveau en de "
        "groei sinds de vorige afname. Met ← en → kiest u een vak (›); past niet alles op het scherm, dan schuift de "
        "tabel mee.\n\n"
        "S sorteert: op naam, of op score of groei van het gekozen vak. Enter opent de leerling, met de lijn over de "
        "jaren. Een resultaat dat niet meetelt (uitgesloten, of ingevoerd naast een geleverd resultaat) staat alleen daar.\n\n"
        "Een leerkracht ziet de eigen groepen. Directie, applicatiebeheerder en intern begeleider kiezen met G een groep, "
        "of gaan met , en . naar de vorige en de volgende."
    )
    BINDINGS = [
        keys.GROUP("choose_group", "Groep kiezen", id="dashboard.group", tooltip="Kiest een andere groep."),
        keys.PREVIOUS(
            "step_group(-1)",
            "Vorige groep",
            id="dashboard.previous-group",
            show=False,
            tooltip="Gaat naar de vorige groep.",
        ),
        keys.NEXT(
            "step_group(1)",
            "Volgende groep",
            id="dashboard.next-group",
            show=False,
            tooltip="Gaat naar de volgende groep.",
        ),
        keys.SORT(
            "sort",
            "Sorteren",
            id="dashboard.sort",
            tooltip="Sorteert anders: op naam, score of groei van het gekozen vak.",
        ),
    ]

    group_id: int | None = None
    groups: Sequence[Group] = ()

    def body(self) -> ComposeResult:
        """Title, choices, why it is empty, table, legend."""
        yield Label("Dashboard Mijn Groep", classes="title")
        with GroupLinks(id="dashboard-links"):
            yield Link("‹ Vorige groep", key="previous", classes="group-way")
            yield Link("Groep kiezen", key="choose", classes="group-way")
            yield Link("Volgende groep ›", key="next", classes="group-way")
            yield Link("Sorteren", key="sort")
        yield Label("", id="dashboard-heading")
        yield Label("", id="dashboard-why", classes="paragraph attention")
        yield ResultGrid(id="dashboard-grid")
        yield Label("", id="dashboard-status")
        yield Label("", id="dashboard-legend", classes="help")

    def focus_start(self) -> None:
        """Start in the table."""
        self.query_one(ResultGrid).focus()

    def read(self) -> Shown:
        """The groups, the chosen one, and why there is nothing."""
        actor, chosen = self.actor, self.group_id
        with reading():
            reason = actor.reason(Permission.VIEW_RESULTS)
            groups = [] if reason else dashboard.choices(actor)
            group = _first(groups, chosen)
            overview = dashboard.group_overview(actor, group.id) if group else None
            empty = overview is not None and overview.empty and bool(overview.rows)
            return Shown(groups, overview, reason or NO_GROUP, attention.why_no_results(actor) if empty else None)

    def show(self, found: Shown) -> None:
        """Show them."""
        overview = found.overview
        self.groups, self.group_id = found.groups, overview.group.id if overview else None
        self._show_why(found.why_empty)
        self.query_one("#dashboard-heading", Label).update(plain(_heading(overview) if overview else ""))
        nobody = "In deze groep zijn geen leerlingen ingeschreven." if overview else found.why_nothing
        self.query_one(ResultGrid).show_overview(overview, nobody)
        self._show_choices(found.why_nothing)
        self.show_status()

    def _show_why(self, sentence: str | None) -> None:
        why = self.query_one("#dashboard-why", Label)
        why.display = sentence is not None
        why.update(plain(f"Deze groep heeft dit schooljaar nog geen resultaten. {sentence}"))

    def _show_choices(self, why_nothing: str) -> None:
        one = "" if len(self.groups) > 1 else "U heeft één groep." if self.groups else why_nothing
        for link in self.query(".group-way").results(Link):
            link.reason = one
            link.set_class(bool(one), "-blocked")

    @on(ResultGrid.SubjectChosen)
    def show_status(self) -> None:
        """Say which subjects are in view and the sort order, if there is a table."""
        grid = self.query_one(ResultGrid)
        overview, subject = grid.overview, grid.subject
        shown = bool(overview and overview.rows and subject)
        status = self.query_one("#dashboard-status", Label)
        status.display = self.query_one("#dashboard-legend").display = shown
        if overview is None or subject is None:
            return
        last, count = grid.first + grid.room.subjects, len(overview.subjects)
        part = f"Vak {grid.first + 1}-{last} van {count} (← →). " if last - grid.first < count else ""
        status.update(plain(part + grid.order.sentence(subject) + _left_out(overview.left_out)))
        legend = LEGEND + (BAR_LEGEND if grid.room.bar else "") + (HAND_LEGEND if overview.by_hand else "")
        self.query_one("#dashboard-legend", Label).update(plain(legend))

    @on(Link.Chosen, "#dashboard-links Link")
    def _chosen(self, event: Link.Chosen) -> None:
        event.stop()
        ways = {
            "previous": lambda: self.action_step_group(-1),
            "next": lambda: self.action_step_group(1),
            "choose": self.action_choose_group,
            "sort": self.action_sort,
        }
        ways[event.link.key]()

    def action_sort(self) -> None:
        """Switch to the next sort order."""
        grid = self.query_one(ResultGrid)
        grid.sort(grid.order.next())
        self.show_status()

    def action_step_group(self, step: int) -> None:
        """The previous or next group; after the last comes the first."""
        if self._only_one():
            return
        ids = [group.id for group in self.groups]
        self._go_to_group(ids[(ids.index(self.group_id or 0) + step) % len(ids)])

    def action_choose_group(self) -> None:
        """Choose from a list."""
        if self._only_one():
            return
        options = [(str(group.id), _title(group)) for group in self.groups]
        self.app.push_screen(Choose("Groep kiezen", options), lambda key: self._go_to_group(int(key)) if key else None)

    def _only_one(self) -> bool:
        link = self.query(".group-way").results(Link)
        if reason := next(link).reason:
            self.say(reason)
        return bool(reason)

    def _go_to_group(self, group_id: int) -> None:
        self.group_id = group_id
        self.refresh_data()

    @on(RecordList.Chosen)
    def _open(self, event: RecordList.Chosen) -> None:
        subject = self.query_one(ResultGrid).subject
        self.app.push_screen(PupilLineScreen(event.row.pupil_id, subject.id if subject else ""))


def _first(groups: Sequence[Group], chosen: int | None) -> Group | None:
    """The chosen group; else the first that sits assessments, else the first."""
    sitting = {year_group for item in lvs_assessments() for year_group in item.year_groups}
    return min(groups, key=lambda one: (one.id != chosen, sitting.isdisjoint(year_groups_of(one))), default=None)


def _title(group: Group) -> str:
    return f"Groep {group.name}" if group.kind == "basis" else f"{group.name} ({group.kind})"


def _left_out(number: int) -> str:
    if not number:
        return ""
    who = counted(number, "resultaat telt", "resultaten tellen")
    return f" {who} niet mee; waarom staat bij de leerling (Enter)."


def _heading(overview: GroupOverview) -> str:
    """`Groep 6, 2019-2020, 25 leerlingen, afgenomen van 21-1-2020 t/m 5-2-2020`."""
    days = sorted({cell.latest.date for row in overview.rows for cell in row.cells.values()})
    count = len(overview.rows)
    parts = [_title(overview.group), overview.school_year, counted(count, "leerling", "leerlingen")]
    if days:
        period = dutch_date(days[0]) if len(days) == 1 else f"{dutch_date(days[0])} t/m {dutch_date(days[-1])}"
        parts.append(f"afgenomen {period}")
    return ", ".join(parts)
