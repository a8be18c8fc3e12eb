"""What the page of a coupling tells: how it stands, what was agreed, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from app import clock
from app.access import Actor
from app.couplings import lifecycle
from app.couplings.catalogue import CouplingType
from app.diagnosis.coupling_status import CouplingStatus, status_of, told
from models.coupling import Coupling
from screens.couplings.detail_block import Row, Ways, labelled, row_of, ways
from screens.shared import keys, signs
from screens.shared.program import InKeys

LABEL = 22
"""Cells of a label."""
WAYS: Ways = (
    (keys.WHY, "Waarom?", "vergelijkt beide kanten"),
    (keys.LOGBOOK, "Logboek", "wie deed wat, en wanneer"),
    (keys.ACTIONS, "Acties", "alles wat u hier kunt"),
    (keys.REMOVE, "Beëindigen", "vraagt eerst"),
)
"""What can be done while the cursor is not in the field."""


@dataclass(frozen=True)
class Shown:
    """What the page shows of a coupling."""

    row: Row
    coupling: Coupling
    facts: Sequence[tuple[str, str]]
    next_step: str
    code: str
    """The code, as the user may see it."""


def shown_of(actor: Actor, kind: CouplingType) -> Shown | None:
    """Read how the coupling is; None if it is not live (any more)."""
    status = status_of(actor, kind.type)
    if (coupling := status.coupling) is None:
        return None
    code = lifecycle.visible_code(actor, coupling)
    return Shown(row_of(actor, status), coupling, facts_of(status, coupling, code), status.next_step, code)


def facts_of(status: CouplingStatus, coupling: Coupling, code: str) -> list[tuple[str, str]]:
    """Labels and values; `code` as the user may see it."""
    consent = f"{coupling.consent_name} ({coupling.activated_by}), {clock.dutch_moment(coupling.consent_at)}"
    other = [("Andere kant", f"{status.kind.partner} {status.partner}")] if status.advises else []
    return [
        ("Startdatum", clock.dutch_date(coupling.start_date)),
        ("Verificatiecode", code or "geen"),
        ("Akkoord", consent),
        ("Voorwaarden", coupling.terms_version),
        *other,
        ("Laatste uitwisseling", told(status.last_exchange) or "nog geen"),
    ]


def lines_of(
    found: Shown, width: int, *, low: bool, narrow: bool, may: bool, in_keys: InKeys = str
) -> Iterator[Content]:
    """How it stands and what was agreed; where there is room what can be done, else the last exchange."""
    badge, halves = signs.coupling_badge(found.row.badge), signs.both_halves(found.row.badge, found.row.kind.partner)
    first = Content.assemble(Content(f"{'Status':<{LABEL}}").stylize("$label"), badge)
    beside = first.cell_length + 2 + halves.cell_length <= width
    yield Content.assemble(first, "  ", halves) if beside else first
    if not beside:
        yield Content.assemble(" " * LABEL, halves)
    for label, value in found.facts if low or narrow else found.facts[:-1]:
        yield from labelled(label, value, width, LABEL)
    if not low:
        yield from (
            Content(""),
            signs.rule("Toetsen", width),
            *ways(WAYS if may else WAYS[:-1], LABEL, in_keys),
        )
