"""What the blocks of the Startpagina say: couplings, the night that was and the night to come, messages, lessons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from textual.content import Content

from app import clock
from app.counted import counted
from app.couplings import logbook
from app.couplings.catalogue import run_told
from app.couplings.catalogue import title as coupling_title
from app.diagnosis.coupling_status import Badge, CouplingStatus
from app.runs import State
from app.targets import Lessons, Log, MenuItem, SchoolTime, Target
from app.training.lessons.keeping import ProgressRow
from app.training.lessons.tasks import tasks_of
from app.training.scripts.document import Script
from app.workers.nights import Mark, Moment
from models.coupling import LogEntry
from models.school import Message
from models.training import LessonProgress
from screens.shared import signs
from screens.shared.text import fitted, hanging, plain, wrapped
from screens.shared.timeline import metro_line, time_of

LABEL, DETAIL = 10, 34
"""Cells of a label in a coupling's block, and of its left half."""
WHO, COUPLING = 12, 23
"""Cells of who and of the coupling in a line of the logbook."""
FULL = 64
"""From this width a coupling has its lines beside one another."""


LEADS: Mapping[str, Target] = {
    "block-couplings": MenuItem("koppelingen"),
    "block-last-night": Log(),
    "block-log": Log(),
    "block-lessons": Lessons(),
    "block-tonight": SchoolTime(),
    "block-tonight-small": SchoolTime(),
}
"""What each block opens."""


class Room(Enum):
    """How much room the window has for what the blocks say."""

    LITTLE = 1
    ENOUGH = 2
    MUCH = 3


@dataclass(frozen=True)
class Coupled:
    """How a coupling stands, and how its last nights went."""

    status: CouplingStatus
    badge: Badge
    nights: Sequence[Mark]


def couplings(rows: Sequence[Coupled], width: int, room: Room) -> Iterator[Content]:
    """Each coupling with both halves, its last nights, the last and the next exchange; one line each where it is low."""
    if room is Room.LITTLE or width < FULL:
        yield from _in_line(rows, width)
        return
    for place, row in enumerate(rows):
        if place and room is Room.MUCH:
            yield Content("")
        status = row.status
        title = plain(f"{status.kind.row:<{DETAIL}}").stylize("bold $ink")
        yield Content.assemble(title, signs.coupling_badge(row.badge))
        halves = signs.both_halves(row.badge, status.kind.partner, width=8)
        yield _two(halves, _last(row))
        if (coming := _next(row)) or row.nights:
            nights = counted(len(row.nights), "nacht", "nachten")
            told = Content.assemble(plain(f"{nights} ").stylize("$label"), signs.nights(row.nights))
            yield _two(told if row.nights else Content(""), coming)


def _in_line(rows: Sequence[Coupled], width: int) -> Iterator[Content]:
    """A line each: name and badge, and where there is room both halves, else only the line between them."""
    partners = max((len(row.status.kind.partner) for row in rows), default=0)
    names = max((len(row.status.kind.row) for row in rows), default=0)
    badges = max((signs.coupling_badge(row.badge).cell_length for row in rows), default=0)
    room = width - names - badges - 2
    for row in rows:
        name = plain(f"{row.status.kind.row:<{names}} ").stylize("bold $ink")
        halves = signs.both_halves(row.badge, f"{row.status.kind.partner:<{partners}}", width=2, here="")
        shown = halves if halves.cell_length <= room else signs.both_halves(row.badge, "", width=2, here="").rstrip()
        yield signs.beside(Content.assemble(name, signs.coupling_badge(row.badge)), shown, width)


def _two(left: Content, right: Content) -> Content:
    return Content.assemble(left, " " * max(1, DETAIL - left.cell_length), " ", right)


def _labelled(label: str, value: Content) -> Content:
    return Content.assemble(plain(f"{label:<{LABEL}}").stylize("$label"), value)


def _last(row: Coupled) -> Content:
    run = row.status.last_exchange
    if row.badge in (Badge.AVAILABLE, Badge.ENDED):
        return Content("beschikbaar om te activeren").stylize("$label")
    if run is None:
        return _labelled("laatste", Content("nog niets uitgewisseld"))
    sign, colour = signs.RUNS[State(run.state)]
    told = Content.assemble(plain(clock.short_moment(run.slot)), Content(f" {sign} ").stylize(f"bold ${colour}"))
    return _labelled("laatste", Content.assemble(told, plain(run_told(run))))


