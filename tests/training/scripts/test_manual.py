"""A draaiboek as a chapter of the manual: prose, steps and pictures in order, and a self-contained page."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.training.lessons import catalogue
from app.training.scripts import cropping, manual, publishing
from app.training.scripts.document import Script, parse_script

HEAD = "---\ntitle: Proef & meer\naudience: Trainers\nkind: demo\n---\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text>één &amp; "twee"</text></svg>'
DO = '```esis\nexpect "Startpagina"\n```\n\n'
BODY = """
Vooraf, met **nadruk**.

## 1. Openen

Ga naar `Koppelingen`.

```esis
open Beheer > Koppelingen
shot overzicht
expect "Koppelingen"
```

Daarna.

```bash
esis reset
```

2. Kies [iets]

   Onder het kopje.

```esis
choose "Activeren" in "IEP LVS"
shot gekozen
```
"""


def script(body: str = BODY, name: str = "proef") -> Script:
    return parse_script(HEAD + body, Path(f"{name}.draaiboek.md"))


def page_of(body: str, **pictures: str) -> str:
    made = script(body)
    return manual.chapter(made, {shot: pictures.get(shot, SVG) for shot in made.shots})["proef.html"]


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_prose_steps_and_pictures_stand_as_in_the_file_and_the_commands_are_left_out() -> None:
    made = manual.markdown(script())
    order = (
        "# Proef & meer",
        "*Voor: Trainers*",
        "Vooraf, met **nadruk**.",
        "## 1. Openen",
        "Ga naar `Koppelingen`.",
        "](proef/overzicht.svg)",
        "Daarna.",
        "esis reset",
        "\n2. Kies [iets]",
        "\n   Onder het kopje.",
        "\n   ![Het scherm bij stap 2, Kies \\[iets\\] (gekozen)](proef/gekozen.svg)",
    )
    places = [made.index(part) for part in order]
    assert places == sorted(places)
    assert "```esis" not in made
    assert "expect" not in made


def test_a_chapter_has_markdown_a_page_and_its_pictures_as_they_were_taken() -> None:
    files = manual.chapter(script(), {"overzicht": SVG, "gekozen": SVG})
    assert set(files) == {"proef.md", "proef.html", "proef/overzicht.svg", "proef/gekozen.svg"}
    assert files["proef/overzicht.svg"] == SVG
    assert all(manual.MARK in files[name].splitlines()[place] for name, place in (("proef.md", 0), ("proef.html", 4)))


def test_the_page_holds_its_pictures_with_words_for_who_does_not_see_them() -> None:
    pictures = [attributes for tag, attributes in Elements(page_of(BODY)).found if tag == "img"]
    assert [picture["alt"] for picture in pictures] == [
        "Het scherm bij stap 1, Openen (overzicht)",
        "Het scherm bij stap 2, Kies [iets] (gekozen)",
    ]
    for picture in pictures:
        kind, _, data = str(picture["src"]).partition(",")
        assert kind == "data:image/svg+xml;base64"
        assert base64.b64decode(data).decode() == SVG


def rows_of(svg: str) -> list[tuple[float, str]]:
    """The texts of a picture with their heights."""
    found = re.findall(r'<text [^>]* y="([\d.]+)"[^>]*-line-\d+\)">([^<]*)</text>', svg)
    return [(float(y), text.replace("&#160;", " ").strip()) for y, text in found if text.strip()]


def test_empty_rows_between_what_is_shown_and_its_keys_are_left_out() -> None:
    golden = publishing.folder_of(catalogue.find("iep-lvs").path) / "resultaatkoppeling.svg"
    svg = golden.read_text(encoding="utf-8")
    made = cropping.cropped(svg)
    assert [text for _, text in rows_of(made)] == [text for _, text in rows_of(svg)]
    assert rows_of(made)[0] == rows_of(svg)[0]
    height, other = (float(re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)"', one)[0]) for one in (svg, made))
    assert height - other == pytest.approx(19 * cropping.ROW), "20 empty rows became one"
    assert max(y for y, _ in rows_of(made)) < other
    assert cropping.cropped(made) == made
    ElementTree.fromstring(made)
    assert manual.html_page("x", "![a](b)", {"b": svg}).count('class="dark"') == 1


def test_what_was_html_is_text_and_pictures_of_elsewhere_are_words() -> None:
    page = page_of(
        f"{DO}<script>alert(1)</script> en <b onclick='x'>vet</b>\n\n![kaart](http://x.invalid/k.png) [kwaad](javascript:x)\n"
    )
    assert "&lt;script&gt;" in page
    assert "kaart" in page
    tags = [tag for tag, _ in Elements(page).found]
    assert not {"script", "b", "img", "a"} & set(tags)


@given(
    st.text(alphabet=st.sampled_from("<>&\"'![]()`*_#\n/:=abj s"), max_size=200).filter(
        lambda prose: "```" not in prose
    )
)
def test_no_prose_makes_the_page_ask_for_anything(prose: str) -> None:
    for tag, attributes in Elements(page_of(f"{DO}{prose}\n\n<img src=http://x> <iframe src=//y>")).found:
        assert tag not in ("script", "iframe", "link", "object", "embed", "form", "base")
        assert str(attributes.get("src", "data:")).startswith("data:")
        assert not any(name.startswith("on") for name in attributes)


def test_a_name_with_odd_characters_is_found_by_its_page() -> None:
    made = script(BODY, "een (proef) #1 één")
    files = manual.chapter(made, {"overzicht": SVG, "gekozen": SVG})
    assert "een (proef) #1 één/overzicht.svg" in files
    assert files["een (proef) #1 één.html"].count("<img") == 2


def test_the_index_has_the_easy_ones_first_and_links_to_its_own_kind() -> None:
    hard = parse_script(f"---\ntitle: Aa\ndifficulty: 3\nkind: demo\n---\n{DO}", Path("moeilijk.draaiboek.md"))
    files = manual.index([hard, script()])
    assert files["index.md"].index("[Proef & meer](proef.md): Trainers") < files["index.md"].index("[Aa](moeilijk.md)")
    assert '<a href="moeilijk.html">Aa</a>' in files["index.html"]


HTML = "Zie <b>dit</b> en `<i>code</i>`.\n\n<script>\nalert(1)\n</script>\n\nEn \\<u>dat</u>, <https://voorbeeld.nl>.\n"
PIECES = st.lists(
    st.sampled_from(
        [
            "<b>",
            "</b>",
            "<!-- ",
            "-->",
            "`",
            "\\",
            "\n",
            "\n\n",
            "    ",
            "- ",
            "> ",
            "<script>",
            "a",
            "|",
            "<?",
            "<a@b.nl>",
        ]
    )
)


def test_html_in_prose_is_text_in_markdown_too() -> None:
    made = script(f"{HTML}\n1. Stap <img src=x>\n\n{DO}")
    text = manual.chapter(made, {})["proef.md"]
    assert "&lt;script>" in text
    assert not re.search("<(script|b|img|u)", text)
    assert "`<i>" in manual.without_html("Zie `<i>code</i>`.\n")


@given(PIECES.map("".join))
def test_no_prose_becomes_html(text: str) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(manual.without_html(text))
    kinds = {one.type for token in tokens for one in (token, *(token.children or ()))}
    assert not kinds & {"html_block", "html_inline"}
