"""The numbers and bars of Toetsoverzichten, in characters available in Fira Code."""

from __future__ import annotations

from collections.abc import Sequence

from app.counted import counted
from app.school.assessment.assessment_overviews import Line, Period
from app.school.assessment.scales import ScoreKind
from screens.shared.figures import NOTHING, bar

LABEL = 9
NUMBER = 5
LEAST_WIDTH = 60
"""Narrower than this, nothing is drawn."""


def decimal(number: float | None) -> str:
    """`57,3`; a dash for none."""
    return NOTHING if number is None else f"{number:.1f}".replace(".", ",")


def signed(number: float | None) -> str:
    """`▲ 6,2`, `▼ 1,0`, `= 0,0`; a dash for none."""
    if number is None:
        return NOTHING
    text = decimal(abs(number))
    return f"{'=' if text == '0,0' else '▲' if number > 0 else '▼'} {text}"


def spread_text(spread: Sequence[tuple[str, int]]) -> str:
    """`I 3  II 5  III 8`: the levels with at least one pupil, highest first."""
    return "  ".join(f"{label} {number}" for label, number in spread if number)


def spread_chart(line: Line, period: Period, width: int) -> list[str]:
    """A bar for each level, beside the same pupils' bar in the previous period; then a summary."""
    if width < LEAST_WIDTH:
        return []
    sides = [(period, line.pupils, dict(line.spread))]
    if line.pupils_before:
        sides.append((period.previous, line.pupils_before, dict(line.spread_before)))
    room = (width - LABEL) // len(sides)
    most = max(1, *(number for _, _, spread in sides for number in spread.values()))
    labels = dict.fromkeys(label for label, _ in (*line.spread, *line.spread_before))
    lines = [" " * LABEL + "".join(_counted(when, pupils).ljust(room) for when, pupils, _ in sides)]
    for label in labels:
        lines.append(f"{label:<{LABEL}}" + "".join(_bar(spread.get(label, 0), most, room) for _, _, spread in sides))
    return [text[:width].rstrip() for text in (*lines, _sentence(line))]


def _counted(period: Period, number: int) -> str:
    return f"{period.name} ({counted(number, 'leerling', 'leerlingen')})"


def _bar(number: int, most: int, width: int) -> str:
    room = width - NUMBER - 2
    return f"{number or '':>{NUMBER - 2}} {bar(number / most, room)}".ljust(width)


def _sentence(line: Line) -> str:
    if line.growth is None:
        return "Geen van deze leerlingen heeft een score in de vorige periode."
    unit = "niveaus" if line.assessment.scale.kind is ScoreKind.LEVEL else "punten"
    mean = "" if line.mean is None else f"Gemiddeld {decimal(line.mean)}, eerst {decimal(line.mean_before)}. "
    who = counted(line.grown, "leerling", "leerlingen")
    return f"{mean}Groei {signed(line.growth)} {unit}, bij {who}."
