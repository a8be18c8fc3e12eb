"""Samples of ours and of a baseline, taken alternately, and the table row that compares them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Scale:
    """How much to measure: enough to compare, or with `--quick` just enough to see that everything runs."""

    rounds: int = 12
    keys: int = 60
    pupils: int = 100_000
    walk_to: str = "2020-08-01T08:00"
    postgresql: bool = True
    sessions: int = 30
    soak: float = 0
    """Seconds."""


QUICK = Scale(rounds=1, keys=3, pupils=1_000, walk_to="2020-04-15T08:00", postgresql=False, sessions=2)


@dataclass(frozen=True)
class Row:
    """One comparison. `goal` is the maximum multiple of the baseline; None: reported, not judged."""

    what: str
    ours: Sequence[float]
    baseline: Sequence[float] = ()
    unit: str = "ms"
    goal: float | None = None
    share: float = 0.5
    """The quantile that counts: 0.5 the median, 0.99 the slowest of a hundred."""

    @property
    def ratio(self) -> float | None:
        """Ours as a multiple of the baseline."""
        return at(self.ours, self.share) / at(self.baseline, self.share) if self.baseline else None

    @property
    def verdict(self) -> str:
        """Whether the goal is met, in words."""
        if self.goal is None or self.ratio is None:
            return "-"
        return "met" if self.ratio <= self.goal else "MISSED"

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f}"
        goal = "-" if self.goal is None else f"{self.goal:.2f}"
        return (self.what, self._told(self.ours), self._told(self.baseline), self.unit, ratio, goal, self.verdict)

    def _told(self, samples: Sequence[float]) -> str:
        """The figure, with the interquartile range of the samples."""
        if not samples:
            return "-"
        spread = f" ({at(samples, 0.25):.4g}-{at(samples, 0.75):.4g})" if len(samples) > 1 else ""
        return f"{at(samples, self.share):.4g}{spread}"


TITLES = ("what", "ours", "baseline", "unit", "ratio", "goal", "verdict")


def at(samples: Sequence[float], share: float) -> float:
    """The quantile of the samples at this fraction; the median is between two."""
    ordered = sorted(samples)
    return median(ordered) if share == 0.5 else ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def in_turns(rounds: int, *measures: Callable[[], float]) -> list[list[float]]:
    """The samples of each measure, taken alternately and in changing order, so that noise affects all equally.

    Each is run once before, uncounted, to cache files and compile bytecode.
    """
    samples: list[list[float]] = [[] for _ in measures]
    for measure in measures:
        measure()
    for number in range(rounds):
        turn = range(len(measures)) if number % 2 == 0 else range(len(measures) - 1, -1, -1)
        for place in turn:
            samples[place].append(measures[place]())
    return samples


def milliseconds(work: Callable[[], object]) -> float:
    """The duration of the work."""
    begin = perf_counter()
    work()
    return (perf_counter() - begin) * 1000


def table(rows: Sequence[Row]) -> str:
    """The rows under their headings, in Markdown."""
    lines = [TITLES, *(row.cells for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(TITLES))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join("| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines)
