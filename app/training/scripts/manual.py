"""A draaiboek as a chapter of a manual: its prose and steps, with a picture in place of each `shot`.

It is made as Markdown with the pictures beside it, and as one self-contained HTML page. SVG, not PNG: for the same
screens half the size, and compressed a thirtieth (measured). In the HTML page, HTML in the prose is shown as text, and
the only pictures shown are those of the screen.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from app.training.scripts.cropping import cropped
from app.training.scripts.document import Part, Script, Step

MARK = "Gemaakt met esis play --manual"
"""Marks the start of generated files: no others are overwritten."""
INDEX = "index"
_STYLE = """
body{font:11pt/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em;color:#16212c;background:#fff}
h1,h2,h3,h4{line-height:1.2;break-after:avoid}h1,h2{color:#0b5c94}h2{margin-top:1.8em}
img{display:block;width:100%;margin:1em 0;border:1px solid #99a;border-radius:4px;break-inside:avoid}
code{background:#eef2f6;padding:0 .2em}pre{background:#eef2f6;padding:.8em;overflow:auto}pre code{padding:0}
table{border-collapse:collapse}th,td{border:1px solid #99a;padding:.2em .6em;text-align:left}a{color:#0b5c94}
@page{margin:12mm}@media print{body{margin:0;max-width:none}a{color:inherit;text-decoration:none}
img.dark{filter:invert(1) hue-rotate(180deg)}}
"""
_ALLOWED = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def chapter(script: Script, pictures: Mapping[str, str]) -> dict[str, str]:
    """The files of a draaiboek by path in the manual's folder; `pictures` has the SVG of each shot."""
    text = markdown(script)
    beside = {picture_path(script, name): cropped(pictures[name]) for name in script.shots}
    return {
        f"{script.name}.md": _marked(text),
        f"{script.name}.html": html_page(script.title, text, {quote(path): svg for path, svg in beside.items()}),
        **beside,
    }


def index(scripts: Iterable[Script]) -> dict[str, str]:
    """The page that lists all chapters, easiest first, as Markdown and as HTML."""
    ordered = sorted(scripts, key=lambda script: (script.difficulty, script.title))
    return {
        f"{INDEX}.md": _marked(_contents(ordered, ".md")),
        f"{INDEX}.html": html_page("Handleiding", _contents(ordered, ".html"), {}),
    }


def picture_path(script: Script, shot: str) -> str:
    """The path of a shot's picture."""
    return f"{script.name}/{shot}.svg"


def markdown(script: Script) -> str:
    """Title, audience, prose and steps as in the file; blocks of commands are omitted, except for their pictures."""
    head = [f"# {script.title}", *([f"*Voor: {script.audience}*"] if script.audience else [])]
    return without_html("\n\n".join([*head, *(block for step in script.steps for block in _step(script, step))]) + "\n")


def without_html(text: str) -> str:
    """Markdown with any HTML escaped, because a viewer may render it."""
    for _ in range(_TIMES):
        lines, tokens = text.split("\n"), _WITH_HTML.parse(text)
        inside = [
            token.map
            for token in tokens
            if token.map
            and (token.type == "html_block" or any(child.type == "html_inline" for child in token.children or ()))
        ]
        if not inside:
            return text
        for begin, end in inside:
            lines[begin:end] = [_TAG.sub("&lt;", line) for line in lines[begin:end]]
        text = "\n".join(lines)
    return _TAG.sub("&lt;", text)  # what is left is hidden deliberately


def html_page(title: str, text: str, pictures: Mapping[str, str]) -> str:
    """Markdown as a page; `pictures` has the SVG of each path that the text names."""
    body = _MARKDOWN.render(text, {"pictures": pictures})
    return (
        f'<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n<meta name="generator" content="{MARK}">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_ALLOWED}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _marked(text: str) -> str:
    return f"<!-- {MARK}; wijzig het draaiboek, niet dit bestand. -->\n\n{text}"


def _contents(scripts: Sequence[Script], kind: str) -> str:
    rows = [
        f"- [{_label(script.title)}]({quote(script.name + kind)})" + (f": {script.audience}" if script.audience else "")
        for script in scripts
    ]
    return without_html("# Handleiding\n\n" + "\n".join(rows) + "\n")


def _step(script: Script, step: Step) -> list[str]:
    """The blocks of a step; for a list step they are indented under its number."""
    first = f"{step.heading} {step.number}. {step.title}".strip()
    inside = [block for part in step.parts for block in _part(script, step, part)]
    if step.number == 0:
        return inside
    margin = "" if step.heading else " " * (len(str(step.number)) + 2)
    return [first, *(_set_in(block, margin) for block in inside)]


def _part(script: Script, step: Step, part: Part) -> list[str]:
    shots = [command.given[0] for command in part.commands if command.word == "shot"]
    pictures = [f"![{_label(_alt(step, shot))}]({quote(picture_path(script, shot))})" for shot in shots]
    return [*([part.prose] if part.prose else []), *pictures]


def _alt(step: Step, shot: str) -> str:
    where = f"Het scherm bij stap {step.number}, {step.title}" if step.number else "Het scherm aan het begin"
    return f"{where} ({shot})"


def _label(text: str) -> str:
    """Text escaped for use as a link or picture label."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _set_in(block: str, margin: str) -> str:
    lines = (line[len(margin) :] if line.startswith(margin) else line for line in block.splitlines())
    return "\n".join(f"{margin}{line}".rstrip() for line in lines)


class _Renderer(RendererHTML):
    """Renders our pictures inline, and others as their alternative text only."""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A picture."""
        alt = escape(self.renderInlineAsText(tokens[idx].children, options, env))
        svg = env["pictures"].get(tokens[idx].attrs["src"])
        if svg is None:
            return alt
        dark = ' class="dark"' if _is_dark(svg) else ""
        return f'<img alt="{alt}"{dark} src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">'


_WITH_HTML = MarkdownIt("commonmark", {"html": True}).enable("table")
_TAG = re.compile("<(?=[A-Za-z/!?])")
_TIMES = 5
"""Escaped HTML may reveal more HTML; the maximum number of passes."""


def _is_dark(svg: str) -> bool:
    """Whether most of a picture's background is dark: in print it is inverted."""
    found = [(sum(bytes.fromhex(colour)) < 3 * 128, float(width)) for colour, width in _GROUND.findall(svg)]
    return sum(width if dark else -width for dark, width in found) > 0


_GROUND = re.compile(r'<rect fill="#([0-9a-f]{6})" x="[^"]*" y="[^"]*" width="([\d.]+)"')
_MARKDOWN = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