def _next(row: Coupled) -> Content:
    if row.badge in (Badge.AVAILABLE, Badge.ENDED):
        return Content("")
    if row.badge in (Badge.PAUSED, Badge.NO_CODE):
        return _labelled(
            "volgende", Content("na het invullen van de verificatiecode" if row.status.advises else "niets")
        )
    if row.badge is Badge.HALF:
        return _labelled("volgende", plain(f"na instellen in {row.status.kind.partner}"))
    return _labelled("volgende", plain(clock.short_moment(row.status.next)))


NO_NIGHT = "Er is nog geen nacht geweest; F9 zet de schooltijd vooruit."


def last_night(moments: Sequence[Moment], width: int, height: int | None) -> list[Content]:
    """What was exchanged; what was told of it goes on below if everything fits in this height (None: as high as it takes),
    else it is a line each, and in the last one how many more there are.
    """
    full = [line for moment in moments for line in hanging(*_run(moment, width))]
    if height is None or len(full) <= height:
        return full
    shown = moments if len(moments) <= height else moments[: max(0, height - 1)]
    lines = []
    for head, told, _width, colour in (_run(moment, width) for moment in shown):
        lines.append(Content.assemble(head, plain(told).stylize(colour)))
    if len(shown) < len(moments):
        more = len(moments) - len(shown)
        left = f"nog {more}" if shown else counted(more, "uitwisseling", "uitwisselingen")
        lines.append(Content(f"{left}, L logboek").stylize("$hint"))
    return lines


def _run(moment: Moment, width: int) -> tuple[Content, str, int, str]:
    """What came when, and what was told of it, in which width and colour."""
    sign = Content(f"{moment.mark.value} ").stylize(f"bold ${signs.MARKS[moment.mark]}")
    colour = "$bad" if moment.mark is Mark.FAILED else "$label"
    return Content.assemble(sign, plain(f"{time_of(moment)}  {moment.what:<26} ")), moment.told, width, colour


def log(lines: Sequence[LogEntry], width: int, _room: Room) -> Iterator[Content]:
    """The newest lines of the logbook, one line each; who did it where there is room."""
    if not lines:
        yield Content("Er staat nog niets in het logboek.").stylize("$hint")
    for line in lines:
        who = f"{fitted(line.user or line.source, WHO)}  " if width >= FULL + WHO else ""
        when = plain(f"{clock.short_moment(line.at):<13}  {who}").stylize("$label")
        about = plain(f"{fitted(coupling_title(line.coupling), COUPLING)}  ").stylize("bold $ink")
        yield Content.assemble(when, about, plain(logbook.told(line)).stylize("$label"))


def written(messages: Sequence[Message], width: int, room: Room) -> Iterator[Content]:
    """The school's messages; only their titles where it is low."""
    if not messages:
        yield Content("Er zijn geen berichten.").stylize("$hint")
    for place, message in enumerate(messages):
        if room is Room.LITTLE:
            yield Content.assemble(Content("● ").stylize("$key"), plain(message.title))
            continue
        if place:
            yield Content("")
        yield plain(message.title).stylize("bold $ink")
        yield from (line.stylize("$label") for line in wrapped(message.text, width))


def lessons(
    found: Sequence[tuple[Script, ProgressRow | None]], begun: Mapping[str, LessonProgress], width: int, room: Room
) -> Iterator[Content]:
    """How many lessons are done, the last two of them, and the next one: first what can be gone on with."""
    done = [script for script, best in found if best is not None and best.finished]
    upcoming = [script for script, best in found if best is None or not best.finished]
    upcoming.sort(key=lambda script: script.name not in begun)
    little = room is Room.LITTLE
    gone = f"{len(done)} van {len(found)}" if little else f"{len(done)} van {len(found)} gedaan"
    yield signs.beside(signs.meter(len(done), len(found), width - len(gone) - 2), plain(gone), width)
    for script in done[-1:] if little else done[-2:]:
        yield Content.assemble(Content("✓ ").stylize("bold $ok"), plain(script.title).stylize("$label"))
    for script in upcoming[:1]:
        yield from hanging(Content("▶ ").stylize("$key"), script.title, width, "bold $ink")
        if (run := begun.get(script.name)) is not None:
            yield Content(f"  verder bij stap {run.step + 1} van {run.steps}").stylize("$warn")
        elif not little:
            tasks = counted(len(tasks_of(script)), "opdracht", "opdrachten")
            yield Content(f"  niveau {script.difficulty}, {tasks}").stylize("$label")


def tonight(moments: Sequence[Moment], width: int, _room: Room) -> list[Content]:
    """The night to come, as a line with stations."""
    return metro_line(moments, width)
