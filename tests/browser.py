"""A page of a headless Chromium, where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest


def chromium() -> str:
    """Where it is; a skip that says what is missing otherwise."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        pytest.skip("the playwright package is not installed (uv sync)")
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("no Chromium on this machine; .ci/run installs one with apt")


@pytest.fixture
async def page() -> AsyncIterator[Any]:
    """A page of a headless Chromium."""
    path = chromium()
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = await playwright.chromium.launch(executable_path=path, args=sandbox)
        permissions = ["clipboard-read", "clipboard-write"]
        yield await browser.new_page(viewport={"width": 1280, "height": 800}, permissions=permissions)
        await browser.close()
