"""One pupil's results: the progress line of each subject over the years, its sittings and the parts of the latest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from app.clock import dutch_date
from app.exchange.names import full_name
from app.refusals import Refused
from app.school.assessment import dashboard
from app.school.assessment.dashboard import LeftOut, Sitting, SubjectLine
from app.school.assessment.dashboard import PupilLine as PupilResults
from app.targets import PupilLine
from screens.shared import keys
from screens.shared.block import Block, Drawing
from screens.shared.figures import (
    BY_HAND,
    NOTHING,
    Point,
    bar,
    chart,
    growth_bar,
    growth_cell,
    growth_part,
    growth_text,
    level_cell,
    level_part,
)
from screens.shared.frame import EsisScreen
from screens.shared.program import EsisProgram
from screens.shared.records import Column, RecordList, Rows
from screens.shared.sources import Part
from screens.shared.text import fitted, plain

PART_BAR = 8
MOST_LEFT_OUT = 3
NOTHING_YET = "Van deze leerling zijn nog geen resultaten ontvangen. Waarom dat is, staat bij de groep (Esc)."


class SubjectList(RecordList):
    """The subjects with their latest sitting; moving the cursor selects one."""

    opens = False

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

    SCOPED_CSS = False
    CSS = """
    PupilLineScreen #pupil-line-subjects { height: auto; max-height: 10; }
    PupilLineScreen #pupil-line-chart { height: 1fr; min-height: 8; }
    PupilLineScreen #pupil-line-details { height: auto; }
    PupilLineScreen #pupil-line-sittings { width: 54; }
    PupilLineScreen.-narrow #pupil-line-sittings { width: 49; }
    PupilLineScreen.-low #pupil-line-subjects { max-height: 7; }
    PupilLineScreen.-low #pupil-line-chart { min-height: 5; border: none; padding: 0; }
    PupilLineScreen.-low #pupil-line-details Block { border: none; border-top: solid $line; padding: 0 1 0 0; }
    """

    def body(self) -> ComposeResult:
        """Subjects, the line, sittings and parts."""
        yield SubjectList(_columns(), empty=NOTHING_YET, id="pupil-line-subjects", title="Leerling")
        yield Block("Ontwikkelscore", id="pupil-line-chart", opens=False)
        with Horizontal(id="pupil-line-details"):
            yield Block("Afnames", id="pupil-line-sittings", opens=False)
            yield Block("Onderdelen", id="pupil-line-parts", opens=False)
        yield Drawing(id="pupil-line-left-out")

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
        listed = self.query_one(SubjectList)
        listed.set_title(f"{name} ({pupil.key}), leerjaar {pupil.year_group}")
        ids = [row.subject.id for row in line.subjects]
        listed.cursor = ids.index(self.subject_id) if self.subject_id in ids else 0
        listed.show(Rows(line.subjects))
        self._show_subject(listed.row)

    def _show_nothing(self, sentence: str) -> None:
        listed = self.query_one(SubjectList)
        listed.empty = sentence
        listed.show(Rows(()))
        self._show_subject(None)

    @on(RecordList.Highlighted)
    def _moved(self, event: RecordList.Highlighted) -> None:
        if event.row is not None:
            self.subject_id = event.row.subject.id
            self._show_subject(event.row)

    def _show_subject(self, line: SubjectLine | None) -> None:
        for block, there in (
            ("#pupil-line-chart", line is not None and bool(line.sittings)),
            ("#pupil-line-sittings", line is not None),
            ("#pupil-line-parts", line is not None and bool(line.parts)),
        ):
            self.query_one(block).display = there
        if line is None:
            self.query_one("#pupil-line-left-out", Drawing).tell(lambda _width: [])
            return
        drawing = self.query_one("#pupil-line-chart", Block)
        drawing.border_title = plain(f"{line.subject.name}, ontwikkelscore")
        drawing.tell(lambda width: _chart(line, width, drawing.content_size.height))
        self.query_one("#pupil-line-sittings", Block).tell(lambda _width: list(_sittings(line)))
        parts = self.query_one("#pupil-line-parts", Block)
        parts.tell(lambda width: list(_parts(line, width)), dutch_date(line.sittings[-1].date) if line.sittings else "")
        self.query_one("#pupil-line-left-out", Drawing).tell(lambda _width: list(_notes(line)))


def _columns() -> list[Column]:
    return [
        Column("Vak", lambda line: line.subject.name, 18),
        Column("Laatste afname", _latest(lambda sitting: dutch_date(sitting.date)), 14),
        Column("Niveau", _latest(lambda sitting: sitting.level), 6, parts=lambda line: [level_part(_level(line))]),
        Column("Score", _latest(lambda sitting: sitting.number), 5, right=True),
        Column("Referentie", _latest(lambda sitting: sitting.reference_level), 10),
        Column("Groei", _growth_told, 0, parts=_growth_parts),
    ]


def _latest(text: Callable[[Sitting], str]) -> Callable[[SubjectLine], str]:
    return lambda line: (text(line.sittings[-1]) if line.sittings else "") or NOTHING


def _level(line: SubjectLine) -> str:
    return (line.sittings[-1].level if line.sittings else "") or NOTHING


def _growth_told(line: SubjectLine) -> str:
    return growth_text(_growths(line)[-1]) if line.sittings else "telt niet mee"


def _growth_parts(line: SubjectLine) -> list[Part]:
    if not line.sittings:
        return [(_growth_told(line), "hint")]
    growth = _growths(line)[-1]
    text, token = growth_part(growth)
    return [(f"{text} {growth_bar(growth, PART_BAR)}", token)]


def _growths(line: SubjectLine) -> list[int | None]:
    scores = [sitting.score for sitting in line.sittings]
    return [None, *(later - earlier for earlier, later in pairwise(scores))]


_INKS = ((re.compile("[●]"), "bold $key"), (re.compile("·+"), "$hint"), (re.compile("[┤│└┴─]+"), "$line"))


def _chart(line: SubjectLine, width: int, height: int) -> list[Content]:
    points = [Point(row.date, row.score, f"{row.number} {row.level}".strip()) for row in line.sittings]
    return [_inked(text) for text in chart(points, width, height)]


def _inked(text: str) -> Content:
    drawn = Content(text)
    for shape, style in _INKS:
        for found in shape.finditer(text):
            drawn = drawn.stylize(style, *found.span())
    return drawn


def _sittings(line: SubjectLine) -> Iterator[Content]:
    if not line.sittings:
        yield Content("Van dit vak telt geen resultaat mee.")
        return
    yield Content(f"{'Afgenomen':<12}{'Toets':<9}{'Niveau':<8}{'Score':<7}{'Ref.':<5}Groei").stylize("bold $label")
    for row, growth in reversed(list(zip(line.sittings, _growths(line), strict=True))):
        yield _sitting(row, growth)


def _sitting(row: Sitting, growth: int | None) -> Content:
    year_groups = "groep " + "/".join(row.assessment.year_groups)
    hand = BY_HAND if row.by_hand else " "
    return Content.assemble(
        f"{dutch_date(row.date):<12}{year_groups[:8]:<9}",
        level_cell(row.level or NOTHING),
        plain(f"{row.number:>8}{hand} {row.reference_level or NOTHING:<5}"),
        growth_cell(growth),
    )


def _notes(line: SubjectLine) -> Iterator[Content]:
    """What the star means, and what does not count: latest first, as many as fit."""
    if any(row.by_hand for row in line.sittings):
        yield Content(f"{BY_HAND} met de hand ingevoerd").stylize("$label")
    newest_first = list(reversed(line.left_out))
    for row in newest_first[:MOST_LEFT_OUT]:
        yield plain(_left_out(row)).stylize("$label")
    if more := len(newest_first[MOST_LEFT_OUT:]):
        yield Content(f"En nog {more} die niet meetellen.").stylize("$label")


def _left_out(row: LeftOut) -> str:
    name = f"{row.assessment.name}: {row.part}" if row.part else row.assessment.name
    return f"{dutch_date(row.date)}  {name}  {row.text}  {row.why}"


def _parts(line: SubjectLine, width: int) -> Iterator[Content]:
    """Each part of the latest sitting, with its bar."""
    name = min(26, width - PART_BAR - 6)
    for part in line.parts:
        drawn = Content(bar(part.share, width - name - 6)).stylize("$key")
        yield Content.assemble(plain(fitted(part.name, name)), plain(f"{part.text:>5} "), drawn)
