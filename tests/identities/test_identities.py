"""The whole life of identities, in any order, on both sides: no child, guardian or result lost, doubled or mixed up."""

from __future__ import annotations

import os
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from hypothesis.strategies._internal.featureflags import FeatureFlags

from models.base import is_sqlite
from tests.identities.filed import Filed
from tests.identities.outcomes import Outcomes
from tests.identities.parents import Parents
from tests.identities.school import School

LONG = os.environ.get("IDENTITIES_EXAMPLES", "")
"""How many examples, where many are asked for (`python -m benchmarks identities`): other ones each time."""


@pytest.mark.parametrize("machine", [Parents, Outcomes, Filed])
@pytest.mark.usefixtures("db")
def test_whatever_happens_everybody_stays_who_they_are(machine: type[School]) -> None:
    how = settings(
        max_examples=int(LONG or (4 if is_sqlite() else 1)),
        stateful_step_count=int(os.environ.get("IDENTITIES_STEPS", "30")),
        deadline=None,
        database=None,
        derandomize=not LONG,
        phases=[Phase.generate],
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    with patch.object(FeatureFlags, "is_enabled", lambda *_: True):  # a story needs most of the rules
        run_state_machine_as_test(machine, settings=how)
