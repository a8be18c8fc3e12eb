"""The program in which a draaiboek can be recorded: it tells the recorder what happens, and asks what to add."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

from textual.dom import DOMNode
from textual.events import Event
from textual.timer import Timer

from app.refusals import Refused
from screens.recording.records import RecordsApp
from screens.shell import actions

if TYPE_CHECKING:
    from app.training.scripts.recorded import Recording
    from screens.recording.adding import Adding
    from screens.recording.recorder import Recorder
    from screens.shell.entry import Entry
    from screens.shell.type_ahead import Aim

LOOK, KEEP = 0.2, 1.0
"""Seconds between looks whether another screen came in front, and between keeping what was recorded so far."""


class RecordingApp(RecordsApp):
    """ESIS, with ears."""

    BINDINGS = actions.RECORDING
    recorder: Recorder | None = None
    adding: Adding | None = None
    _key = ""
    """The key whose action is looked for."""
    _hearing: ExitStack | None = None
    _watches: Sequence[Timer] = ()

    def on_mount(self) -> None:
        """Begin at once, if that is what the program was opened for."""
        if self.recording is not None:
            self.begin_recording(self.recording)

    def begin_recording(self, recording: Recording | None = None, *, bar: bool = True) -> Recorder:
        """From now on what is done becomes lines."""
        from app.training.scripts.recorded import Recording
        from screens.recording.adding import Adding
        from screens.recording.hearing import hearing
        from screens.recording.recorder import Recorder

        self.recorder = Recorder(self, Recording() if recording is None else recording)
        self.adding = Adding(self, self.recorder)
        self._hearing = ExitStack()
        self._hearing.enter_context(hearing(self.recorder.heard))
        if bar:
            self._watches = [self.set_interval(LOOK, self.adding.show_bar), self.set_interval(KEEP, self._keep)]
            self.adding.remember()
        return self.recorder

    def end_recording(self) -> None:
        """No more; what was recorded stays with who asked for it."""
        if self.recorder is not None and self._hearing is not None:
            self.recorder.finish()
            self.recorder.conclude()
            self._hearing.close()
        for timer in self._watches:
            timer.stop()
        if self._watches and self.adding is not None:
            self.adding.take_bars_away()
        self.recorder = self.adding = self._hearing = None
        self._watches = ()

    def on_unmount(self) -> None:
        """Stop listening; what was recorded in a program that was not opened for that is kept under a name of its own."""
        adding = self.adding
        if self.recorder is not None and self._hearing is not None:
            self.recorder.conclude()
            self._hearing.close()
        if adding is not None and self.recording is None and self.draft is not None:
            with suppress(Refused):  # what was kept meanwhile stays
                adding.save()

    def _keep(self) -> None:
        """What was recorded so far; a full disk is told once, and the recording goes on."""
        if self.draft is not None:
            try:
                self.draft.keep()
            except Refused as refusal:
                self.draft = None
                self.report_refusal(refusal)

    def action_record(self) -> None:
        """Begin; or, while it records, ask what to add."""
        if self.adding is not None:
            self.adding.ask()
        elif not self.board.practice:
            self.notify("Opnemen kan op een oefenbestuur.", severity="warning", markup=False)
        else:
            self.begin_recording()
            assert self.adding is not None
            try:
                self.draft = self.adding.draft()
            except Refused as refusal:
                self.end_recording()
                self.report_refusal(refusal)

    # ---- what the recorder hears

    async def hand_on(self, event: Event, aim: Aim | None) -> None:
        """What the user does, and what it brought about."""
        if self.recorder is not None:
            self.recorder.before(event)
        await super().hand_on(event, aim)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        self._key = key
        try:
            return await super()._check_bindings(key, priority)
        finally:
            self._key = ""

    async def run_action(self, action: Any, default_namespace: DOMNode | None = None, namespaces: Any = None) -> bool:
        """Do it, and tell what key it was."""
        key, self._key = self._key, ""
        doing = super().run_action(action, default_namespace, namespaces)
        if self.recorder is None or not key or not isinstance(action, str):
            done = await doing
        else:
            done = await self.recorder.action(key, default_namespace or self, action, doing)
        self._key = "" if done else key
        return done

    def _run_entry(self, entry: Entry | None) -> None:
        if self.recorder is not None and entry is not None:
            self.recorder.found(entry)
        super()._run_entry(entry)

    def _switch_to(self, program: str | None) -> None:
        if self.recorder is not None and program:
            self.recorder.switched(program)
        super()._switch_to(program)

    def sign_out(self) -> None:
        """Tell it first."""
        if self.recorder is not None:
            self.recorder.signed_out()
        super().sign_out()
