"""Pictures of what failed, in one folder for a CI to keep: the screen of a failed line, and both of a differing screen.

Each as text, SVG and PNG: `iep-lvs.regel-21.png`, `iep-lvs.regel-21-2.png` where that line failed once more,
`iep-lvs.overzicht.verwacht.svg`, `iep-lvs.overzicht.nu.txt`. The folder has exactly those of the last play; what is not on
its list (`esis.lijst`) stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.exchange.whole_file import make_folder
from app.training.pictures import png_of
from app.training.scripts import listed
from app.training.scripts.differences import Difference
from app.training.scripts.document import SUFFIX
from app.training.scripts.errors import PlayFailed

_LISTED = "# Deze bestanden maakt esis play --artifacts, elke keer opnieuw. Wat er niet bij staat, blijft zoals het is."


def check(folder: Path) -> None:
    """Look whether the folder can be written, before anything is played. Raises `Refused`."""
    make_folder(folder.parent, shared=True)
    ours = listed.listed(folder) or set()
    listed.check(folder, (), ours)


def write(folder: Path, differences: Sequence[Difference], failed: Sequence[PlayFailed]) -> int:
    """Write the pictures of now and take away those of before; return how many. Raises `Refused`."""
    files: dict[str, str | bytes] = {}
    names = _Names([*(one.path for one in differences), *(Path(one.mistake.file) for one in failed)])
    for one in differences:
        name = f"{names.of(one.path)}.{one.name}"
        if one.expected_text is not None:
            _add(files, f"{name}.verwacht", one.expected_text, one.expected_svg)
        if one.text is not None:
            _add(files, f"{name}.nu", one.text, one.svg)
    for wrong in failed:
        name = of_line = f"{names.of(Path(wrong.mistake.file))}.regel-{wrong.mistake.line}"
        number = 2
        while f"{name}.txt" in files:  # for another row of a table, or of a file that more draaiboeken include
            name, number = f"{of_line}-{number}", number + 1
        _add(files, name, wrong.shown, wrong.picture)
    with listed.alone(folder):
        ours = listed.listed(folder) or set()
        listed.check(folder, files, ours)
        listed.note(folder, ours | files.keys(), _LISTED)
        for name, content in files.items():
            listed.write_together(folder, {name: content})
        for name in sorted(ours - files.keys()):
            (folder / name).unlink(missing_ok=True)
        listed.note(folder, files.keys(), _LISTED)
    return len(files)


def _add(files: dict[str, str | bytes], name: str, text: str, svg: str) -> None:
    files[f"{name}.txt"] = text
    if svg:
        files[f"{name}.svg"] = svg
        try:
            files[f"{name}.png"] = png_of(svg)
        except ValueError:  # a golden screen that is no picture
            return


class _Names:
    """Names of draaiboeken for files: of two that are called alike, the second gets a number."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._names: dict[Path, str] = {}
        for path in dict.fromkeys(paths):
            signs = (sign if sign.isascii() and sign.isalnum() else "-" for sign in path.name.removesuffix(SUFFIX))
            wanted = "".join(signs).strip("-")[:60] or "draaiboek"
            name, number, taken = wanted, 2, {name.casefold() for name in self._names.values()}
            while name.casefold() in taken:
                name, number = f"{wanted}-{number}", number + 1
            self._names[path] = name

    def of(self, path: Path) -> str:
        """The name for files of this draaiboek."""
        return self._names[path]
