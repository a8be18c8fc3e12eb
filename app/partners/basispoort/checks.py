"""What a draaiboek can check of Basispoort."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.access import Actor
from app.check_kinds import Kind, as_word, opposite, spaced
from app.partners.basispoort import account, publishers
from models.partners.basispoort import BasispoortGroup


def _ticked(actor: Actor, publisher: str) -> bool:
    rows = publishers.rows(account.school_of(actor.location))
    return any(row.id == publisher and row.ticked_at is not None for row in rows)


def _has_group(actor: Actor, name: str) -> bool:
    here = BasispoortGroup.select().where(BasispoortGroup.school == account.school_of(actor.location))
    return bool(here.where(BasispoortGroup.name == spaced(name)).exists())


def _groups(actor: Actor) -> Iterator[tuple[str]]:
    here: Any = BasispoortGroup.select(BasispoortGroup.name).where(
        BasispoortGroup.school == account.school_of(actor.location)
    )
    yield from ((as_word(name),) for (name,) in here.order_by(BasispoortGroup.id).tuples())


CHECKS: tuple[Kind, ...] = (
    Kind("group GROUP at basispoort", "Groep {0} staat in Basispoort.", _has_group, _groups),
    Kind("publisher PUBLISHER ticked", "Uitgeverij {0} is aangevinkt bij Basispoort.", _ticked),
    Kind("publisher PUBLISHER unticked", "Uitgeverij {0} is niet aangevinkt bij Basispoort.", opposite(_ticked)),
)
