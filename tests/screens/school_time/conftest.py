"""A worker beside the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.settings import Settings
from app.workers import engine


@pytest.fixture
def worker() -> Iterator[None]:
    """What is planned is done at once, in this process."""
    engine.plan_with(lambda: engine.Engine(Settings(), immediate=True))
    yield
    engine.plan_with(None)
