"""The toy as a partner."""

from __future__ import annotations

from collections.abc import Iterator

from app.partners.toy.supplier import SUPPLIER, night
from models.partners.toy import ToyPuzzle, ToySchool

from app.access import Actor
from app.check_kinds import Kind, opposite
from app.partners import accounts
from app.partners.causes import Cause
from app.partners.partner import NewLocation
from app.partners.results_supplier import delivering, overview
from app.partners.results_supplier.declaring import partner_of
from app.partners.results_supplier.explaining import explanation


def open_account(new: NewLocation) -> None:
    ToySchool.create(location=new.location, brin6=new.location.brin6)
    accounts.open_user(new.location, "toy", "speler", new.password_hash)


def causes(school: ToySchool) -> Iterator[Cause]:
    if school.pulled_at and not SUPPLIER.outcomes(school).exists():
        yield Cause("Bij Toy heeft nog niemand een puzzel gemaakt.", "Laat een groep puzzelen.", "partner:toy/coupling")


def puzzled(actor: Actor) -> bool:
    return bool(ToyPuzzle.select().where(ToyPuzzle.school == SUPPLIER.account_of(actor.location)).exists())


PARTNER = partner_of(
    SUPPLIER,
    open_account,
    jobs=(delivering.job(SUPPLIER, "Toy: leerlingen en puzzels", night),),
    explanations=(
        explanation(SUPPLIER, causes, "coupling", until=lambda school: school.pulled_at, carries_groups=True),
    ),
    holding=overview.holding_of(SUPPLIER, lambda _school, pupil: f"{pupil.sittings if pupil else 0} puzzels."),
    practice_code="toy1234567890123",
    checks=(
        Kind("puzzles made", "Bij Toy is gepuzzeld.", puzzled),
        Kind("puzzles none", "Bij Toy heeft nog niemand gepuzzeld.", opposite(puzzled)),
    ),
)
