"""The hook of this plugin."""

from __future__ import annotations

import pytest

from pytest_esis.running import Runner


@pytest.hookspec(firstresult=True)
def pytest_esis_runner(config: pytest.Config) -> Runner | None:
    """How draaiboeken are played; None leaves it to the next, and in the end to a process for each."""
