"""The checks of a draaiboek: the state of the board, in the words of sources.md#states; each is pure.

A check looks at the state reached, never at the keys pressed, so any correct way counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app import clock
from app.access import Actor
from app.check_kinds import Kind
from app.couplings import catalogue
from app.couplings.catalogue import title
from app.couplings.state import CouplingState
from app.exchange.uwlr_xml.rules import RULES
from app.partners.registry import explanations, partners
from app.permissions import Role
from app.refusals import NotFound, Refused
from app.runs import State
from app.school.people.status import Status
from app.training.scripts import coupling_kinds, message_kinds, people_kinds, result_kinds
from app.training.scripts.errors import instead
from app.uwlr.journal import OUTCOMES, Outcome


def kinds() -> tuple[Kind, ...]:
    """Every kind of check: those of ESIS, then those of each partner."""
    own = (kind for partner in partners() for kind in partner.checks)
    return (*coupling_kinds.KINDS, *people_kinds.KINDS, *result_kinds.KINDS, *message_kinds.KINDS, *own)


ANSWERS = {"ASSESSMENT", "CODE", "DAY", "GROUP", "KEY", "MOMENT", "NAME", "NUMBER", "ROLE", "RULE", "TARGET", "USER"}
"""Placeholders whose words may be the answer to a task."""


@dataclass(frozen=True)
class Check:
    """A check with its placeholders filled in."""

    kind: Kind
    given: tuple[str, ...]
    text: str
    """The text as written."""
    also: tuple[Check, ...] = ()
    """Conditions that must hold at the same time."""

    def holds(self, actor: Actor) -> bool:
        """Whether it holds on the board, at the location of the actor. If something is not found, it does not hold."""
        try:
            return self.kind.holds(actor, *self.given) and all(check.holds(actor) for check in self.also)
        except NotFound:
            return False

    @property
    def sentence(self) -> str:
        """The expected state, in Dutch."""
        said = [_said(part, word) for part, word in zip(self._places, self.given, strict=True)]
        return " ".join([self.kind.says.format(*said), *(check.sentence for check in self.also)])

    @property
    def goal(self) -> str:
        """The same without what a learner has to find out or fill in: that is `…`."""
        said = [
            "…" if part in ANSWERS else _said(part, word) for part, word in zip(self._places, self.given, strict=True)
        ]
        return " ".join([self.kind.says.format(*said), *(check.goal for check in self.also)])

    @property
    def _places(self) -> list[str]:
        return [part for part in self.kind.written.split() if part.isupper()]


def parse(text: str) -> Check:
    """Parse a check, or several joined by `and`.

    Raises `Refused` with the correct form, or naming what is unknown.
    """
    first, *others = map(_one, f" {text} ".split(" and "))
    return replace(first, text=text, also=tuple(others))


def _said(part: str, word: str) -> str:
    """A filled-in word as people read it: a coupling by its title, a state in Dutch."""
    if part in ("TYPE", "JOB"):
        return title(word)
    if part == "RUNSTATE":
        return State(word).label.lower()
    if part == "OUTCOME":
        return OUTCOMES[Outcome(word)]
    return CouplingState(word).label.lower() if part == "STATE" else word


def _one(text: str) -> Check:
    words, known = text.split(), kinds()
    for kind in known:
        pattern = kind.written.split()
        if len(pattern) == len(words) and all(
            part.isupper() or part == word for part, word in zip(pattern, words, strict=True)
        ):
            given = tuple(word for part, word in zip(pattern, words, strict=True) if part.isupper())
            for part, word in zip([part for part in pattern if part.isupper()], given, strict=True):
                _known(part, word)
            return Check(kind, given, text.strip())
    ways = [kind.written for kind in known if words and kind.written.split()[0] == words[0]]
    if ways:
        raise Refused(
            f"Zo wordt 'check {words[0]}' niet geschreven. Schrijf {' of '.join(f'`{way}`' for way in ways)}."
        )
    firsts = list(dict.fromkeys(kind.written.split()[0] for kind in known))
    asked = words[0] if words else ""
    raise Refused(f"'{asked}' is geen controle. {instead(asked, firsts)}")


def known_words() -> dict[str, list[str]]:
    """Allowed words for the placeholders that accept only certain words."""
    return {
        "TYPE": [kind.type for kind in catalogue.all_types()],
        "STATE": list(CouplingState),
        "JOB": [*explanations(), "jaarovergang"],
        "RUNSTATE": [State.SUCCEEDED, State.FAILED, State.SKIPPED, State.QUEUED],
        "STATUS": list(Status),
        "OUTCOME": list(Outcome),
        "RULE": list(RULES),
        "ROLE": [role.name.lower() for role in Role],
        **{place: list(words) for partner in partners() for place, words in partner.words.items()},
    }


def _known(part: str, word: str) -> None:
    """Raise `Refused` for a word that can never be valid in its placeholder."""
    known = known_words()
    if part == "MOMENT":
        clock.parse_moment(word)
    elif part == "DAY":
        clock.parse_date(word)
    elif part in known and word not in known[part]:
        raise Refused(f"'{word}' kan hier niet. Kies uit: {', '.join(known[part])}.")
