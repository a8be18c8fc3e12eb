"""Draaiboeken as tests: IEP LVS's compared with the same flow as HTML forms in headless Chromium, and the whole set."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.measuring import Row, Scale, milliseconds
from benchmarks.stage import Stage

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "scripts"
PROGRAM = "from app.cli import main; main()"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FIELDS = ("naam", "code")
PAGES = 17
"""The number of steps in the draaiboek."""


def scripts(stage: Stage, scale: Scale) -> list[Row]:  # noqa: ARG001
    """Time them in their own processes, including startup, as in a test run."""
    rounds = 1 if scale.pupils != Scale().pupils else 3
    ours = [milliseconds(lambda: _play([FOLDER / "iep-lvs.draaiboek.md"])) for _ in range(rounds)]
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), "")
    rows = [
        Row(
            "IEP script as a test, beside its flow as HTML forms in Chromium"
            if browser
            else "IEP script as a test (no Chromium here to stand beside it)",
            ours,
            [_in_browser(browser) for _ in range(rounds)] if browser else (),
        )
    ]
    files = sorted(FOLDER.glob("*.draaiboek.md"))
    if rounds > 1:
        cores = os.cpu_count() or 1
        begin = time.perf_counter()
        with ThreadPoolExecutor(cores) as pool:
            list(pool.map(lambda file: _play([file]), files))
        spent = (time.perf_counter() - begin) * 1000
        rows.append(Row(f"all {len(files)} scripts on {cores} cores, each", [spent / len(files)]))
    return rows


def _play(files: list[Path]) -> None:
    subprocess.run([sys.executable, "-c", PROGRAM, "play", *map(str, files)], check=True, capture_output=True)


def _in_browser(path: str) -> float:
    """The same number of steps: fill in two fields, tick a box, go to the next page; the pages are in memory."""
    from playwright.sync_api import sync_playwright

    def flow() -> None:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page()
            for number in range(PAGES):
                fields = "".join(f'<label>{name}<input id="{name}"></label>' for name in FIELDS)
                form = f'<form onsubmit="return false">{fields}<input id="agree" type="checkbox"><button>Gereed</button></form>'
                page.set_content(f"{form}<p>stap {number}</p>")
                for name in FIELDS:
                    page.fill(f"#{name}", "99QQ001234567890abcd")
                page.check("#agree")
                page.click("button")
                page.get_by_text(f"stap {number}").wait_for()
                page.screenshot()
            browser.close()

    return milliseconds(flow)
