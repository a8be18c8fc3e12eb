"""The page of differences: what it holds, that it asks nothing of anywhere, and that its keys work."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from app.exchange.whole_file import put
from app.training.scripts import difference_page, goldens
from app.training.scripts.differences import Difference
from app.training.scripts.errors import Mistake, PlayFailed
from app.training.scripts.shots import Shot
from tests.browser import page
from tests.drawn import shot

__all__ = ["page"]


@pytest.fixture
def html(tmp_path: Path) -> str:
    """Four differing screens of two draaiboeken, and a line that failed."""
    een, twee = (tmp_path / f"{name}.draaiboek.md" for name in ("een", "twee"))
    goldens.keep(een, [shot("tekens", "boven", "<b>was</b>"), shot("kleur", "tekst"), shot("oud", "oud")])
    found = [
        *goldens.compare(
            een, [shot("tekens", "boven", "<b>nu!</b>"), shot("kleur", "tekst", style="red", styled=(0, 0, 5))]
        ),
        *goldens.compare(twee, [shot("nieuw", "nieuw")]),
    ]
    failed = PlayFailed(Mistake(str(een), 21, "'<x>' staat niet op het scherm."), "scherm", shot("f", "scherm").svg)
    return difference_page.page("Verschillen", found, [failed])


def test_all_is_listed_by_draaiboek_with_what_changed_and_marks_on_the_cells(html: str) -> None:
    order = [
        ">een</h3>",
        "kleur<small>5 cellen in kleur of opmaak, in regel 1",
        "oud<small>vervallen",
        "regel 21",
        ">twee</h3>",
    ]
    places = [html.index(part) for part in order]
    assert places == sorted(places)
    assert "tekens<small>3 tekens, in regel 2" in html
    assert "nieuw<small>nieuw" in html
    assert html.count('<rect class="character" x="45.6" y="66.9" width="36.6" height="24.4"/>') == 2, "on both pictures"
    assert html.count('<rect class="style"') == 2
    assert "nog niet bewaard" in html
    assert "wordt niet meer gemaakt" in html
    assert "&lt;b&gt;<del>was</del><ins>nu!</ins>&lt;/b&gt;" in html
    assert "<b>" not in html
    assert "<x>" not in html


def test_a_page_with_nothing_to_accept_does_not_ask_for_it() -> None:
    failed = PlayFailed(Mistake("een", 21, "Mis."), "scherm", shot("f", "scherm").svg)
    html = difference_page.page("Verschillen", [], [failed])
    assert "vorige en volgende" in html
    assert "<output>" not in html
    assert "aanvinkt" not in html


def test_nothing_is_asked_of_anywhere_and_no_stored_file_can_run(html: str, tmp_path: Path) -> None:
    assert "default-src 'none'" in html
    assert "://" not in html
    hostile = Shot(
        "een", 1, "</pre><script>alert(1)</script>", f"{goldens.PICTURE} viewBox='x'><script>alert(1)</script>"
    )
    found = Difference(tmp_path / "'\"><script>.draaiboek.md", "een", "x", "<script>", hostile.text, hostile.svg)
    assert difference_page.page("<script>", [found]).count("<script>") == 1, "its own"


ODD = ("a@b;$(rm x), 'c'.draaiboek.md", "-x [1].draaiboek.md", "niet\udcff.draaiboek.md")


def _of_odd_names() -> list[Difference]:
    one = shot("een", "nu")
    return [Difference(Path("m@p") / name, "een", None, "", one.text, one.svg) for name in ODD]


def test_every_name_that_a_file_can_have_is_on_the_page(tmp_path: Path) -> None:
    html = difference_page.page("Verschillen", _of_odd_names())
    put(tmp_path / "verschillen.html", html)
    assert html.count('data-path="m@p/') == len(ODD)
    assert all(f'href="#v{number}"' in html and f'id="v{number}"' in html for number in (1, 2, 3))
    assert "niet\\udcff" in (tmp_path / "verschillen.html").read_text()


async def test_in_chromium_what_is_to_be_typed_is_quoted(tmp_path: Path, page: Any) -> None:
    put(tmp_path / "verschillen.html", difference_page.page("Verschillen", _of_odd_names()[:2]))
    await page.goto((tmp_path / "verschillen.html").as_uri())
    for box in await page.locator("nav input").all():
        await box.check()
    told = shlex.split(await page.locator(".accept output").text_content())
    names = ["-x [1]/een", "a@b;$(rm x), 'c'/een"]
    assert told == [
        "esis",
        "play",
        *(f"m@p/{name}" for name in sorted(ODD[:2])),
        "--accept",
        names[0],
        "--accept",
        names[1],
    ]


async def test_in_chromium_its_keys_work_and_nothing_is_asked(html: str, tmp_path: Path, page: Any) -> None:
    path = tmp_path / "verschillen.html"
    path.write_text(html, encoding="utf-8")
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text))
    await page.goto(path.as_uri())

    async def shown() -> Any:
        return await page.evaluate(
            "[document.querySelector('section.-here h2').textContent.split(': ')[1] ?? 'regel',"
            " ...[...document.querySelectorAll('section.-here figure')]"
            ".filter((one) => one.getClientRects().length).map((one) => one.className)]"
        )

    assert await shown() == ["tekens", "was", "now"]
    for key, name, *figures in (
        ("ArrowDown", "kleur", "was", "now"),
        ("2", "kleur", "was"),
        ("3", "kleur", "now"),
        (" ", "kleur", "was"),
        (" ", "kleur", "now"),
        ("6", "kleur", "text"),
        ("1", "kleur", "was", "now"),
        ("a", "kleur", "was", "now"),
        ("m", "kleur", "was", "now"),
        ("5", "kleur", "was"),
        ("ArrowDown", "oud", "was"),
        ("a", "oud", "was"),
        ("j", "regel", "now"),
        ("j", "nieuw", "now"),
        ("j", "nieuw", "now"),
        ("k", "regel", "now"),
    ):
        await page.keyboard.press(key)
        assert await shown() == [name, *figures], key
    assert await page.locator(".accept output").text_content() == (
        f"esis play {tmp_path / 'een.draaiboek.md'} --accept een/kleur,een/oud"
    )
    assert await page.evaluate("document.body.classList.contains('-unmarked')")
    assert wrong == []
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
