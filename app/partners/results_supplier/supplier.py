"""The configuration of a supplier of results: its tables, and everything in which suppliers differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.partners import accounts
from app.partners.results_supplier.assessing import Score, Sittable, percentage_right
from app.partners.talents import Talents
from app.refusals import NotFound
from fixtures.assessments import Assessment
from models.board import Location
from models.shared import GroupValues, OfferedResult, PupilValues, SupplierAccount

UNKNOWN = "Leerling {key} is bij {name} niet bekend."


def _everything(_account: SupplierAccount, _slot: datetime | None = None) -> Any:
    """No extra condition: always true."""
    return True


@dataclass(frozen=True)
class Merged:
    """What moved from one account to another: outcomes and, if pupils practise there, exercises."""

    outcomes: int
    exercises: int = 0


@dataclass(frozen=True, eq=False)
class Merging:
    """How an account of a pupil is merged into another of the same pupil (`merging.py`)."""

    source: Any
    """The condition for accounts that may be merged into another: pupils who left, or made by hand."""
    check: Callable[[Any, Any], None]
    """Raises `Refused` with field `source` or `target` if these two cannot be merged."""
    move: Callable[[Any, Any, datetime], Merged]
    """Moves everything from source to target, at a school time."""


@dataclass(frozen=True, eq=False)
class Supplier:
    """A supplier of results.

    Its groups, pupils and outcomes have a `school` (the account), its outcomes a `pupil`; groups and pupils are
    `active` until the source no longer reports them.
    """

    id: str
    """Its id as a partner."""
    client_name: str
    """Its klantnaam: the Naam of the coupling in ESIS."""
    name: str
    """The name of its program."""
    account: Any
    """The model of its accounts, a `SupplierAccount`."""
    group: Any
    """The model of its groups, `GroupValues`."""
    pupil: Any
    """The model of its pupils, `PupilValues`."""
    outcome: Any
    """The model of what it delivers, an `OfferedResult`."""
    not_set_up: str
    """Why nothing is delivered while its side is not set up, as a sentence."""
    no_groups: str
    """Why there are no groups yet, to follow `geen; `."""
    sittable: Callable[[Any, str], Sittable]
    """What a group sits, by the account and the name typed. Raises `NotFound`, or `Refused` if it cannot be sat."""
    scores: Callable[[Talents, str, Assessment, date], Iterable[Score]] = percentage_right
    """How the pupil with this key scores on a day: the whole assessment first, then its parts."""
    offers: Callable[..., Any] = _everything
    """The condition for outcomes of an account that ESIS may have at all: now, or by the settings before a slot."""
    stays: str = ""
    """What happens to the results of an assessment that does not travel with the coupling, as a sentence."""
    delivered: Mapping[str, Any] = field(default_factory=dict)
    """What distinguishes groups and pupils from ESIS from those made by hand; empty if all come from ESIS."""
    set_up: Mapping[str, Any] = field(default_factory=dict)
    """Other account columns to save when the coupling is switched on."""
    archives: bool = False
    """Whether groups belong to one school year and are archived with the results (`outcome.group`) made in them."""
    key_prefix: str = ""
    """The prefix of its outcomes' keys, before the BRIN6."""
    merging: Merging | None = None
    """How two accounts of one pupil are merged; None if they never are."""
    unknown: str = UNKNOWN
    """The sentence that there is no pupil with this `key`."""

    def __post_init__(self) -> None:
        """Check the types of the four models."""
        assert issubclass(self.account, SupplierAccount)
        assert issubclass(self.group, GroupValues)
        assert issubclass(self.pupil, PupilValues)
        assert issubclass(self.outcome, OfferedResult)

    def account_of(self, location: Location) -> Any:
        """The account of a location. Raises `NotFound` if there is none."""
        return accounts.account_of(self.account, location, self.name)

    def account_at(self, location_id: int) -> Any:
        """The account of a location by its id; None if there is none."""
        return self.account.get_or_none(self.account.location == location_id)

    def came(self, model: Any) -> tuple[Any, ...]:
        """The conditions for the groups or pupils (by their model) that came from ESIS."""
        return tuple(getattr(model, name) == value for name, value in self.delivered.items())

    def pupils(self, account: SupplierAccount) -> Any:
        """The query for the active pupils of an account."""
        return self.pupil.select().where(self.pupil.school == account, self.pupil.active)

    def find_pupil(self, account: SupplierAccount, key: str, field: str) -> Any:
        """The pupil with this key. Raises `NotFound` for `field`."""
        found = self.pupil.get_or_none(self.pupil.school == account, self.pupil.key == key.strip())
        if found is None:
            raise NotFound(self.unknown.format(key=key, name=self.name), field=field)
        return found

    def outcomes(self, account: SupplierAccount) -> Any:
        """The query for the outcomes of an account with their pupils."""
        query = self.outcome.select(self.outcome, self.pupil).join(self.pupil)
        return query.where(self.outcome.school == account)
