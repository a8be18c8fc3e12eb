"""Writing the manual: all files of a chapter or none, and never over a file that is not part of a manual.

`uv run python -m app.training.scripts.publishing` regenerates docs/handleiding from the draaiboeken that come with the
program and their golden screens; a test fails while it is out of date.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from app.counted import counted
from app.exchange.whole_file import FileExists, bears, check_place, make_folder, own_folder, unwritable
from app.exchange.whole_file import put as put_file
from app.files.regular import read_text
from app.refusals import Refused
from app.training.lessons import catalogue
from app.training.scripts import manual
from app.training.scripts.document import SUFFIX, Script, read
from app.training.scripts.goldens import MOST, PICTURE, folder_of

HANDBOOK = Path(__file__).resolve().parents[3] / "docs" / "handleiding"


def check_names(paths: Iterable[Path]) -> None:
    """Raise `Refused` if two draaiboeken would produce the same chapter."""
    seen: dict[str, Path] = {manual.INDEX: Path("de inhoudsopgave")}
    for path in paths:
        name = path.name.removesuffix(SUFFIX)
        if name.casefold() in seen:
            raise Refused(f"{path} en {seen[name.casefold()]} worden allebei {name}.md. Geef er een een andere naam.")
        seen[name.casefold()] = path


def put(folder: Path, files: Mapping[str, str]) -> None:
    """Write files by path in a folder, which is created if needed.

    Raises `Refused`, writing nothing, if the folder cannot be written or a page exists that was not made here.
    """
    make_folder(folder, shared=True)
    for path in files:
        _refuse_to_replace(folder / path)
    for inside in {(folder / path).parent for path in files} - {folder}:
        own_folder(inside)
    try:
        with TemporaryDirectory(dir=folder, prefix=".handleiding-") as temporary:
            for number, text in enumerate(files.values()):
                put_file(Path(temporary) / str(number), text, shared=True)
            for number, path in enumerate(files):
                os.replace(Path(temporary) / str(number), folder / path)
    except OSError as error:
        raise unwritable(folder, error) from error


def _refuse_to_replace(path: Path) -> None:
    if not os.path.lexists(path):
        return
    try:
        check_place(path, overwrite=False)
    except FileExists:
        if not bears(path, PICTURE if path.suffix == ".svg" else manual.MARK):
            raise Refused(
                f"{path} is niet door esis gemaakt en wordt niet overschreven. Kies een andere map."
            ) from None


def handbook() -> dict[str, str]:
    """The expected contents of docs/handleiding. Raises `Refused` for a shot without a golden screen."""
    scripts = [read(path) for path in sorted(catalogue.folder().glob(f"*{SUFFIX}"))]
    check_names(script.path for script in scripts)
    chapters = [manual.chapter(script, {shot: _golden(script, shot) for shot in script.shots}) for script in scripts]
    files = manual.index(scripts)
    for chapter in chapters:
        files |= chapter
    return files


def _golden(script: Script, shot: str) -> str:
    path = folder_of(script.path) / f"{shot}.svg"
    if not path.exists():
        raise Refused(
            f"{script.path.name} heeft nog geen gouden scherm '{shot}': esis play {script.path.name} --update."
        )
    return read_text(path, MOST)


def main() -> None:
    """Regenerate docs/handleiding and report it."""
    files = handbook()
    put(HANDBOOK, files)
    for path in HANDBOOK.rglob("*.*"):
        if path.is_file() and path.relative_to(HANDBOOK).as_posix() not in files:
            path.unlink()
    print(f"docs/handleiding is bijgewerkt: {counted(len(files), 'bestand', 'bestanden')}.")


if __name__ == "__main__":
    main()
