"""The page of differences: one self-contained HTML file that asks nothing of anywhere, for a browser or a CI artefact.

At the left what differs, by draaiboek; at the right expected and actual at full width, beside each other, under a
slider or in turn, with the cells that differ marked. Everything works by keyboard; without scripts it is one long page.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from difflib import SequenceMatcher
from html import escape
from itertools import zip_longest
from pathlib import Path

from app.training.lone_page import allowed, static
from app.training.scripts import cells
from app.training.scripts.cells import CELL, LEFT, LINE, TOP, Change
from app.training.scripts.differences import Difference
from app.training.scripts.document import SUFFIX
from app.training.scripts.errors import PlayFailed

MARK = 'name="generator" content="esis play"'
"""Marks a page of differences, which may be overwritten."""
_HERE = Path(__file__).parent
_MODES = (
    ("beside", "Naast elkaar", "1"),
    ("was", "Verwacht", "2"),
    ("now", "Nu", "3"),
    ("slide", "Schuif", "4"),
    ("blink", "Knipper", "5"),
    ("text", "Tekst", "6"),
)
_MOVE = "<kbd>↑</kbd> <kbd>↓</kbd> vorige en volgende"
_KEYS = (
    " · <kbd>1</kbd>-<kbd>6</kbd> hoe u kijkt · <kbd>spatie</kbd> wisselt · "
    "<kbd>m</kbd> merktekens · <kbd>a</kbd> aanvinken"
)


def page(title: str, differences: Iterable[Difference], failed: Iterable[PlayFailed] = ()) -> str:
    """The page, with the screens of lines that failed too."""
    parts = sorted(
        [
            *((str(one.path), _entry_of(one), _section_of(one)) for one in differences),
            *((one.mistake.file, _entry_of_failed(one), _section_of_failed(one)) for one in failed),
        ],
        key=lambda part: part[0],
    )
    listed, sections, before = [], [], ""
    for number, (file, entry, section) in enumerate(parts, 1):
        if file != before:
            name = escape(Path(file).name.removesuffix(SUFFIX))
            listed.append(f'{"</ul>" if before else ""}<h3 title="{escape(file)}">{name}</h3><ul>')
        before = file
        listed.append(entry.replace('"#@"', f'"#v{number}"', 1))
        sections.append(section.replace('"@"', f'"v{number}"', 1))
    lines = "\n".join(listed)
    style, script = static(_HERE, "differences.css"), "\n" + static(_HERE, "differences.js")
    tickable = any("<input" in entry for entry in listed)
    accept = f"<p>Bewaren wat u aanvinkt:</p><output></output><p>{_MOVE}{_KEYS}</p>" if tickable else f"<p>{_MOVE}</p>"
    return (
        f'<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><meta {MARK}>\n{_policy(script)}\n'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>\n'
        f"<style>\n{style}</style></head>\n<body>\n<nav><h1>{escape(title)}</h1>\n{lines}"
        f"{'</ul>' if before else ''}\n"
        f'<div class="accept">{accept}</div></nav>\n'
        f"<main>\n{''.join(sections)}</main>\n<script>{script}</script>\n</body></html>\n"
    )


def _policy(script: str) -> str:
    """What a browser may do with the page: show its own pictures and run its own script, and ask nothing of anywhere."""
    rules = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {allowed(script)}"
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}">'


def _entry_of(one: Difference) -> str:
    change = one.change()
    about = "nieuw" if one.is_new else "vervallen" if one.is_stale else (change.words() if change else "")
    tick = (
        f'<input type="checkbox" value="{escape(one.full_name)}" data-path="{escape(str(one.path))}" '
        f'aria-label="{escape(one.name)} bewaren">'
    )
    return f'<li>{tick}<a href="#@">{escape(one.name)}<small>{escape(about)}</small></a></li>'


def _entry_of_failed(one: PlayFailed) -> str:
    return f'<li class="-failed"><a href="#@">regel {one.mistake.line}<small>ging niet</small></a></li>'


def _section_of(one: Difference) -> str:
    change = one.change()
    told = f"<p>{escape(change.words())}.</p>" if change and change.runs else ""
    marks = _marks(one, change)
    only = ' data-only="now"' if one.is_new else ' data-only="was"' if one.is_stale else ""
    text = f"<pre>{_marked(one.expected_text or '', one.text or '')}</pre>"
    buttons = "".join(
        f'<button type="button" data-mode="{mode}"><kbd>{key}</kbd> {text}</button>' for mode, text, key in _MODES
    )
    return (
        f'<section id="@" data-mode="beside"{only}>'
        f"<h2>{escape(one.path.name)}: {escape(one.name)}</h2>\n<p>{escape(one.sentence())}</p>{told}\n"
        f'<div class="bar">{buttons}<input type="range" min="0" max="100" value="50" aria-label="Schuif tussen verwacht en nu">'
        f'</div>\n<div class="stage">'
        f"{_figure('was', 'verwacht', _picture(one.expected_svg, 'nog niet bewaard', marks))}"
        f"{_figure('now', 'nu', _picture(one.svg, 'wordt niet meer gemaakt', marks))}"
        f"{_figure('text', 'verschil in tekst', text)}</div></section>\n"
    )


def _section_of_failed(one: PlayFailed) -> str:
    return (
        f'<section id="@" class="failed" data-only="now"><h2>{escape(Path(one.mistake.file).name)}, '
        f"regel {one.mistake.line}</h2>\n"
        f'<p>{escape(one.mistake.sentence)}</p>\n<div class="stage">'
        f"{_figure('now', 'toen het niet ging', _picture(one.picture, 'geen plaatje'))}</div></section>\n"
    )


def _figure(kind: str, caption: str, content: str) -> str:
    return f'<figure class="{kind}"><figcaption>{caption}</figcaption>{content}</figure>\n'


def _picture(svg: str, without: str, marks: str = "") -> str:
    """The picture as an image, so that nothing in a stored file can run, with the marks over it."""
    if not svg:
        return f'<p class="none">{without}</p>'
    data = b64encode(svg.encode()).decode()
    return f'<div class="screen"><img alt="" src="data:image/svg+xml;base64,{data}">{marks}</div>'


def _marks(one: Difference, change: Change | None) -> str:
    """A frame around the cells that differ, in the units of the picture."""
    size = cells.size_of(one.svg)
    if not (size and change and change.runs):
        return ""
    rects = "".join(
        f'<rect class="{run.kind}" x="{LEFT + run.column * CELL:.1f}" y="{TOP + 1.5 + run.row * LINE:.1f}" '
        f'width="{run.length * CELL:.1f}" height="{LINE}"/>'
        for run in change.runs
    )
    width, height = size[0] * CELL + 2 * LEFT, size[1] * LINE + LEFT + TOP
    return f'<svg class="marks" aria-hidden="true" viewBox="0 0 {width:.0f} {height:.1f}">{rects}</svg>'


def _marked(was: str, now: str) -> str:
    """The actual lines, with the expected ones struck through."""
    return "\n".join(_line(one, other) for one, other in zip_longest(was.splitlines(), now.splitlines(), fillvalue=""))


def _line(was: str, now: str) -> str:
    if was == now:
        return escape(now)
    parts = [
        (f"<del>{escape(was[begin:end])}</del>" if kind in ("delete", "replace") else "")
        + (f"<ins>{escape(now[first:last])}</ins>" if kind in ("insert", "replace") else "")
        + (escape(now[first:last]) if kind == "equal" else "")
        for kind, begin, end, first, last in SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    ]
    return "".join(parts)
