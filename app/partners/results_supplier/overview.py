"""Read-only queries every supplier shares: its pupils and groups, and what it shows ESIS about one pupil.

A sitting is one pupil, one assessment, one day; ESIS stores a result of it, and one for each of its parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from app.exchange.names import folded, search_words
from app.partners import pupil_at_partners
from app.partners.pupil_at_partners import PupilAtPartner
from app.partners.results_supplier.supplier import Supplier
from models.shared import SupplierAccount


@dataclass(frozen=True)
class PupilAccount:
    """A pupil's account in a list; `group` is the name of the group, empty if it is archived."""

    pupil: Any
    group: str
    sittings: int


@dataclass(frozen=True)
class GroupChoice:
    """A group that can sit something, and how many of its pupils would."""

    name: str
    pupils: int


def pupil_count(supplier: Supplier, account: SupplierAccount, asked: str = "") -> int:
    """The number of pupils whose name matches the search."""
    return int(_pupils(supplier, account, asked).count())


def pupils(
    supplier: Supplier, account: SupplierAccount, asked: str = "", offset: int = 0, limit: int = 100
) -> list[PupilAccount]:
    """Pupils by last name, inactive ones last; three queries per page."""
    model = supplier.pupil
    order = (model.active.desc(), model.sort_name, model.id)
    return accounts(supplier, account, _pupils(supplier, account, asked).order_by(*order).offset(offset).limit(limit))


def place_of(supplier: Supplier, account: SupplierAccount, asked: str, key: str) -> int | None:
    """Where the pupil with this key stands among `pupils`; None if not among them."""
    model, found = supplier.pupil, _pupils(supplier, account, asked)
    row = found.where(model.key == key).first()
    if row is None:
        return None
    same = (model.sort_name < row.sort_name) | ((model.sort_name == row.sort_name) & (model.id < row.id))
    before = same & (model.active == row.active)
    return int(found.where(before if row.active else before | model.active).count())


def accounts(supplier: Supplier, account: SupplierAccount, found: Iterable[Any]) -> list[PupilAccount]:
    """These pupils as list rows."""
    rows, names = list(found), group_names(supplier, account)
    sat = sittings_of(supplier, rows)
    return [PupilAccount(row, names.get(row.group_key, ""), sat.get(row.id, 0)) for row in rows]


def group_names(supplier: Supplier, account: SupplierAccount) -> dict[str, str]:
    """The names of groups by key, without archived ones."""
    model = supplier.group
    rows = model.select().where(model.school == account, *([model.active] if supplier.archives else []))
    return {row.key: row.name for row in rows}


def group_order(supplier: Supplier) -> tuple[Any, ...]:
    """The order of groups: instruction groups last, then by year group and name."""
    return supplier.group.composite, supplier.group.year_group, supplier.group.sort_name


def group_sizes(supplier: Supplier, account: SupplierAccount, *where: Any) -> Counter[str]:
    """How many active pupils (who meet a condition) each group has, by its key; instruction groups too."""
    model = supplier.pupil
    rows = model.select(model.group_key, model.composite_keys).where(model.school == account, model.active, *where)
    return Counter(key for group, more in rows.tuples() for key in {group, *more.split("\n")})


def groups_for(supplier: Supplier, account: SupplierAccount, year_groups: Collection[str]) -> list[GroupChoice]:
    """The active groups, instruction groups too, with pupils of these year groups."""
    model = supplier.group
    sizes = group_sizes(supplier, account, supplier.pupil.year_group.in_(list(year_groups)))
    groups = model.select().where(model.school == account, model.active).order_by(*group_order(supplier))
    return [GroupChoice(group.name, sizes[group.key]) for group in groups if sizes[group.key]]


def sittings(supplier: Supplier, account: SupplierAccount) -> Any:
    """The query for the sittings of an account."""
    return supplier.outcome.select().where(supplier.outcome.school == account, supplier.outcome.part == "")


def sittings_of(supplier: Supplier, pupils: Sequence[Any]) -> dict[int, int]:
    """How often each of these pupils sat an assessment, by the pupil's id."""
    model = supplier.outcome
    counts = model.select(model.pupil, fn.COUNT(model.id)).where(model.pupil.in_(list(pupils)), model.part == "")
    return dict(counts.group_by(model.pupil).tuples())


def holding_of(
    supplier: Supplier,
    note: Callable[[Any, PupilAccount | None], str],
    taken: Callable[[Any], datetime | None] = lambda _account: None,
) -> Callable[[int, str], PupilAtPartner]:
    """The `holding` of a partner; `note` is what it says of the account and the pupil, or of a pupil not found, and
    `taken` when the account last took pupils over.
    """

    def holding(location_id: int, key: str) -> PupilAtPartner:
        account = supplier.account_at(location_id)
        if account is None:
            return PupilAtPartner(supplier.name, note="Deze vestiging heeft geen account.")
        pupil = supplier.pupil.get_or_none(supplier.pupil.school == account, supplier.pupil.key == key)
        if pupil is None:
            return PupilAtPartner(supplier.name, note=note(account, None), at=taken(account))
        (row,) = accounts(supplier, account, [pupil])
        gone = "" if pupil.active else "Niet meer actief; "
        groups = {pupil.group_key: row.group}
        return pupil_at_partners.of(supplier.name, pupil, groups, gone + note(account, row), taken(account))

    return holding


def _pupils(supplier: Supplier, account: SupplierAccount, asked: str) -> Any:
    model = supplier.pupil
    query = model.select().where(model.school == account)
    for word in search_words(asked):
        query = query.where(model.sort_name.contains(folded(word)))
    return query
