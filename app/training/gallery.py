"""The page with pictures of all screens: grouped, in each size, with links to the picture as SVG and as text.

It links to the files beside it and to nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from app.counted import counted

INDEX = "index.html"
KINDS = ("png", "svg", "txt")
MARK = "esis screenshot --all"
"""Marks the page, and so the folder, as made by this program."""
_STYLE = """
body{font-family:sans-serif;margin:1.5em;color:#16212c;background:#fff}h1,h2{color:#0b5c94}a{color:#0b5c94}
section{display:flex;flex-wrap:wrap;gap:1em;align-items:flex-start}h3{margin-bottom:.3em}figure{margin:0;flex:1 1 16em;
max-width:40em}img{width:100%;border:1px solid #99a;border-radius:4px}figcaption{font-size:.8em}nav li{break-inside:avoid}
nav ul{columns:3}@media print{h3,section{break-inside:avoid}}
"""


@dataclass(frozen=True)
class Screen:
    """A screen with pictures: its group, its title, and the base name of its files."""

    group: str
    title: str
    name: str


def file_name(group: str, title: str, taken: Sequence[str]) -> str:
    """A unique name for the files of a screen: `beheer-inrichten-relaties`."""
    plain = unicodedata.normalize("NFKD", f"{group} {title}".casefold()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return found


def path_of(name: str, size: tuple[int, int], kind: str) -> str:
    """The path of a picture in the page's folder: `120x36/beheer-inrichten-relaties.png`."""
    return f"{size_name(size)}/{name}.{kind}"


def size_name(size: tuple[int, int]) -> str:
    """`120x36`."""
    return f"{size[0]}x{size[1]}"


def page(screens: Sequence[Screen], sizes: Sequence[tuple[int, int]], theme: str) -> str:
    """The page as HTML."""
    groups: dict[str, list[Screen]] = {}
    for screen in screens:
        groups.setdefault(screen.group, []).append(screen)
    contents = "".join(
        f'<li><a href="#{_anchor(group)}">{escape(group)}</a> ({len(found)})</li>' for group, found in groups.items()
    )
    parts = "\n".join(
        f'<h2 id="{_anchor(group)}">{escape(group)}</h2>\n' + "\n".join(_shown(screen, sizes) for screen in found)
        for group, found in groups.items()
    )
    said = f"{counted(len(screens), 'scherm', 'schermen')}, elk in {', '.join(map(size_name, sizes))} tekens; thema {theme}."
    return (
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f'<meta name="generator" content="{MARK}">\n'
        f"<title>Alle schermen</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Alle schermen van ESIS in de terminal</h1>\n<p>{escape(said)}</p>\n"
        f"<nav><ul>{contents}</ul></nav>\n{parts}\n</body>\n</html>\n"
    )


def _anchor(group: str) -> str:
    return file_name(group, "", ())


def _shown(screen: Screen, sizes: Sequence[tuple[int, int]]) -> str:
    return f"<h3>{escape(screen.title)}</h3>\n<section>{''.join(_figure(screen, size) for size in sizes)}</section>"


def _figure(screen: Screen, size: tuple[int, int]) -> str:
    png, svg, text = (path_of(screen.name, size, kind) for kind in KINDS)
    alt = escape(f"{screen.title}, {size_name(size)}")
    return (
        f'<figure><a href="{png}"><img src="{png}" alt="{alt}" loading="lazy"></a><figcaption>{size_name(size)}: '
        f'<a href="{png}">PNG</a> <a href="{svg}">SVG</a> <a href="{text}">tekst</a></figcaption></figure>'
    )
