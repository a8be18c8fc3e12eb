"""The pages and files for the browser, all from this machine: script and style sheet of textual-serve, font Fira
Code.
"""

from __future__ import annotations

import html
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from string import Template

_HERE = Path(__file__).with_name("static")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".ttf": "font/ttf"}


@cache
def files() -> dict[str, Path]:
    """The available files, by requested name."""
    terminal = _folder_of("textual_serve") / "static"
    font = _folder_of("fontpkg_fira_code") / "files" / "FiraCode[wght].ttf"
    return {
        "textual.js": terminal / "js" / "textual.js",
        "xterm.css": terminal / "css" / "xterm.css",
        "page.css": _HERE / "page.css",
        "page.js": _HERE / "page.js",
        "keys.js": _HERE / "keys.js",
        "font.ttf": font,
    }


def content_type(path: Path) -> str:
    """The content type, by file extension."""
    return _TYPES[path.suffix]


def terminal(board: str, websocket: str, path: str, largest: int) -> str:
    """The terminal page of a board (by name), with the address of its connection and its own, and the maximum number of
    bytes per message.
    """
    return _filled("terminal.html", board=board, websocket=websocket, path=path, largest=str(largest))


def message(title: str, text: str) -> str:
    """A page that only shows a message."""
    return _filled("message.html", title=title, text=text)


def _filled(name: str, **values: str) -> str:
    template = Template((_HERE / name).read_text(encoding="utf-8"))
    return template.substitute({key: html.escape(value) for key, value in values.items()})


def _folder_of(package: str) -> Path:
    """The location of a package, without importing it: `textual_serve` would load the screens' library."""
    spec = find_spec(package)
    assert spec is not None, f"{package} is a dependency"
    assert spec.submodule_search_locations, f"{package} is a package"
    return Path(spec.submodule_search_locations[0])
