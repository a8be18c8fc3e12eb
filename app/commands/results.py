"""Takes how draaiboeken went, one by one: compares or stores their pictures, tells it, and says in the end what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from app.commands.choosing import Chosen
from app.commands.output import tell
from app.counted import counted, plural
from app.refusals import Refused
from app.training.scripts import events, goldens, last_failed, repeating
from app.training.scripts.differences import Difference
from app.training.scripts.errors import PlayFailed
from app.training.scripts.events import Event, Happened, Say
from app.training.scripts.outcome import Outcome, Told
from app.training.scripts.repeating import Unequal

if TYPE_CHECKING:
    from pathlib import Path

    from app.commands.accepting import Accepted
    from app.commands.result_files import ResultFiles
    from app.commands.tracing import Traces
    from app.training.scripts.document import Script, Step

Decide = Callable[[Sequence[Difference]], Sequence[Difference]]
"""Lets somebody accept differences; returns those that are left."""


class Results:
    """The results so far."""

    def __init__(
        self,
        chosen: Sequence[Chosen],
        say: Say,
        traces: Traces | None = None,
        *,
        update: bool,
        accepted: Accepted,
        decides: bool,
        times: int,
    ) -> None:
        """`update` stores every picture, `accepted` only these; `decides`: somebody decides at the end; `times`: how many
        times each is played.
        """
        self._chosen, self._say, self._traces, self._times = chosen, say, traces, times
        self._update, self._accepted, self._decides = update, accepted, decides
        self._began = monotonic()
        self._told: list[Told] = []
        self._wrong: list[tuple[str, Difference | None]] = []
        """What is wrong, in sentences, in order."""
        self._failed: list[PlayFailed] = []
        self._first: Outcome | None = None
        self._unequal: dict[str, Unequal] = {}

    def begun(self, place: int, step: Step | None) -> None:
        """Say that a draaiboek begins, or a step of it; the first time that it is played."""
        if place % self._times:
            return
        script = self._chosen[place // self._times].script
        if step is None:
            self._say(Event(Happened.STARTED, str(script.path), message=script.title))
        else:
            self._say(Event(Happened.STEP, str(script.path), step.line, step.number, step.title or None))

    def take(self, place: int, outcome: Outcome) -> None:
        """Take how one play went. Raises its fault, of the program itself: what led to it is worth the most then."""
        chosen, time = self._chosen[place // self._times], place % self._times
        if outcome.fault is not None:
            self._broke(chosen.script, outcome, outcome.fault)
            raise outcome.fault
        if time == 0:
            self._first, self._unequal = outcome, {}
        else:
            assert self._first is not None
            for one in repeating.unequal(self._first, outcome, time + 1, self._times):
                self._unequal.setdefault(one.name, one)
        if time == self._times - 1:
            assert self._first is not None
            self._conclude(chosen, self._first)

    def _broke(self, script: Script, outcome: Outcome, fault: Exception) -> None:
        """Tell where the program itself went wrong, and what was found before."""
        last_failed.note(script.path, True)
        for sentence, _ in self._wrong:
            tell(sentence)
        tell(f"{script.path}: hier ging het programma zelf stuk.")
        if outcome.trace is not None:
            outcome.trace.broke(fault)
            tell(self._traced(outcome))

    def _conclude(self, chosen: Chosen, outcome: Outcome) -> None:
        """Say how a draaiboek went; pictures taken before it failed are compared too."""
        script, refusal = chosen.script, outcome.refusal
        told = Told(script.path, script, outcome)
        self._told.append(told)
        if refusal is not None:
            self._refused(told, refusal, outcome)
        for one in self._unequal.values():
            self._wrong.append((f"{script.path}: {one.sentence}", None))
            self._note(told, [events.of_unequal(script, one)])
        equal = ""
        if refusal is None and self._update:
            equal = self._stored(told, chosen, outcome)
        elif not self._update and (refusal is None or isinstance(refusal, PlayFailed)):
            whole = chosen.whole and (refusal is None or (isinstance(refusal, PlayFailed) and refusal.whole))
            equal = self._compared(told, script, outcome, whole=whole)
        if equal and not told.failed:
            traced = self._traced(outcome, failed=False)
            times = f"; {self._times} keer gelijk" if self._times > 1 else ""
            tell(f"{name_of(script.path)}{script.variant}: in orde{equal}{times}{f'. {traced}' if traced else ''}")
            golden = str(goldens.folder_of(script.path)) if outcome.shots else None
            seconds = round(outcome.seconds, 3)
            self._say(Event(Happened.PASSED, str(script.path), message=traced or None, golden=golden, seconds=seconds))
        if not self._decides:
            _remember(told)

    def _traced(self, outcome: Outcome, *, failed: bool = True) -> str:
        """Where the page of the trace is, as a sentence; empty if there is none."""
        return self._traces.end(outcome.trace, failed) if self._traces and outcome.trace else ""

    def _refused(self, told: Told, refusal: Refused, outcome: Outcome) -> None:
        if isinstance(refusal, PlayFailed):
            self._failed += refusal.each
            if outcome.trace is not None:  # a mask that hid nothing is known at the end only
                for one in refusal.each:
                    outcome.trace.blame(one.mistake.line, one.mistake.sentence)
        traced = self._traced(outcome)
        variant = f"Van {name_of(told.path)}{told.script.variant}:" if told.script and told.script.variant else ""
        self._wrong.append(("\n".join(filter(None, [variant, refusal.sentence, traced])), None))
        self._note(told, events.with_more(events.of_refusal(told.path, refusal), traced))

    def _note(self, told: Told, found: Iterable[Event]) -> None:
        for event in found:
            told.events.append(event)
            self._say(event)

    def _stored(self, told: Told, chosen: Chosen, outcome: Outcome) -> str:
        """How many pictures were stored, for a sentence; empty if that could not be done."""
        script, shots = chosen.script, outcome.shots
        stale = goldens.names(script.path) - {one.name for one in shots} if chosen.whole else ()
        try:
            number = (goldens.keep if chosen.whole else goldens.accept)(script.path, shots)
        except Refused as refusal:
            self._wrong.append((refusal.sentence, None))
            self._note(told, events.of_refusal(script.path, refusal))
            return ""
        gone = f", {len(stale)} opgeruimd" if stale else ""
        return f"; {max(0, number - len(stale))} van {counted(len(shots), 'gouden scherm', 'gouden schermen')} bewaard{gone}"

    def _compared(self, told: Told, script: Script, outcome: Outcome, *, whole: bool) -> str:
        """How it is equal, for a sentence; empty if it is not."""
        shots = outcome.shots
        if script.variant:
            return f", {counted(len(shots), 'plaatje', 'plaatjes')} niet vergeleken"  # the golden ones are of the first
        if shots and not (self._decides or self._accepted or goldens.any_kept(script.path)):
            self._note(told, [events.of_first(script, shot) for shot in shots])
            return (
                "; nog niets om mee te vergelijken. "
                f"Bewaar {plural(len(shots), 'het gouden scherm', f'de {len(shots)} gouden schermen')} met --update, en bekijk "
                f"{plural(len(shots), 'het', 'ze')}."
            )
        try:
            found = goldens.compare(script.path, shots, whole=whole)
            stored = [one for one in found if (one.path, one.name) in self._accepted]
            if stored:
                accept(stored)
        except Refused as refusal:
            self._wrong.append((refusal.sentence, None))
            self._note(told, events.of_refusal(script.path, refusal))
            return ""
        left = [one for one in found if one not in stored]
        differ = [events.of_difference(script, one) for one in left]
        for event in differ if outcome.trace is not None else ():
            assert outcome.trace is not None
            outcome.trace.blame(event.line, event.message or "")
        traced = self._traced(outcome) if left else ""
        for one, event in zip(left, differ, strict=True):
            place = f"{event.file}:{event.line}" if event.line else event.file
            more = f"\n{traced}" if traced and one is left[-1] else ""
            self._wrong.append((f"{place}: {one.sentence()}{more}", one))
        self._note(told, events.with_more(differ, traced))
        if stored:
            tell(f"{name_of(script.path)}: {_kept(stored)}")
        if left:
            return ""
        return f", {counted(len(shots), 'gouden scherm', 'gouden schermen')} gelijk" if shots else ", zonder plaatjes"

    def _decided(self, differing: Sequence[Difference], decide: Decide) -> list[Difference]:
        """What is left once somebody decided: what is accepted was not wrong."""
        left = list(decide(differing)) if differing else []
        self._wrong = [(sentence, one) for sentence, one in self._wrong if one is None or one in left]
        accepted = {events.golden_of(one) for one in differing if one not in left}
        for told in self._told:
            told.events = [event for event in told.events if event.golden not in accepted]
            _remember(told)
        return left

    def end(self, files: ResultFiles, decide: Decide | None) -> None:
        """Let somebody decide, and write the files. Raises `Refused` with everything that is wrong."""
        differing = [one for _, one in self._wrong if one is not None]
        if decide is not None:
            differing = self._decided(differing, decide)
        seconds = monotonic() - self._began
        said = [sentence for sentence, _ in self._wrong]
        done, picture = None, None
        if differing or self._failed:
            done, picture = files.write_page(differing, self._failed)
            said.append(done)
        said += files.write_artifacts(differing, self._failed)
        said += files.write_junit(self._told, seconds)
        self._say(Event(Happened.DONE, message=done, picture=picture, seconds=round(seconds, 3)))
        if len(self._told) > 1 and decide is None:
            bad = [name_of(one.path) for one in self._told if one.failed]
            all_well = f"Alle {len(self._told)} draaiboeken zijn in orde."
            good = len(self._told) - len(bad)
            some = f"{good} van {len(self._told)} draaiboeken {plural(good, 'is', 'zijn')} in orde. Niet: {', '.join(bad)}."
            (said.append if said else tell)(some if bad else all_well)
        if said:
            raise Refused("\n\n".join(said))


def name_of(path: Path) -> str:
    """How a draaiboek is named when all is well: as the user does, without the folders of one that comes with the program."""
    return path.name if path.is_absolute() else str(path)


def _kept(stored: Sequence[Difference]) -> str:
    kept, gone = ([one.name for one in stored if one.is_stale is stale] for stale in (False, True))
    return "; ".join(f"{done}: {', '.join(names)}" for done, names in (("bewaard", kept), ("opgeruimd", gone)) if names)


def _remember(told: Told) -> None:
    """For `--last-failed`; that a part went well says nothing of the rest."""
    if told.failed or told.script is None or (told.script.whole and not told.script.variant):
        last_failed.note(told.path, told.failed)


def accept(found: Sequence[Difference]) -> None:
    """Store these differences of one draaiboek as golden screens, and take away what is stale. Raises `Refused`."""
    path = found[0].path
    goldens.accept(path, [one.shot for one in found if not one.is_stale], [one.name for one in found if one.is_stale])
