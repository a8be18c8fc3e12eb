"""The page of a trace asks nothing of anywhere, holds whatever a draaiboek says, and works by keyboard in a browser."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from app.training.scripts.document import Script, parse_script
from app.training.tracing.board import FieldWords, RowChange
from app.training.tracing.page import MARK, page
from app.training.tracing.screens import Screens
from app.training.tracing.trace import Act, Trace
from tests.browser import page as browser
from tests.training.tracing.reading import data_of, text_of

__all__ = ["browser"]
NASTY = '</script><img src="http://example.invalid/x" onerror=alert(1)>'
TEXT = f"""---
title: Proef {NASTY}
role: rovict
kind: demo
---
1. Openen

```esis
open Leerlingen
press F2
choose "Gereed"
expect "Later"
```
"""


class Attributes(HTMLParser):
    """The names of all attributes of a page."""

    @classmethod
    def of(cls, text: str) -> set[str]:
        parser = cls()
        parser.names = set()
        parser.feed(text)
        return parser.names

    names: set[str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.names |= {name for name, _ in attrs}


class Fake:
    """Strips as a program draws them."""

    def __init__(self, *rows: str) -> None:
        self.rows = [Strip([Segment(row, Style.parse("bold #ff0000 on #001122"))]) for row in rows]


@pytest.fixture
def script() -> Script:
    return parse_script(TEXT, Path("proef.draaiboek.md"))


@pytest.fixture
def trace(script: Script, monkeypatch: pytest.MonkeyPatch) -> Trace:
    """Of three lines, of which the last failed."""
    monkeypatch.setattr("app.training.pictures.strips_of", lambda app: app.rows)
    found = Trace(script, TEXT.splitlines())
    first, second, third = (
        found.screens.seen(Fake(*rows))  # type: ignore[arg-type]
        for rows in (["Startpagina", "leeg"], ["Leerlingen", "leeg"], [f"Leerlingen {NASTY}", "日本 x"])
    )
    change = RowChange("leerling", "Anna Voorbeeld", "gewijzigd", (FieldWords("roepnaam", "Ana", "Anna"),))
    found.acts = [
        Act(9, 1, "open Leerlingen", first, 0.0, after=second, seconds=0.25, keys=["F10", "Enter"]),
        Act(10, 1, "press F2", second, 0.3, after=third, changes=[change], log=["WARNING app.workers: traag"]),
        Act(11, 1, 'choose "Gereed"', third, 0.5, after=third, wrong=f"'Gereed' {NASTY}"),
    ]
    return found


def test_the_page_can_ask_nothing_of_anywhere(trace: Trace) -> None:
    found = page(trace)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', found)
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed["default-src"] == "'none'"
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", found, re.DOTALL)
        assert allowed[f"{tag}-src"] == f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
    assert set(allowed) == {"default-src", "base-uri", "form-action", "style-src", "script-src"}
    without = found.replace("http://www.w3.org/2000/svg", "").replace("http://example.invalid", "")
    assert not re.search(r"https?:|//[a-z]+\.|url\(|@import", without), "but what the draaiboek says itself"
    assert not Attributes.of(found) & {"src", "href", "srcset", "data", "action", "background", "poster", "style"}
    assert MARK in found[:4096]


def test_what_a_draaiboek_says_stays_text(trace: Trace) -> None:
    found = page(trace)
    assert "<img" not in found
    data = data_of(found)
    assert data["lines"] == TEXT.splitlines()
    assert data["acts"][2]["wrong"].endswith(NASTY)
    assert text_of(data, data["acts"][2]["after"]) == f"Leerlingen {NASTY}\n日本 x\n"
    assert ("× Mislukt in regel 11" in found, data["acts"][0]["keys"]) == (True, ["F10", "Enter"])


def test_what_the_golden_screens_say_afterwards_is_at_its_line(trace: Trace) -> None:
    trace.blame(9, "'lijst' verschilt.")
    trace.blame(11, "en dit ook")
    trace.blame(None, "van geen regel")
    assert [act.wrong for act in trace.acts][:2] == ["'lijst' verschilt.", ""]
    assert "× Mislukt in regel 9, 11<" in page(trace)


@given(st.lists(st.lists(st.text("ab 日│", max_size=5), max_size=4), max_size=5))
@settings(max_examples=25, deadline=None)
def test_a_screen_is_kept_once_and_comes_back_as_it_was(screens: list[list[str]]) -> None:
    kept = Screens()
    numbers = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.training.pictures.strips_of", lambda app: app.rows)
        for rows in screens:
            numbers.append(kept.seen(Fake(*rows)))  # type: ignore[arg-type]
    for number, rows in zip(numbers, screens, strict=True):
        assert kept.text(number) == "\n".join(row.rstrip() for row in rows).rstrip() + "\n"
    data: Any = kept.as_data()
    assert len(data["screens"]) == len({tuple(rows) for rows in screens})


async def test_in_chromium_one_goes_through_it_by_keyboard(trace: Trace, browser: Any, tmp_path: Path) -> None:
    asked, wrong = [], []
    browser.on("request", lambda request: asked.append(request.url))
    browser.on("pageerror", lambda error: wrong.append(str(error)))
    browser.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    file = tmp_path / "verloop.html"
    file.write_text(page(trace), encoding="utf-8")
    await browser.goto(file.as_uri())
    await browser.wait_for_selector('html[data-letters="own"]', state="attached")

    async def shown(selector: str) -> str:
        return str(await browser.locator(selector).inner_text())

    assert (await shown("#command"), await shown("#where")) == (
        'choose "Gereed"',
        "3 van 3 · regel 11 · stap 1 · 0,00 s",
    )
    assert await browser.locator("#wrong").is_visible()
    assert await browser.locator("#lines .wrong").inner_text() == '11\nchoose "Gereed"'
    assert await browser.locator("#lines .unplayed").inner_text() == '12\nexpect "Later"'
    await browser.keyboard.press("ArrowLeft")
    assert await shown("#lines [aria-selected=true] :nth-child(2)") == "press F2"
    assert await shown("#board tr:nth-child(2)") == "leerling\tAnna Voorbeeld\tgewijzigd\t\nroepnaam: Ana → Anna"
    assert await shown("#log") == "WARNING app.workers: traag"
    assert await browser.locator("#figure-now text").all_inner_texts()
    await browser.keyboard.press("t")
    assert (await shown("#figure-now pre")).splitlines()[1] == "日本 x"
    await browser.keyboard.press("Home")
    await browser.keyboard.press("b")
    assert (await shown("#figure-was pre")).splitlines()[0] == "Startpagina"
    assert await shown("#keys") == "F10 Enter"
    await browser.locator("#slider").focus()
    await browser.keyboard.press("ArrowRight")
    assert await browser.locator("#slider").input_value() == "1"
    await browser.keyboard.press("f")
    assert await browser.locator("#slider").get_attribute("aria-valuetext") == 'regel 11: choose "Gereed"'
    await browser.locator("#lines .does").first.click()
    assert await shown("#command") == "open Leerlingen"
    assert (wrong, {url.split("#")[0] for url in asked}) == ([], {file.as_uri()})
