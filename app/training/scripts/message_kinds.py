"""Checks of the messages that suppliers sent to the web service: how the last one went, and why."""

from __future__ import annotations

from collections.abc import Iterator

from app.access import Actor
from app.check_kinds import Kind
from app.uwlr import journal
from models.webservice import ExchangedMessage


def _last(actor: Actor) -> ExchangedMessage | None:
    return next(iter(journal.latest(actor.board.id, 1)), None)


def _outcome(actor: Actor, outcome: str) -> bool:
    last = _last(actor)
    return last is not None and last.outcome == outcome


def _refused(actor: Actor, rule: str) -> bool:
    return _outcome(actor, journal.Outcome.REFUSED) and _last(actor).rule == rule  # type: ignore[union-attr]  # it is there


def _rules(actor: Actor) -> Iterator[tuple[str]]:
    if (last := _last(actor)) is not None and last.outcome == journal.Outcome.REFUSED and last.rule:
        yield (last.rule,)


KINDS: tuple[Kind, ...] = (
    Kind("message OUTCOME", "Het laatste bericht van een leverancier is {0}.", _outcome),
    Kind(
        "message refused RULE",
        "Het laatste bericht van een leverancier is geweigerd om regel {0}.",
        _refused,
        _rules,
    ),
)
"""About the web service."""
