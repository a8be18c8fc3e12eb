"""`esis play --check`: draaiboeken as tests, with golden screens and a page of what differs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import playing
from app.commands.asking import may_replace
from app.commands.output import tell
from app.commands.session import Session
from app.counted import counted

if TYPE_CHECKING:
    from app.training.scripts.document import Script
    from app.training.scripts.errors import PlayFailed
    from app.training.scripts.goldens import Difference
    from app.training.scripts.playing import Shot

REPORT = Path("verschillen.html")


def check(
    session: Session, paths: Sequence[Path], size: str, *, here: bool, update: bool, report: Path | None, yes: bool
) -> None:
    """Play each without a terminal and compare its pictures with the golden screens, or keep them. Nothing is played where
    one is written wrong. Raises `Refused` with everything that failed; what differs is also written as a page.
    """
    from app.training import pictures

    cells, page = pictures.parse_size(size), report or REPORT
    scripts = playing.read_all(playing.files(paths))
    again = not update and _may_report(page, scripts, yes)
    checking = Checking(session if here else None, cells, update)
    for script in scripts:
        checking.play(script)
    checking.end(page, again)


def _may_report(page: Path, scripts: Sequence[Script], yes: bool) -> bool:
    """Whether a page of differences that is there may be replaced. Raises `Refused`, before anything is played."""
    from app.refusals import Refused
    from app.training.scripts.goldens import MARK

    if not os.path.lexists(page):
        return False
    if page.exists() and any(page.samefile(script.path) for script in scripts):
        raise Refused(f"{page} is het draaiboek zelf. Noem met --report een ander bestand.")
    return may_replace(page, yes, MARK)


class Checking:
    """What was found so far."""

    def __init__(self, here: Session | None, size: tuple[int, int], update: bool) -> None:
        self._here, self._size, self._update = here, size, update
        self._said: list[str] = []
        self._differing: list[Difference] = []
        self._failed: list[PlayFailed] = []

    def play(self, script: Script) -> None:
        """Play one; what was shot before it failed is compared too."""
        from app.refusals import Refused
        from app.training.scripts.errors import PlayFailed

        try:
            shots = playing.play_through(script, self._here, self._size)
        except PlayFailed as failed:
            self._failed.append(failed)
            self._said.append(failed.sentence)
            if not self._update:
                self._compare(script.path, failed.shots, whole=False)
        except Refused as refusal:
            self._said.append(refusal.sentence)
        else:
            self._keep(script.path, shots) if self._update else self._compare(script.path, shots, whole=True)

    def _keep(self, path: Path, shots: Sequence[Shot]) -> None:
        from app.training.scripts import goldens

        tell(f"{path.name}: in orde; {goldens.keep(path, shots)} van {len(shots)} gouden schermen bewaard")

    def _compare(self, path: Path, shots: Sequence[Shot], *, whole: bool) -> None:
        from app.training.scripts import goldens

        first = bool(shots) and not goldens.any_kept(path)
        found = [] if first else goldens.compare(path, shots, whole=whole)
        self._differing += found
        self._said += [f"{path}: {one.sentence()}" for one in found]
        if whole and first:
            tell(
                f"{path.name}: in orde; nog niets om mee te vergelijken. Bewaar de {len(shots)} gouden schermen met "
                "--update, en bekijk ze."
            )
        elif whole and not found:
            same = f"{counted(len(shots), 'gouden scherm', 'gouden schermen')} gelijk" if shots else "zonder plaatjes"
            tell(f"{path.name}: in orde, {same}")

    def end(self, report: Path, again: bool) -> None:
        """Write the page where there is something to see. Raises `Refused` with everything that was found."""
        from app.refusals import Refused

        if self._differing or self._failed:
            self._said.append(self._write(report, again))
        if self._said:
            raise Refused("\n\n".join(self._said))

    def _write(self, report: Path, again: bool) -> str:
        """Where it is, in a sentence; what was found is told also where it cannot be written."""
        from app.refusals import Refused
        from app.training.scripts import goldens
        from screens.shared.files import save_text

        page = goldens.page("Verschillen met de gouden schermen", self._differing, self._failed)
        try:
            return f"Wat er te zien was, staat in {save_text(report, page, overwrite=again, shared=True)}."
        except Refused as refusal:
            return refusal.sentence
