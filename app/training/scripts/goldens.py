"""Golden screens of a draaiboek: stored beside it as text and SVG, compared by what they show, differences as a page."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import zip_longest
from pathlib import Path

from app.exchange.whole_file import bears, check_place, own_folder, put
from app.files.regular import read_text
from app.refusals import Refused
from app.training.pictures import drawn
from app.training.scripts.document import SUFFIX
from app.training.scripts.errors import PlayFailed
from app.training.scripts.shots import Shot

GOLDEN = ".golden"
LIST = "esis.lijst"
"""The file in the folder that lists the files made here; no others are touched."""
PICTURE = '<svg class="rich-terminal"'
"""The start of every picture of a screen."""
MARK = 'name="generator" content="esis play"'
"""Marks a page of differences, which may be overwritten."""
MOST = 20_000_000
_LISTED = "# Deze bestanden maakt esis play --update. Wat er niet bij staat, blijft zoals het is."
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\.(txt|svg)")
BEFORE, SHOWN = 20, 70
"""The number of characters shown of a line: before the difference, and in total."""
_BEGIN = 500
"""The number of characters within which an SVG states its size."""
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Difference:
    """A picture that differs from the stored one.

    `expected_text` is None if none was stored, `text` if none is made now.
    """

    script: str
    """The base name of its file."""
    name: str
    expected_text: str | None
    expected_svg: str
    text: str | None
    svg: str

    def sentence(self, update: str = "--update") -> str:
        """The difference in words; `update` is the option that stores the new picture."""
        if self.expected_text is None:
            return f"Van '{self.name}' is er nog geen gouden scherm. Bewaar het met {update}, en bekijk het."
        if self.text is None:
            return f"Van '{self.name}' is er een gouden scherm, en geen regel maakt het nog. {update} ruimt het op."
        was_size, size = _size(self.expected_svg), _size(self.svg)
        if was_size and size and was_size != size:
            return f"'{self.name}' is bewaard in {was_size} tekens en nu {size}. Speel met de maat {was_size}."
        if self.expected_text == self.text:
            return f"'{self.name}' heeft dezelfde tekens, maar andere kleuren of opmaak."
        pairs = zip_longest(self.expected_text.splitlines(), self.text.splitlines(), fillvalue="")
        found = next(((place, *pair) for place, pair in enumerate(pairs, 1) if pair[0] != pair[1]), None)
        if found is None:
            return f"'{self.name}' verschilt alleen in witruimte aan het eind."
        number, was, now = found
        return f"'{self.name}' verschilt vanaf regel {number}: was '{_part(was, now)}', is '{_part(now, was)}'."


def folder_of(path: Path) -> Path:
    """The folder of a file's golden screens: `iep-lvs.golden` beside it."""
    return path.with_name(path.name.removesuffix(SUFFIX) + GOLDEN)


def compare(path: Path, shots: Sequence[Shot], *, whole: bool = True) -> list[Difference]:
    """The differences from what was stored; if not played `whole`, missing pictures do not count."""
    found = []
    for shot in shots:
        text, svg = _kept(path, shot.name)
        if text != shot.text or drawn(svg or "") != drawn(shot.svg):
            found.append(Difference(path.name, shot.name, text, svg or "", shot.text, shot.svg))
    made = {shot.name for shot in shots}
    for name in sorted(_names(path) - made) if whole else ():
        text, svg = _kept(path, name)
        found.append(Difference(path.name, name, text or "", svg or "", None, ""))
    return found


def any_kept(path: Path) -> bool:
    """Whether a file has golden screens: without any, it is played for the first time."""
    return bool(_names(path))


def _names(path: Path) -> set[str]:
    """The existing files that were made here; others in the folder are not golden screens."""
    folder = folder_of(path)
    return {Path(name).stem for name in _made(folder) if os.path.lexists(folder / name)}


def _kept(path: Path, name: str) -> tuple[str | None, str | None]:
    """The text and the SVG of a golden screen."""
    folder = folder_of(path)
    return _read(folder / f"{name}.txt"), _read(folder / f"{name}.svg")


def _size(svg: str) -> str:
    """The columns and rows of a picture drawn by Textual, `120x36`; empty for another kind."""
    found = _BOX.search(svg[:_BEGIN])
    return f"{round((float(found[1]) - 18) / 12.2)}x{round((float(found[2]) - 50) / 24.4)}" if found else ""


def _part(line: str, other: str) -> str:
    """The part of a line that differs from the other, with some context before it."""
    same = next(
        (place for place, pair in enumerate(zip(line, other, strict=False)) if pair[0] != pair[1]),
        min(len(line), len(other)),
    )
    begin = max(0, same - BEFORE)
    shown = line[begin : begin + SHOWN]
    return f"{'…' if line[:begin].strip() else ''}{shown.strip()}{'…' if line[begin + SHOWN :].strip() else ''}"


