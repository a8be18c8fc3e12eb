"""Mijnschoolinfo's totals, deliveries and doubts, and what it holds for one pupil."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.exchange.email import is_email
from app.partners.mijnschoolinfo import account, editing, lists, waiting
from app.partners.mijnschoolinfo.lines import Kind
from app.partners.mijnschoolinfo.lists import names_of
from app.partners.mijnschoolinfo.matching import full_name
from app.partners.mijnschoolinfo.waiting import Waiting
from app.partners.pupil_at_partners import PupilAtPartner
from models import bulk
from models.partners.mijnschoolinfo import (
    MsiDelivery,
    MsiDoubt,
    MsiGroup,
    MsiGuardian,
    MsiLine,
    MsiMembership,
    MsiPupil,
    MsiSchool,
    MsiStaff,
)

SYSTEM = account.NAME
_MODELS: dict[str, Any] = {Kind.PUPIL: MsiPupil, Kind.GUARDIAN: MsiGuardian}


@dataclass(frozen=True)
class Summary:
    """Totals of the account, without what was deleted here."""

    groups: int
    pupils: int
    guardians: int
    cannot_sign_in: int
    staff: int
    doubts: int


def summary(school: MsiSchool) -> Summary:
    """The totals."""
    bad = _present(MsiGuardian, school).select(MsiGuardian.email).tuples()
    emails = [email for (email,) in bad]
    return Summary(
        groups=_present(MsiGroup, school).count(),
        pupils=_present(MsiPupil, school).count(),
        guardians=len(emails),
        cannot_sign_in=sum(not is_email(email) for email in emails),
        staff=_present(MsiStaff, school).count(),
        doubts=len(doubts(school)),
    )


def deliveries(school: MsiSchool, offset: int = 0, limit: int | None = None) -> list[MsiDelivery]:
    """The deliveries, newest first."""
    return _page(
        MsiDelivery.select().where(MsiDelivery.school == school).order_by(MsiDelivery.at.desc()), offset, limit
    )


def delivery_count(school: MsiSchool) -> int:
    """The number of deliveries."""
    return int(MsiDelivery.select().where(MsiDelivery.school == school).count())


def lines(delivery: MsiDelivery, offset: int = 0, limit: int | None = None) -> list[MsiLine]:
    """The lines of a delivery, in order."""
    return _page(MsiLine.select().where(MsiLine.delivery == delivery).order_by(MsiLine.id), offset, limit)


def doubts(school: MsiSchool) -> list[MsiDoubt]:
    """Those who wait for a decision, by name."""
    return waiting.to_decide(school)


@dataclass(frozen=True)
class Maybe:
    """A possible match here, and what agrees and what does not: `zelfde naam, ander nummer`."""

    record: Any
    reason: str

    @property
    def name(self) -> str:
        """The name of the record."""
        return editing.name_of(self.record)


@dataclass(frozen=True)
class Decision:
    """A doubt, its possible matches now, and the choice made.

    The choice is `dezelfde als Anna Aarts` or `iemand anders`; empty while it waits.
    """

    doubt: MsiDoubt
    chosen: str
    maybe: tuple[Maybe, ...]

    @property
    def reason(self) -> str:
        """Why it is a doubt, in short: the reason of the only match, or that there are several or none left."""
        if not self.maybe:
            return "lijkt op niemand meer"
        more = len(self.maybe) - 1
        return f"{self.maybe[0].reason}{f'; en nog {more}' if more else ''}"


def decisions(school: MsiSchool) -> list[Decision]:
    """Those who wait for a decision, by name, then those decided on, which can be changed until the delivery."""
    there = Waiting(school)
    shown = [row for row in there.rows if not row.held]
    return [_decision(there, row) for row in sorted(shown, key=lambda row: bool(row.decided))]


def decision(school: MsiSchool, doubt: MsiDoubt) -> Decision | None:
    """The current decision of one doubt; None once it is delivered or its subject left."""
    return next((one for one in decisions(school) if one.doubt.id == doubt.id), None)


def _decision(there: Waiting, row: MsiDoubt) -> Decision:
    found = {one.here: one.reason for one in there.candidates(row)}
    model = _MODELS[row.kind]
    records = model.select().where(bulk.among(model.id, list(found))).order_by(model.id)
    maybe = tuple(Maybe(record, found[record.id]) for record in records)
    same = next((one.name for one in maybe if one.record.id == row.same_as), None)
    chosen = "" if not row.decided else f"dezelfde als {same}" if same else "iemand anders"
    return Decision(row, chosen, maybe)


def candidates(doubt: MsiDoubt) -> list[MsiPupil] | list[MsiGuardian]:
    """Its possible matches here."""
    found = decision(doubt.school, doubt)
    return [one.record for one in found.maybe] if found else []


def holding(location_id: int, key: str) -> PupilAtPartner:
    """What Mijnschoolinfo holds for a pupil, and why it is as it is."""
    school = MsiSchool.get_or_none(MsiSchool.location == location_id)
    if school is None:
        return PupilAtPartner(SYSTEM, note="Deze vestiging heeft geen account.")
    named = MsiPupil.select().where(MsiPupil.school == school, MsiPupil.key == key)
    pupil = named.order_by(MsiPupil.esis_id.is_null(), MsiPupil.id).first()  # of two with one number, the one from ESIS
    if pupil is None:
        note = "Nog niet in Mijnschoolinfo." if account.leads(school) else "Niet gekoppeld."
        return PupilAtPartner(SYSTEM, note=note, at=school.delivered_to)
    found = names_of(
        MsiMembership.select(MsiMembership.pupil, MsiGroup.name)
        .join(MsiGroup)
        .where(MsiMembership.pupil == pupil)
        .order_by(MsiGroup.basis.desc(), MsiGroup.sort_name)
    )
    reason = lists.why(pupil)
    return PupilAtPartner(
        SYSTEM,
        True,
        full_name(pupil),
        ", ".join(found.get(pupil.id, ())),
        f"{reason[0].upper()}{reason[1:]}.",
        deleted=not named.where(MsiPupil.deleted_at.is_null()).exists(),
        at=school.delivered_to,
    )


def _present(model: Any, school: MsiSchool) -> Any:
    return model.select().where(model.school == school, model.deleted_at.is_null())


def _page(query: Any, offset: int, limit: int | None) -> list[Any]:
    return list(query.offset(offset).limit(limit) if limit is not None else query)
