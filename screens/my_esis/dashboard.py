"""Dashboard Mijn Groep: a group's results of this school year, with each pupil's progress line one step away
(sources.md#dashboard).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from app.clock import dutch_date
from app.counted import counted
from app.diagnosis import attention
from app.permissions import Permission
from app.school.assessment import dashboard
from app.school.assessment.catalogue import Subject, lvs_assessments
from app.school.assessment.dashboard import GroupOverview
from app.school.groups import year_groups_of
from models.base import reading
from models.school import Group
from screens.my_esis.grid import ResultGrid
from screens.my_esis.pupil_line import PupilLineScreen
from screens.shared import keys, signs
from screens.shared.block import Drawing
from screens.shared.dialogs import Choose
from screens.shared.figures import BY_HAND, LEVELS, NOTHING, level_legend, spread_strip
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.records import RecordList
from screens.shared.text import fitted, plain

NO_GROUP = "U staat dit schooljaar voor geen groep. Vraag de administratie om u aan een groep te verbinden."


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
        "groei sinds de vorige afname. Met ← en → kiest u een vak (▶); past niet alles op het scherm, dan schuift de "
        "tabel mee. Onder de tabel staat hoe de groep per vak over de niveaus is verdeeld.\n\n"
        "S sorteert: op naam, of op score of groei van het gekozen vak. Enter opent de leerling, met de lijn over de "
        "jaren. Een resultaat dat niet meetelt (uitgesloten, of ingevoerd naast een geleverd resultaat) staat alleen daar.\n\n"
        "Een leerkracht ziet de eigen groepen. Directie, applicatiebeheerder en intern begeleider kiezen met G een groep, "
        "of gaan met , en . naar de vorige en de volgende."
    )
    BINDINGS = [
        keys.SORT(
            "sort",
            "Sorteren",
            id="dashboard.sort",
            tooltip="Sorteert anders: op naam, score of groei van het gekozen vak.",
        ),
        keys.GROUP("choose_group", "Groep kiezen", id="dashboard.group", tooltip="Kiest een andere groep."),
        keys.PREVIOUS(
            "step_group(-1)",
            "Vorige groep",
            id="dashboard.previous-group",
            tooltip="Gaat naar de vorige groep.",
        ),
        keys.NEXT(
            "step_group(1)",
            "Volgende groep",
            id="dashboard.next-group",
            tooltip="Gaat naar de volgende groep.",
        ),
    ]

    SCOPED_CSS = False
    CSS = """
    DashboardScreen #dashboard-heading { height: 1; }
    DashboardScreen #dashboard-why { margin: 0 0 1 0; }
    DashboardScreen #dashboard-figures { padding: 0 1; }
    """
    group_id: int | None = None
    groups: Sequence[Group] = ()
    _why_one = ""
    """Why there is no other group to go to."""

    def body(self) -> ComposeResult:
        """What it is about, why it is empty, the table, the spread of each subject with what the tints mean."""
        yield Drawing(id="dashboard-heading")
        yield Label("", id="dashboard-why", classes="paragraph attention")
        yield ResultGrid(id="dashboard-grid")
        yield Drawing(id="dashboard-figures")

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
        self._why_one = "" if len(found.groups) > 1 else "U heeft één groep." if found.groups else found.why_nothing
        self._show_why(found.why_empty)
        self.query_one("#dashboard-heading", Drawing).tell(partial(_heading, overview))
        nobody = "In deze groep zijn geen leerlingen ingeschreven." if overview else found.why_nothing
        grid = self.query_one(ResultGrid)
        grid.set_title(_title(overview.group) if overview else "Mijn groep")
        grid.show_overview(overview, nobody)
        self.show_figures()

    def _show_why(self, sentence: str | None) -> None:
        why = self.query_one("#dashboard-why", Label)
        why.display = sentence is not None
        told = f"Deze groep heeft dit schooljaar nog geen resultaten. {sentence}"
        why.update(plain(self.esis.in_keys(told)))

    @on(ResultGrid.SubjectChosen)
    def show_figures(self) -> None:
        """Draw how the group is spread: every subject, or the chosen one where the screen is low."""
        grid = self.query_one(ResultGrid)
        overview, subject = grid.overview, grid.subject
        drawn = self.query_one("#dashboard-figures", Drawing)
        drawn.display = bool(overview and not overview.empty)
        if overview is None or subject is None:
            return
        subjects = (subject,) if self.has_class("-low") else overview.subjects
        drawn.tell(
            lambda width: [*spread(overview, subjects, width), *legend(overview, width)],
            said=[*spread_said(overview, subjects), *left_out_of(overview)],
        )

    def action_sort(self) -> None:
        """Switch to the next sort order."""
        grid = self.query_one(ResultGrid)
        grid.sort(grid.order.next())

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
        question = Choose("Groep kiezen", options, now=str(self.group_id))
        self.app.push_screen(question, lambda key: self._go_to_group(int(key)) if key else None)

    def _only_one(self) -> bool:
        if self._why_one:
            self.say(self._why_one)
        return bool(self._why_one)

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


def _heading(overview: GroupOverview | None, width: int) -> Sequence[Content]:
    """`Dashboard Mijn Groep  Groep 6, 2019-2020` and, at the right, how many pupils there are and when they sat."""
    title = plain("Dashboard Mijn Groep").stylize("bold $ink")
    if overview is None:
        return [title]
    days = sorted({cell.latest.date for row in overview.rows for cell in row.cells.values()})
    told = counted(len(overview.rows), "leerling", "leerlingen")
    if days:
        period = dutch_date(days[0]) if len(days) == 1 else f"{dutch_date(days[0])} t/m {dutch_date(days[-1])}"
        told += f", afgenomen {period}"
    group = plain(f"{_title(overview.group)}, {overview.school_year}").stylize("$label")
    right = plain(told).stylize("$label")
    whole = Content.assemble(title, "   ", group)
    return [signs.beside(whole if whole.cell_length + right.cell_length < width else group, right, width)]


NAME_WIDTH = 18
"""Cells of a subject's name before its strip."""
TWO_BESIDE = 100
"""From this width two strips stand beside each other."""


