"""`esis play --manual`: the manual, with the pictures of that run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import playing
from app.commands.output import tell
from app.counted import counted

if TYPE_CHECKING:
    from app.training.scripts.document import Script


def write(paths: Sequence[Path], folder: Path, size: str, theme: str) -> None:
    """Play each draaiboek and write its chapter; with more than one, also the page that lists them.

    The chapter of a failed draaiboek stays as it was. Raises `Refused` with everything that failed.
    """
    from app.refusals import Refused
    from app.training import pictures
    from app.training.scripts import manual, publishing

    cells, found = pictures.parse_size(size), playing.files(paths)
    publishing.check_names(found)
    publishing.put(folder, {})  # report an unwritable folder before playing
    scripts, failed = [], []
    for path in found:
        try:
            scripts.append(_chapter(path, folder, cells, theme))
        except Refused as refusal:
            failed.append(refusal.sentence)
    if failed:
        raise Refused("\n\n".join(failed))
    if len(scripts) > 1:
        publishing.put(folder, manual.index(scripts))
        tell(f"Begin bij {folder / manual.INDEX}.html")


def _chapter(path: Path, folder: Path, cells: tuple[int, int], theme: str) -> Script:
    from app.training.scripts import manual, publishing
    from app.training.scripts.document import read

    script = read(path)
    shots = playing.play_through(script, None, cells, theme)
    publishing.put(folder, manual.chapter(script, {shot.name: shot.svg for shot in shots}))
    tell(f"{path.name}: {script.name}.md en .html in {folder}, {counted(len(shots), 'plaatje', 'plaatjes')}")
    return script
