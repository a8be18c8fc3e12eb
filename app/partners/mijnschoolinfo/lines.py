"""The lines that report what a delivery did: stored with it, and shown beforehand by "Wat gebeurt er vannacht"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.counted import counted
from app.exchange.email import is_email
from app.partners.mijnschoolinfo.matching import full_name
from models import bulk
from models.partners.mijnschoolinfo import MsiDelivery, MsiGroup, MsiLine

LONGEST = 300


class Kind(StrEnum):
    """What a line is about, as on screen."""

    GROUP = "groep"
    PUPIL = "leerling"
    GUARDIAN = "verzorger"
    STAFF = "medewerker"


class Action(StrEnum):
    """What happened, as on screen."""

    ADDED = "toegevoegd"
    MATCHED = "herkend"
    MOVED = "verplaatst"
    JOINED = "ingedeeld"
    LINKED = "gekoppeld"
    REMOVED = "verwijderd"
    DOUBT = "twijfel"
    STAYS = "blijft staan"


PLURALS = {Kind.GROUP: "groepen", Kind.PUPIL: "leerlingen", Kind.GUARDIAN: "verzorgers", Kind.STAFF: "medewerkers"}


@dataclass
class Lines:
    """The lines of one page of a delivery, to be stored in one go."""

    rows: list[tuple[Kind, Action, str, str]] = field(default_factory=list)

    def add(self, kind: Kind, action: Action, name: str, detail: str = "") -> None:
        """Report one action."""
        self.rows.append((kind, action, name, detail))

    def doubt(self, kind: Kind, name: str, reason: str) -> None:
        """Report somebody who waits for a decision, with what agrees with an existing person and what does not."""
        self.add(kind, Action.DOUBT, name, f"staat hier misschien al ({reason}); kies in de twijfellijst")

    def joined(
        self, kind: Kind, known: Iterable[Any], added: Iterable[tuple[int, int]], names: Mapping[tuple[int, int], str]
    ) -> None:
        """Report the groups that existing people joined; `added` and `names` go by group and person."""
        found: dict[int, list[str]] = {}
        for pair in added:
            found.setdefault(pair[1], []).append(names[pair])
        for row in present(known):
            if row.id in found:
                self.add(kind, Action.JOINED, full_name(row), f"in groep {', '.join(sorted(found[row.id]))}")

    def moved(self, pupils: Iterable[Any], basis: Mapping[int, MsiGroup]) -> None:
        """Report the basisgroep each of these moved to."""
        for row in present(pupils):
            self.add(Kind.PUPIL, Action.MOVED, full_name(row), f"naar groep {basis[row.id].name}")

    def guardian(self, name: str, email: str, *, matched: bool) -> None:
        """Report a guardian who is new in ESIS, whether or not she or he existed here."""
        cannot = "" if matched or is_email(email) else "kan niet inloggen: geen geldig e-mailadres"
        self.add(Kind.GUARDIAN, Action.MATCHED if matched else Action.ADDED, name, cannot or email)

    def keep(self, delivery: MsiDelivery) -> None:
        """Store the lines."""
        bulk.insert(
            MsiLine,
            (
                {
                    "delivery": delivery.id,
                    "kind": str(kind),
                    "action": str(action),
                    "name": name[:LONGEST],
                    "detail": detail[:LONGEST],
                }
                for kind, action, name, detail in self.rows
            ),
        )


def present(rows: Iterable[Any]) -> Iterable[Any]:
    """The records not deleted here; nothing is reported about the others."""
    return (row for row in rows if row.deleted_at is None)


def summed_up(found: Iterable[tuple[str, str, int]]) -> str:
    """`2 leerlingen en 1 verzorger toegevoegd. 1 leerling verwijderd.`, from kind, action and count."""
    numbers = Counter({(kind, action): number for kind, action, number in found})
    sentences = []
    for action in (Action.ADDED, Action.MATCHED, Action.MOVED, Action.JOINED, Action.LINKED, Action.REMOVED):
        parts = [in_numbers(kind, numbers[kind, action]) for kind in Kind if numbers[kind, action]]
        if parts:
            sentences.append(f"{_joined(parts)} {action}.")
    return " ".join(sentences)


def in_numbers(kind: Kind, number: int) -> str:
    """`1 leerling`, `2 leerlingen`."""
    return counted(number, kind, PLURALS[kind])


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} en {parts[-1]}"
