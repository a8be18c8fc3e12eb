"""Processing a DULT file and rolling it back (sources.md#rollback; details ours).

Processing stores the results of the agreed pupils, in one transaction, and records what it did to each. Rolling back
removes exactly those results and restores what they replaced; it is refused once something later builds on them. A file
that was rolled back can be matched differently and processed again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from peewee import fn

from app.access import Actor, writing
from app.counted import plural
from app.exchange.identity import Person
from app.exchange.uwlr import ResultData
from app.permissions import Permission
from app.refusals import Refused
from app.school.assessment import assessments, catalogue, results, versions
from app.school.assessment.counting import ONE_SITTING
from app.school.files.dult_matching import SUPPLIER, as_person, check_there, days_of, found, open_file, still_is
from models import bulk
from models.assessment import ExcludedResult, ReplacedResult, Result
from models.dult import DultEffect, DultFile, DultLine, DultPupil
from models.school import Pupil


@dataclass(frozen=True)
class Processed:
    """What processing did, in results, and how many pupils were left out."""

    new: int
    replaced: int
    unchanged: int
    left_out: int

    @property
    def sentence(self) -> str:
        """`Verwerkt: 40 nieuw, 2 vervangen, 0 ongewijzigd.`."""
        left = (
            f" Leerlingen zonder akkoord: {self.left_out}; hun resultaten staan niet in ESIS." if self.left_out else ""
        )
        return f"Verwerkt: {self.new} nieuw, {self.replaced} vervangen, {self.unchanged} ongewijzigd.{left}"


@dataclass(frozen=True)
class RolledBack:
    """What rolling back a file did, in results."""

    taken_away: int
    brought_back: int

    @property
    def sentence(self) -> str:
        """`Teruggedraaid: 40 resultaten weggehaald, 2 teruggezet.`."""
        return f"Teruggedraaid: {self.taken_away} weggehaald, {self.brought_back} teruggezet zoals het was."


def process(actor: Actor, file_id: int) -> Processed:
    """Store the results of the agreed pupils.

    Raises `Refused` when there are none, when an assessment is off, or when a pupil had left by then; `NotFound`,
    `NotAllowed`.
    """
    with writing(actor, Permission.IMPORT_RESULTS) as now:
        file = open_file(actor, file_id)
        agreed = _agreed(file)
        known = [(_data(line), agreed[line.pupil_id]) for line in _lines(file) if line.pupil_id in agreed]
        _check_active(actor, {data.assessment for data, _ in known})
        known = _as_stored(actor, file, known)
        keys = [data.key for data, _ in known]
        before = results.stored_with(actor.location, SUPPLIER, keys)
        receipt = results.store_for_pupils(actor.location, SUPPLIER, known, now)
        replaced = {
            before[data.key].id
            for data, pupil_id in known
            if data.key in before and not results.same(before[data.key], data, pupil_id)
        }
        _keep_effects(file, results.stored_with(actor.location, SUPPLIER, keys), set(before), replaced)
        _close(file, actor.name, now)
    left_out = DultPupil.select().where(DultPupil.file == file, ~DultPupil.agreed).count()
    return Processed(receipt.stored, receipt.replaced, receipt.unchanged, left_out)


def roll_back(actor: Actor, file_id: int) -> RolledBack:
    """Remove the results of a processed file and restore what they replaced.

    Raises `Refused` for a file that is not processed, or when something later builds on its results.
    """
    with writing(actor, Permission.IMPORT_RESULTS):
        file = found(actor, file_id)
        if file.state != "processed":
            raise Refused(f"'{file.name}' is niet verwerkt, dus er valt niets terug te draaien.")
        effects = list(DultEffect.select().where(DultEffect.file == file))
        _check_nothing_later(file, effects)
        DultEffect.delete().where(DultEffect.file == file).execute()
        brought_back = versions.bring_back([effect.earlier_id for effect in effects if effect.earlier_id is not None])
        going = _going(effects)
        for ids in versions.in_pages(going):
            Result.delete().where(Result.id.in_(ids)).execute()
        file.state, file.turn, file.processed_at, file.processed_by = "rolled_back", 0, None, ""
        file.save()
    return RolledBack(len(going), brought_back)


def _agreed(file: DultFile) -> dict[int, int]:
    """The id of the pupil in ESIS, by id of the pupil in the file."""
    query = DultPupil.select(DultPupil, Pupil).join(Pupil).where(DultPupil.file == file, DultPupil.agreed)
    rows: dict[int, Any] = {row.id: row for row in query}
    if not rows:
        raise Refused(
            "Er is nog geen leerling met akkoord. Geef eerst akkoord, per leerling (spatie) of voor alle (*)."
        )
    for row_id, days in days_of(list(rows)).items():
        check_there(rows[row_id], days)
    return {row_id: row.matched.id for row_id, row in rows.items()}


def _as_stored(actor: Actor, file: DultFile, known: list[tuple[ResultData, int]]) -> list[tuple[ResultData, int]]:
    """The results with the keys under which they are stored.

    The key consists of the sender's key for the pupil, the assessment and the day. A result the pupil already has of
    that sitting keeps its key, even if the sender now uses another key for the pupil or corrects the day: a later file
    replaces the whole sitting. Another pupil's result with the sender's key moves to this pupil when it was matched
    wrongly: not when its pupil is in this file too, or when the number belonged to another child at the time.
    """
    mine = _own_keys(actor, known)
    taken = {*mine.values(), *_of_others(file, known)}
    found = []
    for place, (data, pupil_id) in enumerate(known):
        free = data.key if data.key not in taken else f"{data.key}:{pupil_id}"
        found.append((replace(data, key=mine.get(place, free)), pupil_id))
    return found


def _of_others(file: DultFile, known: list[tuple[ResultData, int]]) -> set[str]:
    """The keys of results stored for another pupil that did not arrive for the pupil who arrives now."""
    stored = results.stored_with(file.location, SUPPLIER, [data.key for data, _ in known])
    moving = {
        data.key: data.pupil_key
        for data, pupil_id in known
        if data.key in stored and stored[data.key].pupil_id != pupil_id
    }
    if not moving:
        return set()
    arriving = {row.key: as_person(row) for row in DultPupil.select().where(DultPupil.file == file)}
    brought = _brought([stored[key].id for key in moving])
    return {
        key
        for key, number in moving.items()
        if not still_is(arriving[number], brought.get(stored[key].id) or _in_esis(stored[key], number))
    }


def _brought(result_ids: list[int]) -> dict[int, Person]:
    """The pupil to whom each of these results belonged in the last processed file."""
    found: dict[int, Person] = {}
    for ids in versions.in_pages(result_ids):
        rows: Any = (
            DultPupil.select(DultPupil, Result.id.alias("result_id"))
            .join(DultFile)
            .join(DultEffect)
            .join(Result)
            .where(Result.id.in_(ids), Result.pupil == DultPupil.matched, DultPupil.agreed)
            .order_by(DultFile.turn)
        )
        found.update((row.result_id, as_person(row)) for row in rows.objects())
    return found


def _in_esis(result: Result, number: str) -> Person:
    return Person.of(result.pupil, former=(number,))


def _own_keys(actor: Actor, known: list[tuple[ResultData, int]]) -> dict[int, str]:
    """The keys of results the pupil already has of the same sitting, by index; those of the same day first."""
    there: dict[tuple[int, str], dict[date, str]] = {}
    for ids in versions.in_pages(sorted({pupil_id for _, pupil_id in known})):
        rows = Result.select().where(
            Result.location == actor.location, Result.supplier == SUPPLIER, Result.pupil.in_(ids)
        )
        for row in rows.order_by(Result.id):
            there.setdefault((row.pupil_id, row.assessment), {})[row.date] = row.supplier_key
    found = {}
    for within in (timedelta(days=1), ONE_SITTING):
        for place, (data, pupil_id) in sorted(enumerate(known), key=lambda one: one[1][0].date):
            days = there.get((pupil_id, data.assessment), {})
            near = [day for day in days if abs(day - data.date) < within]
            if place not in found and near:
                found[place] = days.pop(min(near, key=lambda day: abs(day - data.date)))
    return found


def _lines(file: DultFile) -> Any:
    return DultLine.select().where(DultLine.file == file).order_by(DultLine.line)


def _data(line: DultLine) -> ResultData:
    return ResultData(
        key=line.supplier_key,
        pupil_key=line.supplier_key.partition(":")[0],
        pupil_eckid="",
        assessment=line.assessment,
        date=line.date,
        score=line.score,
        level=line.level,
    )


def _check_active(actor: Actor, used: set[str]) -> None:
    off = [catalogue.by_id(one).name for one in sorted(used - assessments.active_ids(actor.location.id))]
    if off:
        state, them = plural(len(off), ("staat", "de toets"), ("staan", "deze toetsen"))
        raise Refused(
            f"Niet verwerkt: {', '.join(off)} {state} niet aan. Zet {them} aan bij Beheer > Toetsen > Toetsen activeren, en "
            "kies daarna opnieuw Verwerken."
        )


def _keep_effects(file: DultFile, stored: dict[str, Result], before: set[str], replaced: set[int]) -> None:
    """Record the effects. The latest version of a replaced result is the previous one: this transaction stored it."""
    earlier: dict[int, int] = {}
    for ids in versions.in_pages(sorted(replaced)):
        rows: Any = ReplacedResult.select(ReplacedResult.result, fn.MAX(ReplacedResult.id)).where(
            ReplacedResult.result.in_(ids)
        )
        earlier.update(rows.group_by(ReplacedResult.result).tuples())
    bulk.insert(
        DultEffect,
        (
            {
                "file": file.id,
                "result": row.id,
                "is_new": key not in before,
                "replaced": row.id in replaced,
                "earlier": earlier.get(row.id),
            }
            for key, row in stored.items()
        ),
    )


def _close(file: DultFile, user: str, now: datetime) -> None:
    last = DultFile.select(fn.MAX(DultFile.turn)).where(DultFile.location == file.location_id).scalar()
    file.state, file.turn, file.processed_at, file.processed_by = "processed", (last or 0) + 1, now, user
    file.save()


def _going(effects: list[DultEffect]) -> list[int]:
    """The results without a previous version: new ones, and those of a pupil deleted since."""
    return [effect.result_id for effect in effects if effect.is_new or (effect.replaced and effect.earlier_id is None)]


def _check_nothing_later(file: DultFile, effects: list[DultEffect]) -> None:
    for ids in versions.in_pages([effect.result_id for effect in effects]):
        later = (
            DultEffect.select(DultEffect, DultFile)
            .join(DultFile)
            .where(DultEffect.result.in_(ids), DultFile.turn > file.turn)
            .order_by(DultFile.turn.desc())
            .first()
        )
        if later is not None:
            raise Refused(
                f"Niet teruggedraaid: '{later.file.name}' is later verwerkt en heeft dezelfde resultaten. Draai eerst "
                "dat bestand terug."
            )
    for ids in versions.in_pages(_going(effects)):
        excluded = (
            ExcludedResult.select(ExcludedResult, Result).join(Result).where(ExcludedResult.result.in_(ids)).first()
        )
        if excluded is not None:
            raise Refused(
                f"Niet teruggedraaid: van leerling {excluded.result.pupil.key} is {_name(excluded.result)} daarna uitgesloten "
                f"door {excluded.excluded_by}. Laat het eerst weer meetellen (Beheer > Toetsen > Resultaten uitsluiten)."
            )


def _name(result: Result) -> str:
    return catalogue.by_id(result.assessment).name
