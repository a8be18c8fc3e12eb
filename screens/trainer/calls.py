"""The calls of the web service as a list shows them: columns, words, and pages of those that fit a filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content

from app import clock
from app.exchange.names import folded
from app.uwlr import journal, telling
from app.uwlr.journal import OUTCOMES, Outcome
from models.webservice import ExchangedMessage
from screens.shared.facts import Act, Fact, Row, Section
from screens.shared.records import Column
from screens.shared.text import plain

SIGNS = {Outcome.ACCEPTED: ("✓", "ok"), Outcome.REFUSED: ("×", "bad"), Outcome.FAILED: ("!", "warn")}
"""The sign of an outcome, and its colour."""
NOTHING = "geen bericht"
WHY = ("Gedaan", "Eis", "Gevonden", "Verwacht", "Hint", "Plaats", "XPath")
"""What says how it went and why."""


def outcome(row: ExchangedMessage) -> str:
    """`× geweigerd`."""
    return f"{SIGNS[Outcome(row.outcome)][0]} {OUTCOMES[Outcome(row.outcome)]}"


def colour(row: ExchangedMessage) -> str:
    """The token of its outcome."""
    return f"bold {SIGNS[Outcome(row.outcome)][1]}"


def sign(row: ExchangedMessage) -> Content:
    """The same in its colour."""
    return plain(outcome(row)).stylize(f"bold ${SIGNS[Outcome(row.outcome)][1]}")


def operation(row: ExchangedMessage) -> str:
    """What was asked; of what was no message the address."""
    return row.operation or f"({NOTHING}) {row.address}"


def _place(row: ExchangedMessage) -> str:
    return f"regel {row.line}, kolom {row.column}" if row.line else ""


COLUMNS = (
    Column("Datum", lambda row: clock.dutch_moment(row.at).split()[1], 10, from_width=200),
    Column("Tijd", lambda row: clock.iso(row.at)[11:19], 8),
    Column("Leverancier", lambda row: row.supplier or "(onbekend)", 16),
    Column("Bewerking", operation),
    Column("Adres", lambda row: row.address, 36, from_width=220),
    Column("Eis", lambda row: row.rule, 10, from_width=160),
    Column("Plaats", _place, 19, from_width=240),
    Column("Bytes", lambda row: str(row.size), 9, right=True, from_width=180),
    Column("ms", lambda row: str(row.ms), 5, right=True),
    Column("Afloop", outcome, 12, style=colour),
)
"""What is there at any width is searched and exported."""


@dataclass(frozen=True)
class Wanted:
    """Which calls are shown: with these words in what stands there, this outcome and this operation; empty is every."""

    words: tuple[str, ...] = ()
    outcome: str = ""
    operation: str = ""


@dataclass(frozen=True)
class Calls:
    """A source of calls by their numbers, so that it is known at once where each of them stands."""

    board_id: int
    numbers: Sequence[int]

    @classmethod
    def wanted(cls, board_id: int, wanted: Wanted) -> Calls:
        """Those that are wanted, newest first."""
        if wanted.words:
            rows = journal.latest(board_id, outcome=wanted.outcome, operation=wanted.operation)
            return cls(board_id, [row.id for row in rows if _fits(row, wanted.words)])
        return cls(board_id, journal.numbers(board_id, wanted.outcome, wanted.operation))

    def count(self) -> int:
        """How many there are."""
        return len(self.numbers)

    def page(self, offset: int, limit: int) -> Sequence[Any]:
        """These of them."""
        return journal.some(self.board_id, self.numbers[offset : offset + limit])


def _fits(row: ExchangedMessage, words: Sequence[str]) -> bool:
    text = folded(*(column.text(row) for column in COLUMNS), row.told, row.fault, row.xpath, row.client)
    return all(word in text for word in words)


def detail(row: ExchangedMessage) -> Iterator[Row]:
    """What is told of one beside the list: how it went and, if it was refused, why."""
    yield Content.assemble(sign(row), "  ", plain(row.fault))
    yield from facts(row)
    yield Content("")
    yield Act("Enter", "Openen", "met verzoek en antwoord")


def facts(row: ExchangedMessage) -> Iterator[Row]:
    """Everything but the bodies; what matters most comes first, for where there is room for little."""
    told = dict(telling.facts(row))
    why = [label for label in WHY if told.get(label)]
    if why:
        yield Section("Waarom" if row.rule else "Wat er gebeurde")
        yield from (Fact(label, told[label]) for label in why)
    yield from _listed("Daarna zou ook fout gaan", row.later)
    yield from _listed("Door de vingers gezien", row.remarks)
    yield Section("Aanroep")
    yield from (Fact(label, text) for label, text in told.items() if label not in why and text)


def _listed(title: str, text: str) -> Iterable[Row]:
    found = journal.pairs(text)
    if found:
        yield Section(title)
    for number, one in enumerate(found, 1):
        yield Fact(f"{number}.", one["told"])
