"""`esis play --trace`: writes the trace of each draaiboek, or only of those that fail, as a page in a folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.asking import may_replace
from app.commands.options import When
from app.exchange.whole_file import check_place, make_folder
from app.files.regular import read_text
from app.refusals import Refused
from app.training.scripts.composing import LONGEST
from app.training.scripts.document import SUFFIX, Script

if TYPE_CHECKING:
    from app.training.tracing.trace import Trace

FOLDER = Path("verloop")


class Traces:
    """The pages to write, named after their draaiboeken; those of the same name lie below the folder as they do."""

    def __init__(self, when: When, folder: Path, scripts: Sequence[Script], yes: bool) -> None:
        """Raises `Refused`, before anything is played, for a page in the place of a file that is not to be replaced."""
        self._when, self._yes = when, yes
        self._pages = {path: folder / page for path, page in _pages([script.path for script in scripts]).items()}
        self._again = {path: _may_write(path, yes) for path in self._pages.values()}

    def end(self, trace: Trace, failed: bool) -> str:
        """Write the page if it is wanted; says in a sentence where it is, or why it could not be written."""
        if not trace.acts or not (failed or self._when is When.ON):
            return ""
        from app.exchange.whole_file import put
        from app.training.tracing.page import page

        path = self._pages[trace.script.path]
        try:
            make_folder(path.parent, shared=True)
            again = self._again[path] or (
                os.path.lexists(path) and _may_write(path, self._yes)
            )  # another play was first
            put(path, page(trace), again, shared=True)
        except Refused as refusal:
            return refusal.sentence
        self._again[path] = True
        return f"Het verloop staat in {path}."


def begin(script: Script) -> Trace:
    """A trace to play a draaiboek with."""
    from app.training.tracing.trace import Trace

    return Trace(script, read_text(script.path, 4 * LONGEST).splitlines())


def _pages(paths: Sequence[Path]) -> dict[Path, Path]:
    """For each draaiboek the path of its page below the folder."""
    whole = {path: Path(os.path.abspath(path)) for path in paths}
    same: dict[str, set[Path]] = {}
    for path in whole.values():
        same.setdefault(path.name.casefold(), set()).add(path)
    return {path: _page(one, same[one.name.casefold()]) for path, one in whole.items()}


def _page(path: Path, same: set[Path]) -> Path:
    name = f"{path.name.removesuffix(SUFFIX)}.html"
    common = os.path.commonpath([one.parent for one in same]) if len({one.anchor for one in same}) == 1 else path.anchor
    return path.parent.relative_to(common) / name


def _may_write(path: Path, yes: bool) -> bool:
    """Whether a page in that place may be replaced. Raises `Refused`."""
    from app.training.tracing.page import MARK

    if os.path.lexists(path):
        return may_replace(path, yes, MARK)
    if path.parent.exists():
        check_place(path)
    return False
