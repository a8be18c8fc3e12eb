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
from screens.shared import signs
from screens.shared.text import plain, wrapped

LABEL = 17
"""Cells of a label."""
WAYS = (
    ("F7", "Wijzigen", "de code, of stoppen"),
    ("!", "Waarom?", "komt er iets niet binnen"),
    ("F8", "Kopiëren", "de verificatiecode"),
    ("L", "Logboek", "wie deed wat"),
    ("Del", "Beëindigen", "vraagt eerst"),
)
"""What can be done with a live coupling: key, action, explanation."""


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
    )


def facts(row: Row, width: int) -> Iterator[Content]:
    """Both halves, what was agreed, and what can be done."""
    halves = signs.both_halves(row.badge, row.kind.partner)
    yield Content.assemble(halves, "   ", signs.coupling_badge(row.badge))
    yield Content("")
    for label, value in _labelled(row):
        yield from labelled(label, value, width)
    yield Content("")
    if not row.live:
        yield from wrapped("Activeren vraagt uw akkoord en een verificatiecode.", width)
        return
    yield from ways(WAYS)


def ways(what: Sequence[tuple[str, str, str]], room: int = LABEL) -> Iterator[Content]:
    """What can be done: key, action, explanation, a line each."""
    for key, action, told in what:
        name = Content.assemble(Content(key).stylize("bold $key"), f" {action}")
        yield Content.assemble(name, " " * max(1, room - name.cell_length), Content(told).stylize("$label"))


def labelled(label: str, value: str, width: int, room: int = LABEL) -> Iterator[Content]:
    """A label and its value, wrapped beside it; `room` are the cells of the label."""
    first, *more = wrapped(value, width - room) or [Content("")]
    yield Content.assemble(plain(f"{label:<{room}}").stylize("$label"), first)
    yield from (Content.assemble(" " * room, line) for line in more)


def _labelled(row: Row) -> Iterator[tuple[str, str]]:
    kind = row.kind
    yield "Naam", kind.name
    yield "Omschrijving", kind.description
    yield "Prijs", kind.price
    if row.live:
        yield "Startdatum", row.start
        yield "Akkoord", row.consent
        yield "Voorwaarden", kind.terms_version
        yield "Verificatiecode", row.code or "geen: de uitwisseling staat stil"


def exchanges(row: Row, width: int) -> Iterator[Content]:
    """What comes next, and the last exchanges, newest first."""
    if row.next is not None:
        yield Content.assemble(
            Content(f"{Mark.PLANNED} ").stylize("$ink"),
            plain(clock.short_moment(row.next)).stylize("bold $ink"),
            Content("  volgende").stylize("$label"),
        )
    elif row.live:
        for place, line in enumerate(wrapped(_why_none(row), width - 2)):
            yield Content.assemble(plain("  " if place else f"{Mark.INACTIVE} "), line).stylize("$hint")
    for moment in row.exchanges:
        colour = signs.MARKS[moment.mark]
        sign = Content(f"{moment.mark} ").stylize(f"bold ${colour}")
        yield Content.assemble(sign, plain(clock.short_moment(moment.at)))
        told = "$bad" if moment.mark is Mark.FAILED else "$label"
        yield from (Content.assemble("  ", line.stylize(told)) for line in wrapped(moment.told, width - 2)[:2])
    if not row.exchanges:
        yield Content("Er is nog niets uitgewisseld.").stylize("$hint")


def _why_none(row: Row) -> str:
    if row.badge is Badge.HALF:
        return f"niets, tot {row.kind.partner} is ingesteld"
    return "niets, tot de verificatiecode is ingevuld"
