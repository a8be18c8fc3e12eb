"""One pupil's results: the progress line of each subject over the years, its sittings and the parts of the latest."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from app.clock import dutch_date
from app.exchange.names import full_name
from app.refusals import Refused
from app.school.assessment import dashboard
from app.school.assessment.dashboard import LeftOut, Sitting, SubjectLine
from app.school.assessment.dashboard import PupilLine as PupilResults
from app.targets import PupilLine
from screens.shared import keys
from screens.shared.figures import BY_HAND, NOTHING, Point, bar, chart, growth_text
from screens.shared.frame import EsisScreen
from screens.shared.label import Label
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList, Rows
from screens.shared.text import paragraphs, plain

PART_BAR = 8
MOST_LEFT_OUT = 3
NOTHING_YET = "Van deze leerling zijn nog geen resultaten ontvangen. Waarom dat is, staat bij de groep (Esc)."


class Chart(Widget):
    """The progress line, as large as fits."""

    points: tuple[Point, ...] = ()

    def show_points(self, points: tuple[Point, ...]) -> None:
        """Draw other points."""
        self.points = points
        self.refresh()

    def render(self) -> Content:
        """The drawing."""
        return paragraphs("\n".join(chart(self.points, self.size.width, self.size.height)))


class SubjectList(RecordList):
    """The subjects with their latest sitting; moving the cursor selects one."""

    BINDINGS = [
        keys.RIGHT(
            "step(1)",
            "Volgend vak",
            id="pupil-line.next",
            show=False,
            tooltip="Toont het volgende vak; ↓ doet dat ook.",
        ),
        keys.LEFT(
            "step(-1)",
            "Vorig vak",
            id="pupil-line.previous",
            show=False,
            tooltip="Toont het vorige vak; ↑ doet dat ook.",
        ),
    ]


class PupilLineScreen(EsisScreen):
    """The progress line of one pupil."""

    ITEM = "mijn-groep"
    BELOW = ("Leerling",)
    HELP = (
        "Bovenaan staan de vakken met de laatste afname. Met ↑ en ↓ (of ← en →) kiest u een vak: eronder ziet u de "
        "ontwikkelscore over de jaren, alle afnames en, als de toets onderdelen heeft, hoeveel procent daarvan goed was "
        "bij de laatste afname.\n\n"
        "Een ontwikkelscore loopt door over de leerjaren; het niveau vergelijkt met leerlingen van hetzelfde leerjaar. "
        "Daarom kan een leerling groeien en toch op hetzelfde niveau blijven.\n\n"
        "Van één afname telt één resultaat. Is een toets zowel geleverd als met de hand ingevoerd (minder dan vier weken uit "
        "elkaar), dan telt het geleverde. Wat niet meetelt, staat onderaan met de reden. * is: handmatig ingevoerd."
    )

    @classmethod
    def at(cls, _program: EsisProgram, target: PupilLine) -> PupilLineScreen:
        """By the id of the pupil."""
        return cls(target.id)

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
        yield Label("", id="pupil-line-left-out")

    def focus_start(self) -> None:
        """Start at the subject chosen for the group."""
        self.query_one(SubjectList).focus()

    def read(self) -> PupilResults | str:
        """The lines of the pupil, or why the user may not see them."""
        try:
            return dashboard.pupil_line(self.actor, self.pupil_id)
        except Refused as refusal:
            return refusal.sentence

    def show(self, line: PupilResults | str) -> None:
        """Show them; the selected subject stays selected."""
        if isinstance(line, str):
            self._show_nothing(line)
            return
        pupil = line.pupil
        name = full_name(pupil.first_name, pupil.prefix, pupil.last_name)
        self.query_one("#pupil-line-title", Label).update(plain(f"{name} ({pupil.key}), leerjaar {pupil.year_group}"))
        listed = self.query_one(SubjectList)
        ids = [row.subject.id for row in line.subjects]
        listed.cursor = ids.index(self.subject_id) if self.subject_id in ids else 0
        listed.styles.height = max(2, len(ids) + 1)
        listed.show(Rows(line.subjects))
        self._show_subject(listed.row)

    def _show_nothing(self, sentence: str) -> None:
        self.query_one("#pupil-line-title", Label).update(plain(sentence))
        self.query_one(SubjectList).show(Rows(()))
        self._show_subject(None)

    @on(RecordList.Highlighted)
    def _moved(self, event: RecordList.Highlighted) -> None:
        if event.row is not None:
            self.subject_id = event.row.subject.id
            self._show_subject(event.row)

    def _show_subject(self, line: SubjectLine | None) -> None:
        self.query_one(Chart).show_points(_points(line) if line else ())
        self.query_one("#pupil-line-sittings", Label).update(paragraphs(_sittings(line) if line else ""))
        self.query_one("#pupil-line-parts", Label).update(paragraphs(_parts(line) if line else ""))
        self.query_one("#pupil-line-left-out", Label).update(paragraphs(_notes(line) if line else ""))


def _columns() -> list[Column]:
    return [
        Column("Vak", lambda line: line.subject.name, 18),
        Column("Laatste afname", _latest(lambda sitting: dutch_date(sitting.date)), 14),
        Column("Niveau", _latest(lambda sitting: sitting.level), 8),
        Column("Score", _latest(lambda sitting: sitting.number), 5, right=True),
        Column("Referentie", _latest(lambda sitting: sitting.reference_level), 10),
        Column("Groei", lambda line: growth_text(_growths(line)[-1]) if line.sittings else "telt niet mee", 0),
    ]


def _latest(text: Callable[[Sitting], str]) -> Callable[[SubjectLine], str]:
    return lambda line: (text(line.sittings[-1]) if line.sittings else "") or NOTHING


def _growths(line: SubjectLine) -> list[int | None]:
    scores = [sitting.score for sitting in line.sittings]
    return [None, *(later - earlier for earlier, later in pairwise(scores))]


def _points(line: SubjectLine) -> tuple[Point, ...]:
    return tuple(Point(row.date, row.score, f"{row.number} {row.level}".strip()) for row in line.sittings)


def _sittings(line: SubjectLine) -> str:
    if not line.sittings:
        return "Van dit vak telt geen resultaat mee."
    rows = list(zip(line.sittings, _growths(line), strict=True))
    heading = f"{'Afgenomen':<11}{'Toets':<9}{'Niveau':<9}{'Score':<7}{'Ref.':<5}Groei"
    return "\n".join([heading, *(_sitting(row, growth) for row, growth in reversed(rows))])


def _sitting(row: Sitting, growth: int | None) -> str:
    year_groups = "groep " + "/".join(row.assessment.year_groups)
    hand = BY_HAND if row.by_hand else " "
    return (
        f"{dutch_date(row.date):<11}{year_groups[:8]:<9}{row.level or NOTHING:<9}{row.number:>5}{hand} "
        f"{row.reference_level or NOTHING:<5}{growth_text(growth)}"
    )


def _notes(line: SubjectLine) -> str:
    """What the star means, and what does not count: latest first, as many as fit."""
    lines = [f"{BY_HAND} handmatig ingevoerd"] if any(row.by_hand for row in line.sittings) else []
    newest_first = list(reversed(line.left_out))
    lines += map(_left_out, newest_first[:MOST_LEFT_OUT])
    if more := len(newest_first[MOST_LEFT_OUT:]):
        lines.append(f"En nog {more} die niet meetellen.")
    return "\n".join(lines)


def _left_out(row: LeftOut) -> str:
    name = f"{row.assessment.name}: {row.part}" if row.part else row.assessment.name
    return f"{dutch_date(row.date)}  {name}  {row.text}  {row.why}"


def _parts(line: SubjectLine) -> str:
    if not line.parts:
        return ""
    heading = f"Onderdelen {dutch_date(line.sittings[-1].date)}"
    rows = (f"{part.name[:18]:<18} {part.text:>4} {bar(part.share, PART_BAR)}" for part in line.parts)
    return "\n".join([heading, *rows])
