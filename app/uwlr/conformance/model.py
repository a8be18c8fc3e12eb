"""What a conformance test is, and what it ends with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.exchange.uwlr_xml.rules import Rule

if TYPE_CHECKING:
    from app.uwlr.conformance.probe import Probe


class Level(StrEnum):
    """How heavy a test weighs: what the standard asks, what it advises, and what the field does besides."""

    MUST = "must"
    SHOULD = "should"
    FIELD = "field"


LEVELS = {Level.MUST: "moet", Level.SHOULD: "hoort", Level.FIELD: "praktijk"}
"""On screen."""


class Verdict(StrEnum):
    """How a test ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


VERDICTS = {Verdict.PASSED: "goed", Verdict.FAILED: "fout", Verdict.SKIPPED: "overgeslagen"}
"""On screen."""


@dataclass(frozen=True)
class Seen:
    """What a test ended with: a sentence says what was seen, without keys and without a person's data."""

    verdict: Verdict
    told: str

    def __bool__(self) -> bool:
        return self.verdict is Verdict.PASSED


def passed(told: str) -> Seen:
    """It is as it should be."""
    return Seen(Verdict.PASSED, told)


def failed(told: str) -> Seen:
    """It is not."""
    return Seen(Verdict.FAILED, told)


def skipped(told: str) -> Seen:
    """It could not be tried; `told` says what is missing."""
    return Seen(Verdict.SKIPPED, told)


@dataclass(frozen=True)
class Test:
    """A test of a LAS; the id stays, for scripts and lists of expected failures rely on it."""

    id: str
    level: Level
    title: str
    expected: str
    rules: tuple[Rule, ...]
    do: Callable[[Probe], Awaitable[Seen]]
    brings: bool = False
    """Whether it brings results that should be stored: only when that is allowed."""


@dataclass(frozen=True)
class Result:
    """What is told of a test in every form of a report."""

    id: str
    level: Level
    title: str
    expected: str
    rules: tuple[str, ...]
    seen: Seen
    seconds: float = 0.0
