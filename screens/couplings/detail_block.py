"""The detail beside the overview: how a coupling stands, what was agreed, and its exchanges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from app import clock
from app.access import Actor
from app.couplings.catalogue import CouplingType
from app.diagnosis.coupling_status import Badge, CouplingStatus
from app.workers import nights
from app.workers.nights import Mark, Moment
from models.run import Run
from screens.shared import keys, signs
from screens.shared.program import InKeys
from screens.shared.text import going_on, hanging, plain, wrapped

LABEL = 17
"""Cells of a label."""
Ways = Sequence[tuple[keys.Meaning, str, str]]
"""Key, action and explanation of what can be done."""
WAYS: Ways = (
    (keys.CHANGE, "Wijzigen", "de code, of stoppen"),
    (keys.WHY, "Waarom?", "komt er iets niet binnen"),
    (keys.COPY, "Kopiëren", "de verificatiecode"),
    (keys.LOGBOOK, "Logboek", "wie deed wat"),
    (keys.REMOVE, "Beëindigen", "vraagt eerst"),
)
"""What can be done with a live coupling."""

ACTIVATING = "Activeren vraagt uw akkoord en een verificatiecode."


@dataclass(frozen=True)
class Row:
    """A coupling as the overview shows it."""

    kind: CouplingType
    badge: Badge
    live: bool
    start: str
    code: str
    consent: str
    last: Run | None
    next: datetime | None
    """None if nothing comes."""
    exchanges: Sequence[Moment]
    advises: bool = True
    """Whether may be told what is to be done (`app.diagnosis.advice`)."""

    @property
    def last_told(self) -> str:
        """When the last exchange was, and how it went."""
        if self.last is None:
            return "nog geen" if self.live else ""
        return f"{clock.short_moment(self.last.slot)} {nights.mark_of(self.last)}"


def row_of(actor: Actor, status: CouplingStatus) -> Row:
    """Read what the overview shows of a coupling."""
    coupling, badge = status.coupling, status.badge
    comes = badge in (Badge.ACTIVE, Badge.FAILED)
    return Row(
        status.kind,
        badge,
        coupling is not None,
        clock.dutch_date(coupling.start_date) if coupling else "",
        status.code_masked,
        f"{coupling.consent_name} ({coupling.activated_by})" if coupling else "",
        status.last_exchange,
        status.next if comes else None,
        nights.exchanges(actor.location, status.job),
        status.advises,
    )


def facts(row: Row, width: int, height: int, in_keys: InKeys = str) -> list[Content]:
    """Both halves, what was agreed, and what can be done; where that is more than this height, what differs by coupling."""
    standing, blank = list(_standing(row, width)), [Content("")]
    every, agreed = (
        [line for fact in told for line in labelled(*fact, width)] for told in (_labelled(row), _agreed(row))
    )
    can = list(ways(WAYS, in_keys=in_keys)) if row.live else wrapped(ACTIVATING, width)
    for made in (standing + blank + every + blank + can, standing + every + can, standing + agreed + can):
        if len(made) <= height:
            return made
    return standing + (agreed or can)


def _standing(row: Row, width: int) -> Iterator[Content]:
    """Both halves and the badge, which gets a line of its own where it does not fit."""
    halves, badge = signs.both_halves(row.badge, row.kind.partner), signs.coupling_badge(row.badge)
    room = width - halves.cell_length - badge.cell_length
    if room < 1:
        yield from (halves, badge)
    else:
        yield Content.assemble(halves, " " * min(3, room), badge)


def ways(what: Ways, room: int = LABEL, in_keys: InKeys = str) -> Iterator[Content]:
    """What can be done, a line each, with the key that the key bar shows."""
    for key, action, told in what:
        name = Content.assemble(Content(in_keys(keys.key_name(key.each[0]))).stylize("bold $key"), f" {action}")
        yield Content.assemble(name, " " * max(1, room - name.cell_length), Content(told).stylize("$label"))


def labelled(label: str, value: str, width: int, room: int = LABEL) -> Iterator[Content]:
    """A label and its value, wrapped beside it; `room` are the cells of the label."""
    yield from hanging(plain(f"{label:<{room}}").stylize("$label"), value, width)


def _labelled(row: Row) -> Iterator[tuple[str, str]]:
    kind = row.kind
    yield "Naam", kind.name
    yield "Omschrijving", kind.description
    yield "Prijs", kind.price
    yield from _agreed(row)


def _agreed(row: Row) -> Iterator[tuple[str, str]]:
    if row.live:
        yield "Startdatum", row.start
        yield "Akkoord", row.consent
        yield "Voorwaarden", row.kind.terms_version
        yield "Verificatiecode", row.code or "geen: de uitwisseling staat stil"


def exchanges(row: Row, width: int, height: int) -> list[Content]:
    """What comes next, and the last exchanges, newest first; on a rail and told in full if that fits in this height."""
    made: list[Content] = []
    for most in (None, 4, 3, 2):
        for made in _exchanges(row, width, most):
            if len(made) <= height:
                return made
    return made


def _exchanges(row: Row, width: int, most: int | None) -> Iterator[list[Content]]:
    """The same with at most so many lines of what is told of each, on a rail and without one."""
    moments = [_next(row, width), *(_moment(moment, width, most) for moment in row.exchanges)]
    if not row.exchanges:
        moments.append([Content("Er is nog niets uitgewisseld.").stylize("$hint")])
    else:
        yield list(_railed([lines for lines in moments if lines]))
    yield [line for lines in moments for line in lines]


def _railed(moments: list[list[Content]]) -> Iterator[Content]:
    """Every moment under the last one, with a line between."""
    rail = Content("│").stylize("$line")
    for place, (head, *lines) in enumerate(moments):
        if place:
            yield rail
        yield head
        yield from (Content.assemble(rail, line[1:]) for line in lines)


def _next(row: Row, width: int) -> list[Content]:
    """When the next exchange is, or why there is none."""
    if row.next is not None:
        moment = plain(clock.short_moment(row.next)).stylize("bold $ink")
        sign = Content(f"{Mark.PLANNED} ").stylize("$ink")
        return [Content.assemble(sign, moment, Content("  volgende").stylize("$label"))]
    if not row.live:
        return []
    return [line.stylize("$hint") for line in hanging(plain(f"{Mark.INACTIVE} "), _why_none(row), width)]


def _moment(moment: Moment, width: int, most: int | None) -> list[Content]:
    sign = Content(f"{moment.mark} ").stylize(f"bold ${signs.MARKS[moment.mark]}")
    told = "$bad" if moment.mark is Mark.FAILED else "$label"
    lines = wrapped(moment.told, width - 2)
    if most is not None and len(lines) > most:
        lines[most - 1 :] = [going_on(lines[most - 1], width - 2)]
    return [
        Content.assemble(sign, plain(clock.short_moment(moment.at))),
        *(Content.assemble("  ", line.stylize(told)) for line in lines),
    ]


def _why_none(row: Row) -> str:
    if not row.advises:
        return "niets"
    if row.badge is Badge.HALF:
        return f"niets, tot {row.kind.partner} is ingesteld"
    return "niets, tot de verificatiecode is ingevuld"
