"""`esis play --check`: draaiboeken as tests, with golden screens and a page of differences."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from app.commands import playing
from app.commands.asking import may_replace
from app.commands.options import When
from app.commands.output import tell
from app.commands.tracing import FOLDER, Traces
from app.counted import counted
from app.refusals import Refused
from app.training.scripts import difference_page, events, goldens
from app.training.scripts.differences import Difference
from app.training.scripts.document import Script, Step, read
from app.training.scripts.errors import PlayFailed
from app.training.scripts.events import Event, Happened, Say

if TYPE_CHECKING:
    from app.commands.session import Session
    from app.training.scripts.shots import Shot
    from app.training.tracing.trace import Trace

REPORT = Path("verschillen.html")


def check(
    here: Session | None,
    paths: Sequence[Path],
    size: str,
    *,
    update: bool,
    report: Path | None = None,
    yes: bool = False,
    say: Say = lambda _event: None,
    trace: When | None = None,
    trace_folder: Path | None = None,
) -> None:
    """Play each draaiboek without a terminal, on its own board or on that of session `here`, and compare its pictures
    with the golden screens, or update them. Plays nothing when any is invalid. Events are also passed to `say`. Raises
    `Refused` with everything that failed; differences are also written as a page, and what happened in a draaiboek as
    one of its own (`trace`).
    """
    from app.training import pictures

    cells, page = pictures.parse_size(size), report or REPORT
    scripts = _read_all(playing.files(paths), say)
    again = not update and _may_report(page, scripts, yes)
    traces = Traces(trace, trace_folder or FOLDER, scripts, yes) if trace else None
    checking = Checking(here, cells, update, say, traces)
    for script in scripts:
        checking.play(script)
    checking.end(page, again)


def _read_all(paths: Sequence[Path], say: Say) -> list[Script]:
    """Read them all before playing any. Raises `Refused` with all errors in them."""
    found, wrong = [], []
    for path in paths:
        try:
            found.append(read(path))
        except Refused as refusal:
            wrong.append(refusal.sentence)
            for event in events.of_refusal(path, refusal):
                say(event)
    if wrong:
        raise Refused("\n".join(wrong))
    return found


def _may_report(page: Path, scripts: Sequence[Script], yes: bool) -> bool:
    """Whether an existing page of differences may be replaced. Raises `Refused`, before anything is played."""
    if not os.path.lexists(page):
        return False
    if page.exists() and any(page.samefile(script.path) for script in scripts):
        raise Refused(f"{page} is het draaiboek zelf. Noem met --report een ander bestand.")
    return may_replace(page, yes, difference_page.MARK)


class Checking:
    """The results so far."""

    def __init__(
        self, here: Session | None, size: tuple[int, int], update: bool, say: Say, traces: Traces | None = None
    ) -> None:
        self._here, self._size, self._update, self._say, self._traces = here, size, update, say, traces
        self._began = monotonic()
        self._said: list[str] = []
        self._differing: list[Difference] = []
        self._failed: list[PlayFailed] = []

    def play(self, script: Script) -> None:
        """Play one draaiboek; pictures taken before it failed are compared too."""
        file, began = str(script.path), monotonic()

        def begun(step: Step) -> None:
            self._say(Event(Happened.STEP, file, step.line, step.number, step.title or None))

        self._say(Event(Happened.STARTED, file, message=script.title))
        trace = self._traces.begin(script) if self._traces else None
        try:
            shots = playing.play_through(script, self._here, self._size, begun=begun, trace=trace)
            told = self._kept(script, shots) if self._update else self._compared(script, shots, trace)
            if told:
                traced = self._traced(trace, failed=False)
                tell(f"{script.path.name}: in orde{told}{f'. {traced}' if traced else ''}")
                golden = str(goldens.folder_of(script.path)) if shots else None
                spent = round(monotonic() - began, 3)
                self._say(Event(Happened.PASSED, file, message=traced or None, golden=golden, seconds=spent))
        except PlayFailed as failed:
            self._failed += failed.each
            if trace is not None:  # a mask that hid nothing is known at the end only
                for one in failed.each:
                    trace.blame(one.mistake.line, one.mistake.sentence)
            self._refused(script, failed, self._traced(trace))
            if not self._update:
                self._compared(script, failed.shots, whole=failed.whole)
        except Refused as refusal:
            self._refused(script, refusal, self._traced(trace))
        except Exception as fault:  # of the program itself: what led to it is worth the most then
            if trace is not None:
                trace.broke(fault)
                tell(self._traced(trace))
            raise

    def _traced(self, trace: Trace | None, *, failed: bool = True) -> str:
        """Where the page of the trace is, as a sentence; empty if there is none."""
        return self._traces.end(trace, failed) if self._traces and trace else ""

    def _refused(self, script: Script, refusal: Refused, traced: str = "") -> None:
        self._said.append("\n".join(filter(None, [refusal.sentence, traced])))
        for event in events.with_more(events.of_refusal(script.path, refusal), traced):
            self._say(event)

    def _kept(self, script: Script, shots: Sequence[Shot]) -> str:
        return f"; {goldens.keep(script.path, shots)} van {len(shots)} gouden schermen bewaard"

    def _compared(
        self, script: Script, shots: Sequence[Shot], trace: Trace | None = None, *, whole: bool = True
    ) -> str:
        """How it is equal, for a sentence; empty if it is not."""
        if shots and not goldens.any_kept(script.path):
            for shot in shots:
                self._say(events.of_first(script, shot))
            return (
                f"; nog niets om mee te vergelijken. Bewaar de {len(shots)} gouden schermen met --update, en bekijk ze."
            )
        found = goldens.compare(script.path, shots, whole=whole)
        self._differing += found
        told = [events.of_difference(script, one) for one in found]
        for event in told:
            if trace is not None:
                trace.blame(event.line, event.message or "")
        traced = self._traced(trace) if found else ""
        self._said += [*(f"{script.path}: {one.sentence()}" for one in found), *filter(None, [traced])]
        for event in events.with_more(told, traced):
            self._say(event)
        if found:
            return ""
        return f", {counted(len(shots), 'gouden scherm', 'gouden schermen')} gelijk" if shots else ", zonder plaatjes"

    def end(self, report: Path, again: bool) -> None:
        """Write the page if there are differences. Raises `Refused` with everything that was found."""
        done, picture = None, None
        if self._differing or self._failed:
            done, picture = self._write(report, again)
            self._said.append(done)
        self._say(Event(Happened.DONE, message=done, picture=picture, seconds=round(monotonic() - self._began, 3)))
        if self._said:
            raise Refused("\n\n".join(self._said))

    def _write(self, report: Path, again: bool) -> tuple[str, str | None]:
        """Write the page; return its location in a sentence and as a path. Findings are reported even if it cannot be
        written.
        """
        from screens.shared.files import save_text

        page = difference_page.page("Verschillen met de gouden schermen", self._differing, self._failed)
        try:
            path = str(save_text(report, page, overwrite=again, shared=True))
            return f"Wat er te zien was, staat in {path}.", path
        except Refused as refusal:
            return refusal.sentence, None
