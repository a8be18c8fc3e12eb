"""What the trainer's screens share: the left block, and a progress line for long work."""

from __future__ import annotations

from threading import get_ident

from textual.app import ComposeResult

from app import targets
from app.targets import SchoolTime, Target
from screens.shared.label import Label
from screens.shared.maintenance import ListScreen
from screens.shared.records import RecordList
from screens.shared.text import plain

WAIT = "Dit is nog bezig; een ogenblik geduld."


class EnterActs(RecordList):
    """A list in which Enter performs the screen's own action, named in the line of keys."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let Enter through to the screen."""
        return False if action == "choose" else super().check_action(action, parameters)


class TrainerPage(ListScreen):
    """A list for a trainer. It cannot be left while work is running: the result must be seen."""

    SIBLINGS = targets.TrainerPage.WORD
    PROGRAM = LEFT_TITLE = "Trainer"
    LEFT_ENTRIES = (
        (targets.TrainerPage("faults"), "Storingen", "Storingen"),
        (targets.TrainerPage("start"), "Opnieuw beginnen", "Opnieuw"),
        (targets.TrainerPage("class"), "Klas", "Klas"),
        (targets.TrainerPage("now"), "Klas nu", "Nu"),
        (targets.TrainerPage("stuck"), "Vastgelopen", "Vast"),
        (targets.TrainerPage("own-lessons"), "Eigen lessen", "Lessen"),
        (targets.TrainerPage("messages"), "Berichtenverkeer", "Berichten"),
        (targets.TrainerPage("suppliers"), "Leveranciers", "Leveranciers"),
        (SchoolTime(), "Schooltijd", "Tijd"),
    )
    NEW = ""
    DELETE = ""
    NOTE = ""
    """What can be done here, in one line."""

    def above(self) -> ComposeResult:
        """What can be done, or the progress."""
        yield Label(plain(self.NOTE), id="trainer-note", classes="note")

    def note(self, text: str = "") -> None:
        """Show the progress; an empty text restores the `NOTE`. Callable from any thread."""
        if self.app._thread_id != get_ident():
            self.app.call_from_thread(self.note, text)
        elif self.is_attached:
            self.query_one("#trainer-note", Label).update(plain(text or self.NOTE))

    def open_entry(self, entry: str | Target) -> None:
        """Another of the trainer's screens."""
        if self.esis.busy:
            self.say(WAIT)
        else:
            super().open_entry(entry)

    def action_back(self) -> None:
        """Leave, unless work is running."""
        if self.esis.busy:
            self.say(WAIT)
        else:
            super().action_back()
