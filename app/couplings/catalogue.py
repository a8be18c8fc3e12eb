"""The couplings ESIS offers, and their terms (`app/partner_files.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from app.partner_files import partner_files
from app.refusals import NotFound
from app.runs import COUNT_WORDS, Counts
from models.run import Run

OTHER_RUNS = {"jaarovergang": "Jaarovergang"}
"""Runs that are no exchange, and their titles."""
RESULTS = "Resultatenkoppeling"
"""The heading of the couplings that deliver results."""


@dataclass(frozen=True)
class CouplingType:
    """A row of the catalogue; the texts are Dutch, as on screen."""

    type: str
    """The id of the partner at the other end."""
    order: int
    """Its place in the overview."""
    row: str
    heading: str
    name: str
    description: str
    price: str
    partner: str
    terms_version: str
    next_step: str
    exchanges: str
    unchanged: str = COUNT_WORDS["unchanged"]
    """The word for records that stay as they are: not `ongewijzigd` where changes are not taken over."""
    needs_contacts: bool = False
    """Whether it can be activated only when the guardians' contact details are complete."""

    @property
    def brings_results(self) -> bool:
        """Whether the other end is a supplier of results."""
        return self.heading == RESULTS

    @property
    def terms(self) -> str:
        """The terms (gebruikersvoorwaarden) as Markdown: a practice text of our own."""
        text = resources.files("fixtures").joinpath("terms.md").read_text(encoding="utf-8")
        return text.format(
            row=self.row, name=self.name, price=self.price, terms_version=self.terms_version, exchanges=self.exchanges
        )


@cache
def all_types() -> tuple[CouplingType, ...]:
    """Every coupling, in the order of the overview."""
    rows = [
        CouplingType(partner, **data["coupling"]) for partner, data in partner_files().items() if "coupling" in data
    ]
    return tuple(sorted(rows, key=lambda row: row.order))


def place(partner: str) -> int:
    """A partner's position among others: the order of the overview, then the partners without a coupling."""
    types = [row.type for row in all_types()]
    return types.index(partner) if partner in types else len(types)


def transfers() -> dict[str, str]:
    """Exchanges that no school activates in ESIS, such as `basispoort`, and their titles."""
    return {job: told for data in partner_files().values() for job, told in data.get("transfers", {}).items()}


def by_type(name: str) -> CouplingType:
    """Find the coupling of this type, as in `iep-lvs`. Raises `NotFound`, listing those that exist."""
    for row in all_types():
        if row.type == name.strip().lower():
            return row
    raise NotFound(f"Koppeling '{name}' bestaat niet. Er zijn: {', '.join(row.type for row in all_types())}.")


def title(type_name: str) -> str:
    """The on-screen name of a coupling, a transfer or another run; the type itself if the catalogue has no name for
    it.
    """
    others = transfers() | OTHER_RUNS
    return next((row.row for row in all_types() if row.type == type_name), others.get(type_name, type_name))


def counts_told(type_name: str, counts: Counts) -> str:
    """The counts of a run as a phrase, worded for its coupling or transfer."""
    words = next((row.unchanged for row in all_types() if row.type == type_name), COUNT_WORDS["unchanged"])
    return counts.sentence(words)


def run_told(run: Run) -> str:
    """What a run did, as a phrase: its counts, or why it delivered nothing."""
    return run.error or counts_told(run.job, Counts.from_json(run.counts))
