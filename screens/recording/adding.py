"""What the user adds to a recording: an expectation, a check, a picture, a heading, a sentence; and the bar that says so."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from app import access, clock
from app.access import Actor
from app.exchange.names import folded
from app.refusals import NotFound, Refused
from app.training.scripts.document import SUFFIX
from app.training.scripts.errors import WrongLine
from app.training.scripts.facts import Facts, begun, facts_of
from app.training.scripts.playing import EXAMINER
from app.training.scripts.recorded import Kind
from models.base import connected
from screens.driving.wording import quoted
from screens.recording.asking import More, Pick, Sentence, ShotName, SoFar
from screens.recording.bar import RecordingBar
from screens.recording.draft import Draft
from screens.shared.files import free_name, save_text

UNNAMED = "opname"

if TYPE_CHECKING:
    from screens.recording.recorder import Recorder
    from screens.recording.records import RecordsApp

NOTHING = "Sinds de vorige stap is op het bestuur niets veranderd dat te controleren is."


class Adding:
    """The questions of a recording, over whatever is in front."""

    def __init__(self, app: RecordsApp, recorder: Recorder) -> None:
        self._app, self._recorder = app, recorder
        self._before: Facts | None = None
        """What held at the last step; None until it is read."""
        self._texts: list[str] = []
        self._began = app.actor
        now = clock.school_now(app.board)
        self._start = f"{clock.dutch_date(now.date())} {now:%H:%M}"

    @property
    def examiner(self) -> Actor | None:
        """For whom checks are evaluated, as when a draaiboek is played; None if there is nobody."""
        app = self._app
        location = app.actor.location if app.actor is not None else None
        try:
            return access.actor_for(access.find_user(app.board, EXAMINER), location)
        except NotFound:
            return app.actor

    # ---- the window

    def ask(self) -> None:
        """What to add."""
        self._recorder.finish()
        self._texts = self._recorder.to_expect()
        self._app.push_screen(More(len(self._recorder.recording.parts)), self._chosen)

    def _chosen(self, way: str | None) -> None:
        app, recording = self._app, self._recorder.recording
        match way:
            case "expect":
                app.push_screen(Pick("Wat is er te zien?", [(text, text) for text in self._texts]), self._expect)
            case "check":
                app.run_worker(self._read_checks, thread=True, group="facts")
            case "shot":
                known = [line.partition(" ")[2] for line in recording.lines if line.startswith("shot ")]
                app.push_screen(ShotName(known), lambda name: self._note(Kind.LINE, name and f"shot {name}"))
            case "heading":
                window = Sentence("Nieuwe stap", "Zij krijgt vanzelf haar nummer.", "Kop", "Beginnen")
                app.push_screen(window, self._head)
            case "sentence":
                window = Sentence("Zin", "Voor wie het draaiboek leest.", "Zin", "Toevoegen")
                app.push_screen(window, lambda text: self._note(Kind.PROSE, text))
            case "lines":
                app.push_screen(SoFar(recording))
            case "undo":
                part = recording.undo()
                app.notify(f"Weggehaald: {part.text}" if part else "Er is nog niets opgenomen.", markup=False)
            case "end":
                self._end()

    def _expect(self, text: str | None) -> None:
        if text:
            self._note(Kind.LINE, f"expect {quoted(text)}", text)

    def _head(self, text: str | None) -> None:
        if text:
            self._note(Kind.HEADING, text)
            self.remember()

    def _note(self, kind: Kind, text: str | None, shows: str = "") -> None:
        if not text:
            return
        try:
            self._recorder.note(kind, text, shows)
        except WrongLine as wrong:
            self._app.notify(str(wrong), severity="error", markup=False)

    def _end(self) -> None:
        """The program that was opened to record ends with it; elsewhere it is kept under a name, and goes on without one."""
        app, recording = self._app, self._recorder.recording
        if app.recording is not None:
            app.end_recording()
            app.exit()
        elif not recording.lines:
            app.end_recording()
            self.save()
            app.notify("Er is niets opgenomen.", markup=False)
        else:
            told = "Het bestand komt bij uw downloads; esis play speelt het af op een nieuw oefenbestuur."
            window = Sentence("Opname bewaren", told, "Naam", "Bewaren")
            app.push_screen(window, lambda name: self._saved(name) if name else None)

    def _saved(self, name: str) -> None:
        self._app.end_recording()
        try:
            path = self.save(name)
        except Refused as refusal:
            self._app.report_refusal(refusal)
        else:
            self._app.notify(f"Bewaard als {path}", markup=False, timeout=10)

    def save(self, name: str = UNNAMED) -> Path | None:
        """Write the file, if anything was recorded, and let go of what was kept meanwhile. Raises `Refused`."""
        app, path = self._app, None
        if self._recorder.recording.lines:
            path = save_text(_free(name), self._written(name), shared=True)
        if app.draft is not None:
            app.draft.remove()
            app.draft = None
        return path

    def draft(self) -> Draft:
        """What is recorded is kept from now on, also if the program does not end as it should. Raises `Refused`."""
        return Draft(_free(UNNAMED), lambda: self._written(UNNAMED))

    def _written(self, name: str) -> str:
        actor = self._began
        fields = {"title": name[:1].upper() + name[1:], "start": self._start}
        if actor is not None:
            fields |= {"role": actor.name, "location": actor.location.brin6}
        return self._recorder.recording.of_demo(fields)

    # ---- checks

    def remember(self) -> None:
        """Read what holds now, beside the screens: a check is offered for what begins to hold after it."""
        self._app.run_worker(self._remember, thread=True, group="facts")

    def _remember(self) -> None:
        if (actor := self.examiner) is not None:
            with connected():
                self._before = facts_of(actor)

    def _read_checks(self) -> None:
        if (actor := self.examiner) is None:
            return
        with connected():
            now = facts_of(actor)
        found = begun(self._before, now) if self._before is not None else []
        options = [(check.text, f"{check.text}   {check.sentence}") for check in found]
        self._app.call_from_thread(self._offer, options, now)

    def _offer(self, options: list[tuple[str, str]], now: Facts) -> None:
        def chosen(text: str | None) -> None:
            if text:
                self._note(Kind.LINE, f"check {text}")

        if options:
            self._app.push_screen(Pick("Wat is er nu zo?", options), chosen)
        else:
            self._app.notify(NOTHING, markup=False)
        self._before = self._before or now

    # ---- the bar

    def show_bar(self) -> None:
        """Put it on the screen in front, and say what there is."""
        app = self._app
        if not app.screen_stack or not app.screen.is_running:
            return
        recording = self._recorder.recording
        bars = app.screen.query(RecordingBar)
        if not bars:
            app.screen.mount(RecordingBar(app.get_key_display(app._bindings.key_to_bindings["ctrl+b"][0])))
        for bar in bars:
            bar.tell(len(recording.parts), recording.shown()[-1] if recording.parts else "")

    def take_bars_away(self) -> None:
        """From every screen."""
        for stack in self._app._screen_stacks.values():
            for screen in stack:
                screen.query(RecordingBar).remove()


def _free(name: str) -> Path:
    """A path that is not used yet; a number goes before what makes it a draaiboek."""
    plain = re.sub(r"[^\w]+", "-", folded(name)).strip("-") or UNNAMED
    for number in count(1):
        wanted = f"{plain}{f'-{number}' if number > 1 else ''}{SUFFIX}"
        if (path := free_name(wanted)).name == wanted:
            return path
    raise AssertionError
