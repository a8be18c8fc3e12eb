"""The numbers and bars of Toetsoverzichten, in characters available in Fira Code."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from app.counted import counted
from app.school.assessment.assessment_overviews import Line, Period
from app.school.assessment.scales import ScoreKind
from screens.shared.figures import LEVEL_WIDTH, NOTHING, bar, level_cell, level_part
from screens.shared.sources import Part
from screens.shared.text import plain

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


def spread_parts(spread: Sequence[tuple[str, int]]) -> list[Part]:
    """The same, each level on its tint."""
    parts: list[Part] = []
    for label, number in spread:
        if number:
            told, token = f"{label} {number}", level_part(label)[1]
            parts += [(f"{told:^5}" if token else f"{told} ", token), (" ", "")]
    return parts


def growth_token(line: Line) -> str:
    """The colour of its growth."""
    return "hint" if not line.growth else "grow" if line.growth > 0 else "fall"


def spread_chart(line: Line, period: Period, width: int) -> list[Content]:
    """A bar for each level, beside the same pupils' bar in the previous period; then a summary."""
    if width < LEAST_WIDTH:
        return []
    sides = [(period, line.pupils, dict(line.spread))]
    if line.pupils_before:
        sides.append((period.previous, line.pupils_before, dict(line.spread_before)))
    room = (width - LABEL) // len(sides)
    most = max(1, *(number for _, _, spread in sides for number in spread.values()))
    labels = dict.fromkeys(label for label, _ in (*line.spread, *line.spread_before))
    heads = "".join(_counted(when, pupils, room) for when, pupils, _ in sides)
    lines = [plain(" " * LABEL + heads).stylize("bold $label")]
    for label in labels:
        tint = level_part(label)[1] or "key"
        bars = (_bar(spread.get(label, 0), most, room, tint) for _, _, spread in sides)
        lines.append(Content.assemble(level_cell(label).pad_right(LABEL - LEVEL_WIDTH), *bars))
    return [*lines, plain(_sentence(line))]


def _counted(period: Period, number: int, room: int) -> str:
    told = f"{period.name} ({counted(number, 'leerling', 'leerlingen')})"
    return (told if len(told) < room else f"{period.name} ({number})").ljust(room)


def _bar(number: int, most: int, width: int, tint: str) -> Content:
    drawn = bar(number / most, width - NUMBER - 2)
    return Content.assemble(f"{number or '':>{NUMBER - 2}} ", (drawn, f"${tint}")).pad_right(3)


def _sentence(line: Line) -> str:
    if line.growth is None:
        return "Geen van deze leerlingen heeft een score in de vorige periode."
    unit = "niveaus" if line.assessment.scale.kind is ScoreKind.LEVEL else "punten"
    mean = "" if line.mean is None else f"Gemiddeld {decimal(line.mean)}, eerst {decimal(line.mean_before)}. "
    who = counted(line.grown, "leerling", "leerlingen")
    return f"{mean}Groei {signed(line.growth)} {unit}, bij {who}."
