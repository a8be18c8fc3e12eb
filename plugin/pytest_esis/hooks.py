"""The plugin's hook."""

from __future__ import annotations

import pytest

from pytest_esis.running import Runner


@pytest.hookspec(firstresult=True)
def pytest_esis_runner(config: pytest.Config) -> Runner | None:
    """Return how draaiboeken are played; None defers to the next hook, and finally to a process for each."""
