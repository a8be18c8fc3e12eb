"""The cost of administration: lists of locations of increasing size, the export, the year transition."""

from __future__ import annotations

from benchmarks.measuring import Row, Scale
from benchmarks.stage import Stage, inside

SIZES = (300, 30_000, 300_000)
QUICK_SIZES = (100, 300, 1_000)


def lists(stage: Stage, scale: Scale) -> list[Row]:
    """The first page of a list of pupils, a search and a page in its middle, compared with the smallest location."""
    sizes = SIZES if scale.pupils == Scale().pupils else QUICK_SIZES
    url = stage.copy("lists")
    found = {size: inside(stage, "lists", url, str(size), str(scale.rounds)) for size in sizes}
    return [
        Row(f"pupils, {what}: {size} beside {sizes[0]}", found[size][what], found[sizes[0]][what])
        for what in found[sizes[0]]
        for size in sizes[1:]
    ]


def export(stage: Stage, scale: Scale) -> list[Row]:
    """EDEXML of 10,000 pupils, compared with lxml and a raw cursor writing the same document without rules."""
    pupils = min(10_000, scale.pupils)
    ours, raw, memory = inside(stage, "export", stage.copy("export"), str(pupils), str(min(scale.rounds, 5)))
    return [
        Row(f"EDEXML export of {pupils} pupils, beside lxml and a cursor", ours, raw, goal=3),
        Row(f"memory, EDEXML export of {pupils} pupils", memory, unit="MB"),
    ]


def transition(stage: Stage, scale: Scale) -> list[Row]:
    """The year transition of 10,000 pupils: the proposal and the one transaction, compared with the same rows raw."""
    pupils = min(10_000, scale.pupils)
    found = inside(stage, "transition", stage.copy("transition"), str(pupils))
    return [
        Row(f"year transition of {pupils} pupils, proposed", found["propose"]),
        Row(f"year transition of {pupils} pupils, carried out, beside the same rows raw", found["apply"], found["raw"]),
        Row(f"year transition of {pupils} pupils, taken back", found["undo"]),
    ]
