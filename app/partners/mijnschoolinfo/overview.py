"""What Mijnschoolinfo shows besides its lists: how much it holds, its deliveries, its doubts, and what it has of one pupil."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.exchange.email import is_email
from app.exchange.names import folded
from app.partners.holdings import Holding
from app.partners.mijnschoolinfo import account, lists, upkeep
from app.partners.mijnschoolinfo.lines import Kind
from app.partners.mijnschoolinfo.lists import names_of
from app.partners.mijnschoolinfo.matching import full_name
from models.partners.mijnschoolinfo import (
    ESIS,
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

SYSTEM = account.CLIENT_NAME
_MODELS: dict[str, Any] = {Kind.PUPIL: MsiPupil, Kind.GUARDIAN: MsiGuardian}


@dataclass(frozen=True)
class Summary:
    """What the account holds, without what was deleted here."""

    groups: int
    pupils: int
    guardians: int
    cannot_sign_in: int
    staff: int
    doubts: int


def summary(school: MsiSchool) -> Summary:
    """How many there are of everything."""
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
    """How many deliveries there were."""
    return int(MsiDelivery.select().where(MsiDelivery.school == school).count())


def lines(delivery: MsiDelivery, offset: int = 0, limit: int | None = None) -> list[MsiLine]:
    """What a delivery did, in order."""
    return _page(MsiLine.select().where(MsiLine.delivery == delivery).order_by(MsiLine.id), offset, limit)


def doubts(school: MsiSchool) -> list[MsiDoubt]:
    """Who waits for a decision, by name."""
    return _by_name(MsiDoubt.select().where(MsiDoubt.school == school, ~MsiDoubt.decided))


def _by_name(found: Iterable[MsiDoubt]) -> list[MsiDoubt]:
    return sorted(found, key=lambda row: (folded(row.name), row.id))


@dataclass(frozen=True)
class Decision:
    """A doubt, and what was chosen: `dezelfde als Anna Aarts`, `iemand anders`; empty while it waits."""

    doubt: MsiDoubt
    chosen: str


def decisions(school: MsiSchool) -> list[Decision]:
    """Who waits for a decision, by name, and then about whom was decided: that can be changed until the delivery."""
    settled = MsiDoubt.select().where(MsiDoubt.school == school, MsiDoubt.decided)
    after = _by_name(settled)
    names = {
        (kind, row.id): upkeep.name_of(row)
        for kind, model in _MODELS.items()
        for row in model.select().where(
            model.origin != ESIS, model.id.in_([one.same_as for one in after if one.kind == kind and one.same_as])
        )
    }
    return [
        *(Decision(one, "") for one in doubts(school)),
        *(Decision(one, _chosen(one, names)) for one in after),
    ]


def _chosen(doubt: MsiDoubt, names: dict[tuple[str, int], str]) -> str:
    """Whoever was chosen and is gone by now is nobody: then somebody new comes."""
    name = names.get((doubt.kind, doubt.same_as or 0))
    return f"dezelfde als {name}" if name else "iemand anders"


def candidates(doubt: MsiDoubt) -> list[MsiPupil] | list[MsiGuardian]:
    """Who it may be here."""
    model = _MODELS[doubt.kind]
    ids = [int(number) for number in doubt.candidates.split(",") if number]
    return list(model.select().where(model.id.in_(ids), model.origin != ESIS).order_by(model.id))


def holding(location_id: int, key: str) -> Holding:
    """What Mijnschoolinfo has of a pupil, and why it is as it is."""
    school = MsiSchool.get_or_none(MsiSchool.location == location_id)
    if school is None:
        return Holding(SYSTEM, note="Deze vestiging heeft geen account.")
    pupil = MsiPupil.get_or_none(MsiPupil.school == school, MsiPupil.key == key)
    if pupil is None:
        return Holding(SYSTEM, note="Nog niet in Mijnschoolinfo." if account.leads(school) else "Niet gekoppeld.")
    found = names_of(MsiMembership.select(MsiMembership.pupil, MsiGroup.name).join(MsiGroup).where(
        MsiMembership.pupil == pupil).order_by(MsiGroup.basis.desc(), MsiGroup.sort_name))  # fmt: skip
    reason = lists.why(pupil)
    return Holding(
        SYSTEM, True, full_name(pupil), ", ".join(found.get(pupil.id, ())), f"{reason[0].upper()}{reason[1:]}."
    )


def _present(model: Any, school: MsiSchool) -> Any:
    return model.select().where(model.school == school, model.deleted_at.is_null())


def _page(query: Any, offset: int, limit: int | None) -> list[Any]:
    return list(query.offset(offset).limit(limit) if limit is not None else query)