def keep(path: Path, shots: Sequence[Shot]) -> int:
    """Store exactly these as the golden screens. Returns how many changed.

    Touches only regular files made here, as listed in the folder. Raises `Refused`, before changing anything, if
    another file has one of these names.
    """
    folder = folder_of(path)
    wanted = {f"{shot.name}{kind}": text for shot in shots for kind, text in ((".txt", shot.text), (".svg", shot.svg))}
    if not wanted and not os.path.lexists(folder):
        return 0
    own_folder(folder)
    ours = _made(folder)
    old = sorted(ours - wanted.keys())
    for name in (LIST, *wanted, *old):
        check_place(folder / name)
        if name in wanted and name not in ours and os.path.lexists(folder / name):
            raise Refused(
                f"{folder / name} is niet door esis gemaakt en wordt niet overschreven. Geef het een andere naam."
            )
    was = {name: _read(folder / name) for name in wanted}
    changed = [name for name, text in wanted.items() if was[name] is None or drawn(was[name] or "") != drawn(text)]
    _list(folder, ours | wanted.keys())  # first, so that a process killed halfway leaves no unlisted files
    for name in changed:
        put(folder / name, wanted[name], overwrite=True, shared=True)
    for name in old:
        (folder / name).unlink(missing_ok=True)
    _list(folder, wanted.keys())
    return len({Path(name).stem for name in [*changed, *old]})


def _made(folder: Path) -> set[str]:
    """The names of the files made here.

    Those on the list; for a folder from before the list existed, the pairs of a text and a picture that only this
    program makes.
    """
    if os.path.lexists(folder / LIST):
        return {name for name in read_text(folder / LIST, MOST).split("\n") if _NAME.fullmatch(name)}
    pictures = [path.stem for path in folder.glob("*.svg") if _is_picture(path) and path.with_suffix(".txt").is_file()]
    return {f"{name}{kind}" for name in pictures for kind in (".txt", ".svg") if _NAME.fullmatch(f"{name}{kind}")}


def _is_picture(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and bears(path, PICTURE)


def _list(folder: Path, names: Iterable[str]) -> None:
    text = "\n".join((_LISTED, *sorted(names), ""))
    if _read(folder / LIST) != text:
        put(folder / LIST, text, overwrite=True, shared=True)


def page(title: str, differences: Iterable[Difference], failed: Iterable[PlayFailed] = ()) -> str:
    """One self-contained HTML page with expected, actual and difference side by side, and the screens of failures.

    Each comes with its draaiboek.
    """
    parts = "\n".join(
        f"<h2>{escape(one.script)}: {escape(one.name)}</h2>\n<p>{escape(one.sentence())}</p>\n<div>"
        f"<figure><figcaption>verwacht</figcaption>{_picture(one.expected_svg, 'nog niet bewaard')}</figure>"
        f"<figure><figcaption>nu</figcaption>{_picture(one.svg, 'wordt niet meer gemaakt')}</figure>"
        f"<figure><figcaption>verschil</figcaption><pre>{_marked(one.expected_text or '', one.text or '')}</pre></figure></div>"
        for one in differences
    )
    parts += "\n".join(
        f"<h2>{escape(Path(one.mistake.file).name)}, regel {one.mistake.line}</h2>\n<p>{escape(one.mistake.sentence)}</p>\n"
        f"<div><figure><figcaption>toen het niet ging</figcaption>{_picture(one.picture, '')}</figure></div>"
        for one in failed
    )
    return (
        f'<!doctype html>\n<html lang="nl"><meta charset="utf-8"><meta {MARK}><title>{escape(title)}</title>\n<style>'
        "body{font-family:sans-serif;margin:1em}div{display:flex;gap:1em}figure{margin:0;flex:1 1 0;min-width:0}"
        "img{width:100%;height:auto}pre{font-size:8px;line-height:1.2;overflow:auto}ins{background:#bfb}del{background:#fbb}"
        f"</style>\n<h1>{escape(title)}</h1>\n{parts}\n</html>\n"
    )


def _picture(svg: str, without: str) -> str:
    """The picture as an image, so that nothing in a stored file can run."""
    if not svg:
        return f"<p>{without}</p>"
    return f'<img alt="" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">'


def _marked(was: str, now: str) -> str:
    """The actual lines, with the expected ones struck through."""
    return "\n".join(_line(one, other) for one, other in zip_longest(was.splitlines(), now.splitlines(), fillvalue=""))


def _line(was: str, now: str) -> str:
    if was == now:
        return escape(now)
    parts = []
    for kind, begin, end, first, last in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind in ("delete", "replace"):
            parts.append(f"<del>{escape(was[begin:end])}</del>")
        if kind in ("insert", "replace"):
            parts.append(f"<ins>{escape(now[first:last])}</ins>")
        if kind == "equal":
            parts.append(escape(now[first:last]))
    return "".join(parts)


def _read(path: Path) -> str | None:
    """The contents of a file; None if it does not exist. Raises `Refused`."""
    return read_text(path, MOST).replace("\r\n", "\n") if os.path.lexists(path) else None
