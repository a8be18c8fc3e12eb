"""The identity tests, extended: the machines of `tests/identities` with many more examples than the suite runs.

Not a speed benchmark but a search: every example is another order of enrolments, imports, renumberings, deliveries and
nights. A sequence that breaks an invariant ends the run and is shown.
"""

from __future__ import annotations

from time import perf_counter

from benchmarks.measuring import Row, Scale
from benchmarks.stage import Stage, pytest

EXAMPLES, QUICK_EXAMPLES = 200, 1
"""The number of examples per machine."""
MACHINES, STEPS = 3, 60


def identities(stage: Stage, scale: Scale) -> list[Row]:
    """Milliseconds per example, on each database."""
    full = scale.pupils == Scale().pupils
    examples = EXAMPLES if full else QUICK_EXAMPLES
    asked = {"IDENTITIES_EXAMPLES": str(examples), "IDENTITIES_STEPS": str(STEPS)}
    rows = []
    for database in ("sqlite", "postgresql") if scale.postgresql else ("sqlite",):
        begin = perf_counter()
        stage.run(pytest("tests/identities/test_identities.py", "-n", "0", "-k", database), asked)
        each = (perf_counter() - begin) * 1000 / (MACHINES * examples)
        rows.append(Row(f"identities on {database}: {MACHINES * examples} sequences of {STEPS} steps, each", [each]))
    return rows
