"""Whether the program can be made to fall over: odd things in every field of every screen, and every draaiboek played while
each use case fails first by an error of the database (`tests/screens/fuzz`).

Not a speed but a search: what falls over ends the run and is told with the field and what was put in it.
"""

from __future__ import annotations

from time import perf_counter

from benchmarks.measuring import Row, Scale
from benchmarks.stage import Stage, pytest

INPUTS, QUICK_INPUTS = 200, 1
"""For each field."""


def fuzz(stage: Stage, scale: Scale) -> list[Row]:
    """Milliseconds it took, of which there is no bound."""
    inputs = INPUTS if scale.pupils == Scale().pupils else QUICK_INPUTS
    rows = []
    for what, chosen in (("odd things in fields", "odd_things"), ("draaiboeken with failures", "draaiboek")):
        begin = perf_counter()
        stage.run(pytest("tests/screens/fuzz", "-n", "2", "-k", chosen), {"FUZZ_INPUTS": str(inputs)})
        rows.append(Row(f"fuzz, {what}, {inputs} inputs a field", [(perf_counter() - begin) * 1000]))
    return rows