def _levels(overview: GroupOverview, subjects: Sequence[Subject]) -> dict[Subject, Counter[str]]:
    return {
        one: Counter(row.cells[one.id].latest.level for row in overview.rows if one.id in row.cells) for one in subjects
    }


def spread_said(overview: GroupOverview, subjects: Sequence[Subject]) -> Iterator[str]:
    """The same in words: `Lezen: niveau I 4 leerlingen, niveau II 1 leerling`."""
    for subject, found in _levels(overview, subjects).items():
        told = [f"niveau {level} {counted(found[level], 'leerling', 'leerlingen')}" for level in LEVELS if found[level]]
        if told:
            yield f"{subject.name}: {', '.join(told)}"


def spread(overview: GroupOverview, subjects: Sequence[Subject], width: int) -> Iterator[Content]:
    """How the pupils are spread over the levels of each subject, as strips."""
    beside = 2 if width >= TWO_BESIDE else 1
    room = min(60, width // beside - 2)
    levels = _levels(overview, subjects)
    strips = [
        Content.assemble(
            plain(fitted(subject.name, NAME_WIDTH)).stylize("$label"), spread_strip(found, room - NAME_WIDTH)
        ).pad_right(2)
        for subject, found in levels.items()
        if found
    ]
    for start in range(0, len(strips), beside):
        yield Content.assemble(*strips[start : start + beside])


def legend(overview: GroupOverview, width: int) -> Iterator[Content]:
    """What the tints, the arrows and the star mean, and how many results do not count."""
    gap = "  " if width >= TWO_BESIDE else " "
    first = "eerste afname" if width >= TWO_BESIDE else "eerste"
    signs = (
        ("▲", "$grow", "groei"),
        ("▼", "$fall", "daling"),
        ("=", "$hint", "gelijk" if width >= TWO_BESIDE else "nul"),
    )
    growth = [part for sign, token, told in signs for part in ((f"{gap}{sign}", token), (f" {told}", "$label"))]
    told = [Content.assemble(level_legend(), *growth, (f"{gap}{NOTHING} {first}", "$label"))]
    if overview.by_hand:
        told.append(Content(f"{BY_HAND} met de hand ingevoerd").stylize("$label"))
    told += [plain(line).stylize("$label") for line in left_out_of(overview)]
    whole = Content("   ").join(told)
    yield from [whole] if whole.cell_length <= width else told


def left_out_of(overview: GroupOverview) -> Iterator[str]:
    """How many results do not count, if there are."""
    if overview.left_out:
        yield f"{counted(overview.left_out, 'resultaat telt', 'resultaten tellen')} niet mee (Enter: waarom)"
