"""The list of results without a pupil: a user matches each to a pupil, or dismisses it (modelled on DULT).

A match is remembered for later deliveries and stores every open result of the same pupil of that supplier.
"""

from __future__ import annotations

from app.access import Actor, writing
from app.counted import counted
from app.couplings import logbook
from app.couplings.logbook import LogKind
from app.permissions import Permission
from app.refusals import NotFound, Refused
from app.school.assessment import results, waiting
from app.school.assessment.matching import Matcher
from app.school.assessment.waiting import Standing
from models.assessment import UnmatchedResult
from models.school import Pupil

LONGEST_LIST = 500


class AlreadySolved(Refused):
    """Another user already matched or dismissed the result."""

    def __init__(self) -> None:
        super().__init__("Dit resultaat staat niet meer open: het is al gekoppeld of verwijderd.")


def open_unmatched(actor: Actor, limit: int = LONGEST_LIST) -> list[UnmatchedResult]:
    """Return the open results of the actor's location, by the supplier's pupil and date. Raises `NotAllowed`."""
    actor.require(Permission.MATCH_RESULTS)
    query = UnmatchedResult.select().where(UnmatchedResult.location == actor.location, waiting.on_list())
    return list(query.order_by(UnmatchedResult.pupil_key, UnmatchedResult.date, UnmatchedResult.id).limit(limit))


def proposed(actor: Actor, unmatched: UnmatchedResult) -> Pupil | None:
    """The only pupil of the location the result may belong to; None for no pupil or several. Raises `NotAllowed`."""
    actor.require(Permission.MATCH_RESULTS)
    data = waiting.data_of(unmatched)
    found = Matcher(actor.location, unmatched.supplier, [data]).find(data)
    likely = [found.pupil_id] if found.pupil_id is not None else list(found.proposed)
    return Pupil.get_or_none(Pupil.id == likely[0]) if len(likely) == 1 else None


def match(actor: Actor, unmatched: UnmatchedResult, pupil: Pupil) -> int:
    """Match the supplier's pupil to this one; return how many results were stored.

    Raises `NotAllowed`, `AlreadySolved`, or `Refused` when the pupil is at another location or had left by then.
    """
    with writing(actor, Permission.MATCH_RESULTS) as now:
        row = _open(actor, unmatched)
        if pupil.location_id != actor.location.id:
            raise Refused("Deze leerling zit op een andere vestiging. Kies een leerling van deze vestiging.")
        stored = results.store_for_pupil(row, pupil, actor.name, now)
        after = UnmatchedResult.get_or_none(UnmatchedResult.id == row.id, waiting.on_list())
        if after is not None:
            raise Refused(f"Dit resultaat is zo niet te koppelen. {after.reason}")
        logbook.write_for(
            actor,
            row.supplier,
            now,
            LogKind.MATCHED,
            f"{counted(stored, 'resultaat', 'resultaten')} van leerling '{row.pupil_key}' gekoppeld aan leerling {pupil.key}. "
            "Dit wordt onthouden voor volgende leveringen.",
        )
    return stored


def dismiss(actor: Actor, unmatched: UnmatchedResult) -> None:
    """Take the result off the list without storing it. Raises `NotAllowed` or `AlreadySolved`."""
    with writing(actor, Permission.MATCH_RESULTS) as now:
        row = _open(actor, unmatched)
        still_open = (UnmatchedResult.id == row.id) & waiting.on_list()
        if not UnmatchedResult.update(state=Standing.DISMISSED.value).where(still_open).execute():
            raise AlreadySolved  # a delivery in progress stored it
        logbook.write_for(
            actor,
            row.supplier,
            now,
            LogKind.DISMISSED,
            f"Resultaat van leerling '{row.pupil_key}' ({row.assessment}) niet overgenomen.",
        )


def _open(actor: Actor, unmatched: UnmatchedResult) -> UnmatchedResult:
    row: UnmatchedResult | None = UnmatchedResult.get_or_none(
        UnmatchedResult.id == unmatched.id, UnmatchedResult.location == actor.location
    )
    if row is None:
        raise NotFound("Dit resultaat staat niet op de lijst van deze vestiging.")
    if not UnmatchedResult.select().where(UnmatchedResult.id == row.id, waiting.on_list()).exists():
        raise AlreadySolved
    return row
