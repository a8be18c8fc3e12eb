"""What the tests of Mijnschoolinfo share."""

from __future__ import annotations

from functools import partial

import pytest

from app.webservice import contacts


@pytest.fixture(params=[1, 100], ids=["a pupil a page", "one page"])
def paged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A delivery in many pages, and in one."""
    monkeypatch.setattr(contacts, "pull_contacts", partial(contacts.pull_contacts, limit=request.param))
