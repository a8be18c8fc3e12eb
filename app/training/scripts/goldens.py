"""Golden screens of a draaiboek: stored beside it as text and SVG, and compared by what they show.

A text and its picture are stored together. A process that is killed just between the two leaves a pair that does not
belong together, and `compare` says so (`Difference.is_half`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from app.exchange.whole_file import bears
from app.training.pictures import drawn
from app.training.scripts import listed
from app.training.scripts.differences import Difference
from app.training.scripts.document import SUFFIX
from app.training.scripts.listed import LIST, MOST
from app.training.scripts.shots import Shot

__all__ = ["LIST", "MOST", "PICTURE", "accept", "any_kept", "compare", "folder_of", "keep", "names"]

GOLDEN = ".golden"
PICTURE = '<svg class="rich-terminal"'
"""The start of every picture of a screen."""
_LISTED = "# Deze bestanden maakt esis play --update. Wat er niet bij staat, blijft zoals het is."
_KINDS = (".txt", ".svg")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\.(txt|svg)")


def folder_of(path: Path) -> Path:
    """The folder of a file's golden screens: `iep-lvs.golden` beside it."""
    return path.with_name(path.name.removesuffix(SUFFIX) + GOLDEN)


def compare(path: Path, shots: Sequence[Shot], *, whole: bool = True) -> list[Difference]:
    """The differences from what was stored; if not played `whole`, missing pictures do not count."""
    found = []
    for shot in shots:
        text, svg = _kept(path, shot.name)
        if text != shot.text or drawn(svg or "") != drawn(shot.svg):
            found.append(Difference(path, shot.name, text, svg or "", shot.text, shot.svg, shot.step))
    made = {shot.name for shot in shots}
    for name in sorted(names(path) - made) if whole else ():
        text, svg = _kept(path, name)
        found.append(Difference(path, name, text or "", svg or "", None, ""))
    return found


def any_kept(path: Path) -> bool:
    """Whether a file has golden screens: without any, it is played for the first time."""
    return bool(names(path))


def names(path: Path) -> set[str]:
    """The names of the golden screens of a file that were made here; others in the folder are not golden screens."""
    folder = folder_of(path)
    return {Path(name).stem for name in _made(folder) if os.path.lexists(folder / name)}


def _kept(path: Path, name: str) -> tuple[str | None, str | None]:
    """The text and the SVG of a golden screen."""
    folder = folder_of(path)
    return listed.content(folder / f"{name}.txt"), listed.content(folder / f"{name}.svg")


def keep(path: Path, shots: Sequence[Shot]) -> int:
    """Store exactly these as the golden screens. Returns how many changed.

    Touches only regular files made here, as listed in the folder. Raises `Refused`, before changing anything, if
    another file has one of these names.
    """
    return _store(path, shots, lambda ours: sorted(ours - set(_files(shots))))


def accept(path: Path, shots: Sequence[Shot], stale: Sequence[str] = ()) -> int:
    """Store these and remove the `stale` ones by name; the other golden screens stay. Returns how many changed.

    Raises like `keep`.
    """
    names = [f"{name}{kind}" for name in stale for kind in _KINDS]
    return _store(path, shots, lambda ours: [name for name in names if name in ours])


def _store(path: Path, shots: Sequence[Shot], chosen: Callable[[set[str]], Sequence[str]]) -> int:
    """`chosen` of those made here are removed."""
    folder, wanted = folder_of(path), _files(shots)
    if not wanted and not os.path.lexists(folder):
        return 0
    with listed.alone(folder):
        ours = _made(folder)
        return _put(folder, shots, wanted, ours, chosen(ours))


def _put(folder: Path, shots: Sequence[Shot], wanted: dict[str, str], ours: set[str], old: Sequence[str]) -> int:
    listed.check(folder, wanted, ours)
    was = {name: listed.content(folder / name) for name in wanted}
    changed = {shot.name for shot in shots if any(_differs(was[name], text) for name, text in _files([shot]).items())}
    listed.note(
        folder, ours | wanted.keys(), _LISTED
    )  # first, so that a process killed halfway leaves no unlisted files
    for shot in shots:
        if shot.name in changed:
            listed.write_together(folder, _files([shot]))
    for name in old:
        (folder / name).unlink(missing_ok=True)
    listed.note(folder, (ours | wanted.keys()) - set(old), _LISTED)
    return len(changed | {Path(name).stem for name in old})


def _differs(was: str | None, text: str) -> bool:
    return was is None or drawn(was) != drawn(text)


def _files(shots: Sequence[Shot]) -> dict[str, str]:
    """The files of pictures."""
    return {f"{shot.name}{kind}": text for shot in shots for kind, text in ((".txt", shot.text), (".svg", shot.svg))}


def _made(folder: Path) -> set[str]:
    """The names of the files made here.

    Those on the list; for a folder from before the list existed, the pairs of a text and a picture that only this
    program makes.
    """
    if (known := listed.listed(folder)) is not None:
        return {name for name in known if _NAME.fullmatch(name)}
    pictures = [path.stem for path in folder.glob("*.svg") if _is_picture(path) and path.with_suffix(".txt").is_file()]
    return {f"{name}{kind}" for name in pictures for kind in _KINDS if _NAME.fullmatch(f"{name}{kind}")}


def _is_picture(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and bears(path, PICTURE)
