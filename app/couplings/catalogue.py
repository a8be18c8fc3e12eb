"""The couplings ESIS offers: the rows of `fixtures/couplings.toml` and their terms."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from app.refusals import NotFound
from app.runs import COUNT_WORDS, Counts
from models.run import Run

RESULTS = "Resultatenkoppeling"
"""The heading of the couplings that bring results."""


@dataclass(frozen=True)
class CouplingType:
    """A row of the catalogue; texts are Dutch, as on screen."""

    type: str
    row: str
    heading: str
    name: str
    description: str
    price: str
    partner: str
    terms_version: str
    next_step: str
    exchanges: str
    module: str
    unchanged: str = COUNT_WORDS["unchanged"]
    """What a count of records that stay as they are is called: not `ongewijzigd` where changes are not taken over."""
    needs_contacts: bool = False
    """Whether it can be activated only when the contact details of the guardians are complete."""

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
    return tuple(CouplingType(**row) for row in _data()["coupling"])


def transfers() -> dict[str, str]:
    """Exchanges that no school activates in ESIS, such as `basispoort`, and their titles."""
    return dict(_data()["transfers"])


def by_type(name: str) -> CouplingType:
    """The coupling with this type, as in `iep-lvs`. Raises `NotFound` naming those there are."""
    for row in all_types():
        if row.type == name.strip().lower():
            return row
    raise NotFound(f"Koppeling '{name}' bestaat niet. Er zijn: {', '.join(row.type for row in all_types())}.")


def title(type_name: str) -> str:
    """What a screen calls a coupling, a transfer or another run; the type itself where the catalogue knows no name."""
    others = {**transfers(), **_data()["other_runs"]}
    return next((row.row for row in all_types() if row.type == type_name), others.get(type_name, type_name))


def counts_told(type_name: str, counts: Counts) -> str:
    """The counts of a run as a phrase, in the words of its coupling or transfer."""
    words = next((row.unchanged for row in all_types() if row.type == type_name), COUNT_WORDS["unchanged"])
    return counts.sentence(words)


def run_told(run: Run) -> str:
    """What a run did, as a phrase: its counts, or why it brought nothing."""
    return run.error or counts_told(run.job, Counts.from_json(run.counts))


@cache
def _data() -> dict[str, Any]:
    text = resources.files("fixtures").joinpath("couplings.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
