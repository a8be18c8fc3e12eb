"""A search for crashes: odd input in every field of every screen, and every draaiboek with failing use cases.

Each use case fails the first time with a database error (`tests/screens/fuzz`). Not a speed benchmark: a crash ends the
run and is reported with the field and its input.
"""

from __future__ import annotations

from time import perf_counter

from benchmarks.measuring import Row, Scale
from benchmarks.stage import Stage, pytest

INPUTS, QUICK_INPUTS = 200, 1
"""The number of inputs per field."""


def fuzz(stage: Stage, scale: Scale) -> list[Row]:
    """The duration in milliseconds, without a goal."""
    inputs = INPUTS if scale.pupils == Scale().pupils else QUICK_INPUTS
    rows = []
    for what, chosen in (("odd things in fields", "odd_things"), ("draaiboeken with failures", "draaiboek")):
        begin = perf_counter()
        stage.run(pytest("tests/screens/fuzz", "-n", "2", "-k", chosen), {"FUZZ_INPUTS": str(inputs)})
        rows.append(Row(f"fuzz, {what}, {inputs} inputs a field", [(perf_counter() - begin) * 1000]))
    return rows
