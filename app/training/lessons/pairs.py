"""Two learners on one board: one at ESIS, one at the partner. Whose turn it is follows from where a task's commands act.

A lesson is for a pair if it has something to do at both. The code by which the second joins is the number of the board,
written so that neighbouring numbers do not look alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from app.refusals import Refused
from app.training.scripts.document import Script, Step
from app.training.scripts.grammar import TELLING, Command

ESIS, PARTNER = "esis", "partner"
TITLES = {ESIS: "bij ESIS", PARTNER: "bij de partner"}
"""Where one sits, in words, as long as it is not known which partner that is."""
SEEN = ("expect", "scroll", "check", "mask", "shot", "fault", "send", "go", "hint", "remark")
"""Commands that do nothing in the program they are given in."""
LETTERS = "23456789BCDFGHJKLMNPQRSTVWXYZ"
"""Neither a letter that looks like a digit, nor vowels, which make words."""
LENGTH = 5
_ALL = len(LETTERS) ** LENGTH
_FACTOR = 7_654_321
"""Prime to the number of codes, so that each number has one."""


def sides(tasks: Iterable[Iterable[Command]]) -> list[frozenset[str]]:
    """Of each task, who has something to do in it; of one in which nothing is done, who then looks at the screen."""
    at, found = ESIS, []
    for commands in tasks:
        acted: set[str] = set()
        for command in commands:
            if command.word == "go":
                at = ESIS if command.given[0].strip('"').casefold() == ESIS else PARTNER
            if command.word not in SEEN and command.word not in TELLING:
                acted.add(at)
        found.append(frozenset(acted or {at}))
    return found


def partner_of(script: Script) -> str:
    """The name of the partner's program that a lesson goes to first; empty if it goes to none."""
    gone = (command.given[0].strip('"') for step in script.steps for command in step.commands if command.word == "go")
    return next((name for name in gone if name.casefold() != ESIS), "")


def where(script: Script, side: str) -> str:
    """Where one sits, by the name of the program."""
    return f"bij {partner_of(script)}" if side == PARTNER else TITLES[side]


def own_steps(script: Script, steps: Sequence[Step], side: str) -> tuple[Step, ...]:
    """Those of the steps of one task in which this side has something to do; all, if it has in none."""
    acting = zip(script.steps, sides(step.commands for step in script.steps), strict=True)
    return tuple(step for step, these in acting if side in these and step in steps) or tuple(steps)


def check(script: Script, side: str) -> None:
    """Raise `Refused` if a lesson is nothing for a pair, and one is asked."""
    if side and not partner_of(script):
        raise Refused(f"De les '{script.title}' speelt alleen in ESIS; daar is samen niets te verdelen.")


def other(side: str) -> str:
    """The other side."""
    return PARTNER if side == ESIS else ESIS


def code_of(board_id: int) -> str:
    """The code of a pair's board, as in `K7M4P`."""
    left = board_id * _FACTOR % _ALL
    letters = []
    for _ in range(LENGTH):
        left, place = divmod(left, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def board_of(code: str) -> int:
    """The number of the board with this code. Raises `Refused` for what is no code."""
    letters = code.strip().upper()
    if len(letters) != LENGTH or set(letters) - set(LETTERS):
        raise Refused(f"'{code.strip()}' is geen code: die telt {LENGTH} letters en cijfers, zoals {code_of(1)}.")
    told = reduce(lambda found, letter: found * len(LETTERS) + LETTERS.index(letter), reversed(letters), 0)
    return int(told * pow(_FACTOR, -1, _ALL) % _ALL)
