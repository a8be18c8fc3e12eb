"""The draaiboeken among our own tests are played without what Textual draws for a terminal that is not there."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from app.pytest_plugin import ScriptItem


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """As the tests of screens are (`tests/screens/economy.py`); what an outsider runs is the plugin alone."""
    if not isinstance(item, ScriptItem):
        return (yield)
    from tests.screens.economy import playing

    with playing():
        return (yield)
