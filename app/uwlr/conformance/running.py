"""Does the tests one after another, and compares what came out with what was expected to fail."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from app.other_esis.client import NotReached
from app.refusals import Refused
from app.uwlr.conformance.catalogue import BY_ID, TESTS
from app.uwlr.conformance.model import Result, Seen, Test, Verdict, failed, skipped
from app.uwlr.conformance.probe import Probe

NOT_BROUGHT = "Er wordt niets opgeslagen zonder --push."


@dataclass(frozen=True)
class Run:
    """What came out: `expected` are the ids that were expected to fail."""

    results: tuple[Result, ...]
    about: str
    expected: frozenset[str] = field(default_factory=frozenset)

    def of(self, verdict: Verdict) -> list[Result]:
        """The results that ended so."""
        return [one for one in self.results if one.seen.verdict is verdict]

    @property
    def unexpected(self) -> list[Result]:
        """What failed and was not expected to."""
        return [one for one in self.of(Verdict.FAILED) if one.id not in self.expected]

    @property
    def mended(self) -> list[Result]:
        """What was expected to fail and does not."""
        return [one for one in self.results if one.id in self.expected and one.seen.verdict is not Verdict.FAILED]

    @property
    def as_expected(self) -> bool:
        """Whether nothing came out otherwise."""
        return not self.unexpected and not self.mended


def chosen(only: Collection[str]) -> tuple[Test, ...]:
    """The tests whose id is named, or begins with a name and a dash; all without names. Raises `Refused`."""
    if not only:
        return TESTS
    for name in only:
        if not any(_fits(one, name) for one in TESTS):
            raise Refused(f"Er is geen test '{name}'. esis uwlr check --coverage toont ze.")
    return tuple(one for one in TESTS if any(_fits(one, name) for name in only))


def _fits(test: Test, name: str) -> bool:
    return test.id == name or test.id.startswith(f"{name}-")


def read_expected(text: str, known: Collection[str] = tuple(BY_ID)) -> frozenset[str]:
    """The ids in a file of expected failures: one a line, `#` begins a remark. Raises `Refused`."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    for number, line in enumerate(lines, 1):
        if line and line not in known:
            raise Refused(f"Regel {number} van de verwachte fouten noemt '{line[:40]}', en die test is er niet.")
    return frozenset(line for line in lines if line)


async def check(
    probe: Probe,
    tests: Sequence[Test] = TESTS,
    push: bool = False,
    expected: frozenset[str] = frozenset(),
    tell: Callable[[Result], object] = lambda _: None,
) -> Run:
    """Do the tests; `push`: also those that bring results to be stored. Raises `NotReached` if nothing can be reached."""
    await probe.line.send(probe.pupils, method="GET")
    results: list[Result] = []
    for test in tests:
        began = time.monotonic()
        seen = await _done(test, probe, push)
        names = tuple(rule.id for rule in test.rules)
        result = Result(test.id, test.level, test.title, test.expected, names, seen, time.monotonic() - began)
        results.append(result)
        tell(result)
    return Run(tuple(results), probe.pupils, expected & {one.id for one in tests})


async def _done(test: Test, probe: Probe, push: bool) -> Seen:
    if test.brings and not push:
        return skipped(NOT_BROUGHT)
    try:
        return await test.do(probe)
    except NotReached as lost:
        return failed(f"Er kwam geen antwoord. {lost.sentence}")
