"""One pupil's results: each subject's line over the years, its sittings and the parts of the latest."""

from __future__ import annotations

from itertools import pairwise

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from app.clock import dutch_date
from app.refusals import Refused
from app.school import dashboard
from app.school.dashboard import Sitting, SubjectLine
from app.school.names import full_name
from screens.my_esis.figures import Point, bar, chart, growth_text
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import paragraphs, plain

PART_BAR = 8
NOTHING_YET = "Van deze leerling zijn nog geen resultaten ontvangen. Waarom dat is, staat bij de groep (Esc)."


class Chart(Widget):
    """The line over time, as large as there is room for."""

    points: tuple[Point, ...] = ()

    def show_points(self, points: tuple[Point, ...]) -> None:
        """Draw other points."""
        self.points = points
        self.refresh()

    def render(self) -> Content:
        """The drawing."""
        return paragraphs("\n".join(chart(self.points, self.size.width, self.size.height)))


class SubjectList(RecordList):
    """The subjects with their latest sitting; moving is choosing."""

    BINDINGS = [
        Binding("right,enter", "step(1)", "Volgend vak", id="pupil-line.next", show=False,
                tooltip="Toont het volgende vak; ↓ doet dat ook."),
        Binding("left", "step(-1)", "Vorig vak", id="pupil-line.previous", show=False,
                tooltip="Toont het vorige vak; ↑ doet dat ook."),
    ]  # fmt: skip


class PupilLineScreen(EsisScreen):
    """The line over time of one pupil."""

    PATH = ("Mijn ESIS", "Mijn groep", "Leerling")
    HELP = (
        "Bovenaan staan de vakken met de laatste afname. Met ↑ en ↓ (of ← en →) kiest u een vak: eronder ziet u de "
        "ontwikkelscore over de jaren, alle afnames en, als de toets onderdelen heeft, hoeveel procent daarvan goed was "
        "bij de laatste afname.\n\n"
        "Een ontwikkelscore loopt door over de leerjaren; het niveau vergelijkt met leerlingen van hetzelfde leerjaar. "
        "Daarom kan een leerling groeien en toch op hetzelfde niveau blijven."
    )

    def __init__(self, pupil_id: int, subject_id: str = "") -> None:
        super().__init__()
        self.pupil_id = pupil_id
        self.subject_id = subject_id

    def body(self) -> ComposeResult:
        """Subjects, the line, sittings and parts."""
        yield Label("", id="pupil-line-title", classes="title")
        yield SubjectList(_columns(), empty=NOTHING_YET, id="pupil-line-subjects")
        yield Chart(id="pupil-line-chart")
        with Horizontal(id="pupil-line-details"):
            yield Label("", id="pupil-line-sittings")
            yield Label("", id="pupil-line-parts")

    def on_mount(self) -> None:
        """Start at the subject that was chosen in the group."""
        self.query_one(SubjectList).focus()

    def refresh_data(self) -> None:
        """Read again; the chosen subject stays chosen."""
        try:
            line = dashboard.pupil_line(self.actor, self.pupil_id)
        except Refused as refusal:
            self._show_nothing(refusal.sentence)
            return
        pupil = line.pupil
        name = full_name(pupil.first_name, pupil.prefix, pupil.last_name)
        self.query_one("#pupil-line-title", Label).update(plain(f"{name} ({pupil.key}), leerjaar {pupil.year_group}"))
        listed = self.query_one(SubjectList)
        ids = [row.subject.id for row in line.subjects]
        listed.cursor = ids.index(self.subject_id) if self.subject_id in ids else 0
        listed.styles.height = max(2, len(ids) + 1)
        listed.show(Rows(line.subjects))
        self._show(listed.row)

    def _show_nothing(self, sentence: str) -> None:
        self.query_one("#pupil-line-title", Label).update(plain(sentence))
        self.query_one(SubjectList).show(Rows(()))
        self._show(None)

    @on(RecordList.Highlighted)
    def _moved(self, event: RecordList.Highlighted) -> None:
        if event.row is not None:
            self.subject_id = event.row.subject.id
            self._show(event.row)

    def _show(self, line: SubjectLine | None) -> None:
        self.query_one(Chart).show_points(_points(line) if line else ())
        self.query_one("#pupil-line-sittings", Label).update(paragraphs(_sittings(line) if line else ""))
        self.query_one("#pupil-line-parts", Label).update(paragraphs(_parts(line) if line else ""))


def _columns() -> list[Column]:
    return [
        Column("Vak", lambda line: line.subject.name, 18),
        Column("Laatste afname", lambda line: dutch_date(line.sittings[-1].date), 14),
        Column("Niveau", lambda line: line.sittings[-1].level, 6),
        Column("Score", lambda line: str(line.sittings[-1].score), 5, right=True),
        Column("Referentie", lambda line: line.sittings[-1].reference_level or "–", 10),
        Column("Groei", lambda line: growth_text(_growths(line)[-1]), 0),
    ]


def _growths(line: SubjectLine) -> list[int | None]:
    scores = [sitting.score for sitting in line.sittings]
    return [None, *(later - earlier for earlier, later in pairwise(scores))]


def _points(line: SubjectLine) -> tuple[Point, ...]:
    return tuple(Point(row.date, row.score, f"{row.score} {row.level}") for row in line.sittings)


def _sittings(line: SubjectLine) -> str:
    rows = list(zip(line.sittings, _growths(line), strict=True))
    heading = f"{'Afgenomen':<11}{'Toets':<9}{'Niveau':<8}{'Score':<7}{'Ref.':<5}Groei"
    return "\n".join([heading, *(_sitting(row, growth) for row, growth in reversed(rows))])


def _sitting(row: Sitting, growth: int | None) -> str:
    year_groups = "groep " + "/".join(row.assessment.year_groups)
    return (
        f"{dutch_date(row.date):<11}{year_groups:<9}{row.level:<8}{row.score:>5}  {row.reference_level or '–':<5}"
        f"{growth_text(growth)}"
    )


def _parts(line: SubjectLine) -> str:
    if not line.parts:
        return ""
    heading = f"Onderdelen {dutch_date(line.sittings[-1].date)}"
    rows = (f"{part.name[:18]:<18} {part.percentage:>3}% {bar(part.percentage / 100, PART_BAR)}" for part in line.parts)
    return "\n".join([heading, *rows])
