"""What the questions of a recording know of the program that records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.shell.esis import EsisApp

if TYPE_CHECKING:
    from app.training.scripts.recorded import Recording
    from screens.recording.draft import Draft


class RecordsApp(EsisApp):
    """ESIS, that may be recording."""

    recording: Recording | None = None
    """What is recorded into from the start of the program, if it is opened for that."""
    draft: Draft | None = None
    """Where what is recorded is kept meanwhile."""

    def end_recording(self) -> None:
        """No more; what was recorded stays with who asked for it."""
        raise NotImplementedError
